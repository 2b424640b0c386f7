import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addWeeks,
  ageOn,
  daysBetween,
  earliest,
  isDay,
  latest,
  londonClock,
  londonDay,
  shortDay,
  spokenDay,
  weekday,
  writtenDay,
} from '../../src/domain/day.ts'

describe('the clock on a wall in London', () => {
  test.each([
    ['winter', '2026-01-15T12:00:00Z', '2026-01-15', 720],
    ['summer', '2026-07-15T12:00:00Z', '2026-07-15', 780],
    ['summer, just past midnight', '2026-07-14T23:05:00Z', '2026-07-15', 5],
    ['midnight is minute 0, not 1440', '2026-01-15T00:00:00Z', '2026-01-15', 0],
    ['the minute before the clocks go forward', '2026-03-29T00:59:00Z', '2026-03-29', 59],
    ['the minute after', '2026-03-29T01:00:00Z', '2026-03-29', 120],
    ['half past one, the first time', '2026-10-25T00:30:00Z', '2026-10-25', 90],
    ['half past one, the second time', '2026-10-25T01:30:00Z', '2026-10-25', 90],
    ['New Year', '2027-01-01T00:00:00Z', '2027-01-01', 0],
  ])('%s', (_, moment, day, minutes) => {
    expect(londonClock(new Date(moment))).toEqual({ day, minutes })
    expect(londonDay(new Date(moment))).toBe(day)
  })
})

describe('a day that exists', () => {
  test.each(['2024-02-29', '2000-02-29', '1900-02-28', '2026-12-31', '1955-03-27'])('%s', (text) => {
    expect(isDay(text)).toBe(true)
  })

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '01/02/2026',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '2026-01-01\n',
    '',
    'yesterday',
  ])('%j does not', (text) => {
    expect(isDay(text)).toBe(false)
  })
})

describe('counting days', () => {
  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-03-28', 2, '2026-03-30'],
    ['2026-10-24', 2, '2026-10-26'],
  ])('%s and %i days is %s', (day, days, result) => {
    expect(addDays(day, days)).toBe(result)
    expect(daysBetween(day, result)).toBe(days)
  })

  test('twelve weeks keep the weekday, over a change of the clocks too', () => {
    expect(addWeeks('2026-02-02', 12)).toBe('2026-04-27')
    expect(weekday('2026-04-27')).toBe(weekday('2026-02-02'))
  })

  test('Monday is 1 and Sunday is 7', () => {
    expect(['2026-11-23', '2026-11-24', '2026-11-28', '2026-11-29'].map(weekday)).toEqual([1, 2, 6, 7])
  })

  test('there and back again', () => {
    const anyDay = fc.integer({ min: -40_000, max: 40_000 }).map((days) => addDays('2000-01-01', days))
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, days) => {
        expect(isDay(day)).toBe(true)
        expect(daysBetween(day, addDays(day, days))).toBe(days)
      }),
    )
  })

  test('the earliest and the latest of several', () => {
    expect(earliest('2026-03-02', '2026-02-28', '2026-12-01')).toBe('2026-02-28')
    expect(latest('2026-03-02', '2026-02-28', '2026-12-01')).toBe('2026-12-01')
    expect(earliest('2026-03-02')).toBe('2026-03-02')
  })
})

describe('age', () => {
  test.each([
    ['the day before a birthday', '1961-06-15', '2026-06-14', 64],
    ['the birthday', '1961-06-15', '2026-06-15', 65],
    ['the day after', '1961-06-15', '2026-06-16', 65],
    ['born today', '2026-06-15', '2026-06-15', 0],
    ['born on 29 February: still 17 on the 28th', '2008-02-29', '2026-02-28', 17],
    ['born on 29 February: 18 on 1 March', '2008-02-29', '2026-03-01', 18],
    ['born on 29 February: in a leap year, on the day', '2008-02-29', '2028-02-29', 20],
    ['born on 29 February: in a leap year, not before', '2008-02-29', '2028-02-28', 19],
    ['born on 28 February: 18 on the 28th', '2008-02-28', '2026-02-28', 18],
    ['born on 1 March of a leap year', '2008-03-01', '2026-02-28', 17],
    ['a hundred and one', '1925-01-01', '2026-01-01', 101],
  ])('%s', (_, born, day, age) => {
    expect(ageOn(born, day)).toBe(age)
  })
})

describe('days in words', () => {
  test.each([
    ['2026-12-03', '3 December 2026', 'Thursday 3 December', 'Thu 3 Dec'],
    ['2026-05-31', '31 May 2026', 'Sunday 31 May', 'Sun 31 May'],
    ['2024-02-29', '29 February 2024', 'Thursday 29 February', 'Thu 29 Feb'],
    ['2027-01-01', '1 January 2027', 'Friday 1 January', 'Fri 1 Jan'],
  ])('%s', (day, written, spoken, short) => {
    expect([writtenDay(day), spokenDay(day), shortDay(day)]).toEqual([written, spoken, short])
  })
})
