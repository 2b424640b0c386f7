import { describe, expect, test } from 'vitest'
import { expectedWait, forecastOf, forecastWords, type Wait } from '../../src/domain/forecast.ts'

const started = (...days: number[]): Wait[] => days.map((one) => ({ days: one, hasStarted: true }))
const waiting = (...days: number[]): Wait[] => days.map((one) => ({ days: one, hasStarted: false }))

describe('the middle half of a wait', () => {
  test('of people who have all started is where a quarter and three quarters had', () => {
    expect(forecastOf(started(7, 14, 21, 28))).toEqual({ starts: 4, open: 0, lowDays: 7, highDays: 21 })
  })

  // Freireich et al., as in Cox and Oakes, Analysis of Survival Data (1984), table 1.1: 6-MP, weeks of remission. The estimate
  // falls to 0.753 at 10 and 0.690 at 13, and never below 0.448.
  test('follows a published example with open cases', () => {
    const weeks = [...started(6, 6, 6, 7, 10, 13, 16, 22, 23), ...waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
    expect(forecastOf(weeks)).toEqual({ starts: 9, open: 12, lowDays: 13, highDays: null })
  })

  test('is longer where many still wait, though whoever started was quick', () => {
    const quick = started(...Array.from({ length: 12 }, (_, index) => 7 + index))
    const slow = forecastOf([...quick, ...waiting(...Array<number>(24).fill(60))])
    expect(forecastOf(quick)).toMatchObject({ lowDays: 9, highDays: 15 })
    expect(slow).toMatchObject({ lowDays: 15, highDays: null, open: 24 })
  })

  test('is the same in whatever order the cases come', () => {
    const cases = [...started(30, 3, 12), ...waiting(5, 40)]
    expect(forecastOf(cases.toReversed())).toEqual(forecastOf(cases))
  })

  test('is not there where nobody is', () => {
    expect(forecastOf([])).toEqual({ starts: 0, open: 0, lowDays: null, highDays: null })
  })
})

test('nothing is told of fewer than ten starts', () => {
  expect(expectedWait(forecastOf(started(...Array<number>(9).fill(20))))).toBeNull()
  expect(expectedWait(forecastOf(started(...Array<number>(10).fill(20))))).toEqual({ low: 20, high: 20, n: 10 })
  expect(expectedWait(undefined)).toBeNull()
})

test.each([
  [21, 49, 'in 3 to 7 weeks'],
  [22, 43, 'in 3 to 7 weeks'],
  [21, 21, 'in about 3 weeks'],
  [2, 6, 'within a week'],
  [0, 0, 'within a week'],
  [3, 20, 'within 3 weeks'],
  [21, null, 'in 3 weeks or longer'],
  [3, null, 'in a week or longer'],
])('from %i to %s days', (low, high, words) => {
  expect(forecastWords({ low, high, n: 24 })).toBe(`Likely start ${words}, from 24 recent starts`)
})
