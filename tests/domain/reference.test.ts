import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normaliseReference, referenceFrom } from '../../src/domain/reference.ts'

const ALPHABET = [...'234679CDFGHJKMNPQRTVWXYZ']
const bytes = fc.uint8Array({ minLength: 7, maxLength: 16 })

describe('references', () => {
  test('have one shape and only characters that are not misheard or misread', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        expect(referenceFrom(random)).toMatch(/^SP-[234679CDFGHJKMNPQRTVWXYZ]{4}-[234679CDFGHJKMNPQRTVWXYZ]{4}$/)
      }),
    )
  })

  test('are the same for the same bytes, and differ with any of the first seven', () => {
    const random = Uint8Array.from([1, 2, 3, 4, 5, 6, 7])
    expect(referenceFrom(random)).toBe(referenceFrom(random))
    for (let at = 0; at < 7; at++) {
      const other = random.slice()
      other[at] = 20
      expect(referenceFrom(other)).not.toBe(referenceFrom(random))
    }
  })

  test('a single wrong character is always noticed', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const reference = referenceFrom(random)
        for (const at of [3, 4, 5, 6, 8, 9, 10, 11])
          for (const character of ALPHABET) {
            if (character === reference[at]) continue
            expect(normaliseReference(reference.slice(0, at) + character + reference.slice(at + 1))).toBeUndefined()
          }
      }),
      { numRuns: 20 },
    )
  })

  test('swapped neighbours are noticed, save those that stand half the alphabet apart', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 5 }), (random, at) => {
        const code = referenceFrom(random).replaceAll('-', '').slice(2)
        const [left, right] = [code.charAt(at), code.charAt(at + 1)]
        const swapped = code.slice(0, at) + right + left + code.slice(at + 2)
        const apart = Math.abs(ALPHABET.indexOf(left) - ALPHABET.indexOf(right))
        expect(normaliseReference(swapped) !== undefined).toBe(apart === 0 || apart === 12)
      }),
    )
  })

  const printed = referenceFrom(Uint8Array.from([7, 77, 177, 27, 127, 227, 70]))
  const bare = printed.replaceAll('-', '')

  test.each([
    ['as printed', printed],
    ['in small letters', printed.toLowerCase()],
    ['without dashes', bare],
    ['without SP', bare.slice(2)],
    ['with spaces for dashes', printed.replaceAll('-', ' ')],
    ['one character at a time', [...bare].join(' ')],
    ['with a full stop after it', ` ${printed}. `],
    ['with long dashes', printed.replaceAll('-', '–')],
  ])('are understood %s', (_, typed) => {
    expect(normaliseReference(typed)).toBe(printed)
  })

  test.each([
    ['nothing', ''],
    ['SP alone', 'SP'],
    ['a character missing', printed.slice(0, -1)],
    ['a character too many', `${printed}2`],
    ['another prefix', `XX${printed.slice(2)}`],
    ['SP twice', `SPSP${bare.slice(2)}`],
    ['vowels', 'SP-AEIO-UAEI'],
    ['letters of another script', 'SP-ЖЖЖЖ-ЖЖЖЖ'],
  ])('cannot be %s', (_, typed) => {
    expect(normaliseReference(typed)).toBeUndefined()
  })

  test('that are about to begin with P keep it', () => {
    // The prefix is only taken off when eight characters follow it.
    const body = Uint8Array.from([15, 15, 0, 0, 0, 0, 0])
    const code = referenceFrom(body).replaceAll('-', '').slice(2)
    expect(code.startsWith('PP')).toBe(true)
    expect(normaliseReference(code)).toBe(referenceFrom(body))
  })
})
