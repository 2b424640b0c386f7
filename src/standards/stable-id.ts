import { createHash } from 'node:crypto'

/** Ours for ever: another one would give every term and schedule of the feed a new id. */
const NAMESPACE = Buffer.from('6f1c2d0a9f5e4f0b8a6d3c2b1a0f9e8d', 'hex')

/** The same UUID for the same parts, on every machine and in every version (RFC 9562, version 5). */
export function stableId(...parts: string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** As JSON Schema's format uuid has it. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
}
