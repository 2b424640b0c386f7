import { randomBytes, randomFillSync } from 'node:crypto'
import { V7Generator } from 'uuidv7'

const NUMBERS_KEPT = 1024
const BYTES_KEPT = 4096

/** A maker of UUIDv7s. Its randomness is drawn from the system for hundreds of them at once: drawing costs the most. */
export function idMaker(): () => string {
  const numbers = new Uint32Array(NUMBERS_KEPT)
  let used = NUMBERS_KEPT
  function nextUint32(): number {
    if (used === NUMBERS_KEPT) {
      randomFillSync(numbers)
      used = 0
    }
    return numbers[used++] ?? 0
  }
  const generator = new V7Generator({ nextUint32 })
  return () => generator.generate().toString()
}

/** Draws random bytes, from the system many at once where few are asked for. No byte is given twice, or kept once given. */
export function byteMaker(): (count: number) => Uint8Array {
  const bytes = new Uint8Array(BYTES_KEPT)
  let used = BYTES_KEPT
  return (count) => {
    if (count > BYTES_KEPT) return randomBytes(count)
    if (used + count > BYTES_KEPT) {
      randomFillSync(bytes)
      used = 0
    }
    const given = bytes.slice(used, used + count)
    bytes.fill(0, used, used + count)
    used += count
    return given
  }
}
