import { describe, expect, test } from 'vitest'
import { NEED_CODES, NEED_GROUPS, NEEDS, needLabel } from '../../src/domain/needs.ts'

describe('needs', () => {
  test('every need stands in exactly one of the nine plain groups', () => {
    expect(NEED_GROUPS).toHaveLength(9)
    expect(NEED_GROUPS.flatMap(({ codes }) => codes).sort()).toEqual([...NEED_CODES].sort())
  })

  test('a code that is no longer on the list is shown as it is', () => {
    expect(needLabel('falls')).toBe('Falls or fear of falling')
    expect(needLabel('old_code')).toBe('old_code')
    expect(needLabel('toString')).toBe('toString')
  })

  test('no SNOMED CT concept stands for two needs, and each has a right check digit', () => {
    const concepts = Object.values(NEEDS).flatMap(({ snomed }) => snomed ?? [])
    expect(new Set(concepts).size).toBe(concepts.length)
    expect(concepts.filter((concept) => !isSnomed(concept))).toEqual([])
  })
})

/** Verhoeff's check digit, as SNOMED CT identifiers carry it. */
function isSnomed(id: string): boolean {
  const next = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
  const turn = (a: number, b: number) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)
    return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5
  }
  const digits = [...id].reverse().map(Number)
  const twisted = digits.map((digit, place) => {
    let value = digit
    for (let times = 0; times < place % 8; times++) value = next[value] ?? 0
    return value
  })
  return twisted.reduce(turn, 0) === 0
}
