import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isNhsNumber, normaliseNhsNumber, spacedNhsNumber } from '../../src/domain/nhs-number.ts'

// 999 numbers are never issued; 943 476 5919 is the NHS Data Dictionary's own example.
const VALID = ['9434765919', '9990000018', '9990000034', '9876543210']

describe('NHS numbers', () => {
  test.each(VALID)('%s has the right check digit', (digits) => {
    expect(isNhsNumber(digits)).toBe(true)
  })

  test.each([
    ['wrong check digit', '9434765918'],
    ['two neighbours swapped', '9437465919'],
    ['nine digits', '943476591'],
    ['eleven digits', '94347659190'],
    ['a letter', '943476591X'],
    ['spaces not yet taken out', '943 476 5919'],
    ['a line end', '9434765919\n'],
    ['digits of another script', '٩٤٣٤٧٦٥٩١٩'],
    ['nothing', ''],
    ['check digit 10: never issued, as 0', '9990000140'],
    ['check digit 10: never issued, as 1', '9990000141'],
  ])('refused: %s', (_, digits) => {
    expect(isNhsNumber(digits)).toBe(false)
  })

  test('of the ten endings of nine digits at most one is right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (body) => {
        const nine = String(body).padStart(9, '0')
        fc.pre(new Set(nine).size > 1)
        const right = [...'0123456789'].filter((digit) => isNhsNumber(nine + digit))
        const remainder = [...nine].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11
        expect(right).toHaveLength(remainder === 1 ? 0 : 1)
      }),
    )
  })

  test('any single wrong digit is noticed', () => {
    for (const number of VALID)
      for (let at = 0; at < 10; at++)
        for (const digit of '0123456789') {
          const typed = number.slice(0, at) + digit + number.slice(at + 1)
          expect(isNhsNumber(typed)).toBe(typed === number)
        }
  })

  test.each([
    ['999 000 0018', '9990000018'],
    ['999-000-0018', '9990000018'],
    [' 9990000018 ', '9990000018'],
    ['999\u00a0000\u00a00018', '9990000018'],
    ['999\t000 0018', '9990000018'],
  ])('pasted as %j', (text, digits) => {
    expect(normaliseNhsNumber(text)).toBe(digits)
  })

  test('is shown in three groups', () => {
    expect(spacedNhsNumber('9990000018')).toBe('999 000 0018')
  })
})
