import Holidays from 'date-holidays'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekday } from '../../src/domain/day.ts'
import {
  addWorkingDays,
  bankHolidays,
  countsFrom,
  dueIn,
  isWorkingDay,
  workingDayFrom,
  workingDaysBetween,
} from '../../src/domain/working-day.ts'

/** gov.uk/bank-holidays, England and Wales, copied by hand. */
const OFFICIAL: Record<number, string[]> = {
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2024: ['01-01', '03-29', '04-01', '05-06', '05-27', '08-26', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
}

const YEARS = Array.from({ length: 16 }, (_, index) => 2020 + index)

describe('bank holidays of England', () => {
  test.each(Object.entries(OFFICIAL))('%s as published', (year, days) => {
    expect([...bankHolidays(Number(year))].sort()).toEqual(days.map((day) => `${year}-${day}`))
  })

  test.each(YEARS)('%i as an independent calendar has them', (year) => {
    // That calendar lists the weekend day itself as well as its substitute; only the substitute is a day off work.
    const theirs = new Holidays('GB', 'ENG')
      .getHolidays(year)
      .filter(({ type, date }) => type === 'public' && weekday(date.slice(0, 10)) <= 5)
      .map(({ date }) => date.slice(0, 10))
    expect([...bankHolidays(year)].sort()).toEqual(theirs.sort())
  })

  test.each([
    ['2020-05-08', true, 'early May moved to VE Day'],
    ['2020-05-04', false, 'the Monday it moved from'],
    ['2022-06-02', true, 'spring moved to the Platinum Jubilee'],
    ['2022-06-03', true, 'the Jubilee'],
    ['2022-05-30', false, 'the Monday it moved from'],
    ['2022-09-19', true, 'the Queen’s funeral'],
    ['2023-05-08', true, 'the Coronation'],
    ['2023-05-01', true, 'early May, not moved that year'],
  ])('%s: holiday %s, %s', (day, isHoliday) => {
    expect(bankHolidays(Number(day.slice(0, 4))).has(day)).toBe(isHoliday)
    expect(isWorkingDay(day)).toBe(!isHoliday)
  })
})

describe('what arrives after five o’clock in London counts from the next working day', () => {
  test.each([
    ['a Monday in winter, 16:59', '2026-11-23T16:59:00Z', '2026-11-23'],
    ['a Monday in winter, 17:00 sharp', '2026-11-23T17:00:00Z', '2026-11-23'],
    ['a Monday in winter, 17:01', '2026-11-23T17:01:00Z', '2026-11-24'],
    ['a Monday in winter, a minute to midnight', '2026-11-23T23:59:00Z', '2026-11-24'],
    ['a Tuesday in winter, midnight', '2026-11-24T00:00:00Z', '2026-11-24'],
    ['summer time: 17:00 is 16:00 in Greenwich', '2026-07-06T16:00:00Z', '2026-07-06'],
    ['summer time: 17:01', '2026-07-06T16:01:00Z', '2026-07-07'],
    ['summer time: half past midnight is already the next day', '2026-07-06T23:30:00Z', '2026-07-07'],
    ['a Friday, 17:01', '2026-11-27T17:01:00Z', '2026-11-30'],
    ['a Saturday morning', '2026-11-28T09:00:00Z', '2026-11-30'],
    ['a Sunday evening: the Monday, not the Tuesday', '2026-11-29T20:00:00Z', '2026-11-30'],
    ['the evening before Good Friday', '2026-04-02T17:01:00+01:00', '2026-04-07'],
    ['the Friday before the clocks go forward, 17:00', '2026-03-27T17:00:00Z', '2026-03-27'],
    ['the Monday after they went forward, 17:00', '2026-03-30T17:00:00Z', '2026-03-31'],
    ['the Monday after they went back, 17:00', '2026-10-26T17:00:00Z', '2026-10-26'],
    ['Christmas Eve, 18:00', '2026-12-24T18:00:00Z', '2026-12-29'],
    ['New Year’s Eve, 18:00', '2026-12-31T18:00:00Z', '2027-01-04'],
  ])('%s', (_, moment, day) => {
    expect(countsFrom(new Date(moment))).toBe(day)
  })
})

describe('counting', () => {
  test.each([
    ['0 from a working day', '2026-11-23', 0, '2026-11-23'],
    ['0 from a Saturday', '2026-11-28', 0, '2026-11-30'],
    ['2 from a Monday', '2026-11-23', 2, '2026-11-25'],
    ['1 from a Friday', '2026-11-27', 1, '2026-11-30'],
    ['5 from a Wednesday', '2026-11-25', 5, '2026-12-02'],
    ['10 over Christmas and New Year', '2026-12-21', 10, '2027-01-07'],
    ['2 over Easter', '2026-04-02', 2, '2026-04-08'],
    ['1 over the Jubilee', '2022-06-01', 1, '2022-06-06'],
  ])('%s working days', (_, day, count, due) => {
    expect(addWorkingDays(day, count)).toBe(due)
  })

  test.each([
    ['two working days from a Monday morning', '2026-11-23T09:00:00Z', 2, '2026-11-25'],
    ['the same working day', '2026-11-23T09:00:00Z', 0, '2026-11-23'],
    ['the same working day, after five', '2026-11-23T17:30:00Z', 0, '2026-11-24'],
    ['two from a Friday evening', '2026-11-27T18:00:00Z', 2, '2026-12-02'],
    ['two from a Sunday', '2026-11-29T12:00:00Z', 2, '2026-12-02'],
  ])('due: %s', (_, moment, count, due) => {
    expect(dueIn(new Date(moment), count)).toBe(due)
  })

  test.each([
    ['a day and itself', '2026-11-23', '2026-11-23', 0],
    ['Monday to Tuesday', '2026-11-23', '2026-11-24', 1],
    ['Friday to Monday', '2026-11-27', '2026-11-30', 1],
    ['Saturday to Sunday', '2026-11-28', '2026-11-29', 0],
    ['over Christmas', '2026-12-24', '2026-12-29', 1],
    ['backwards', '2026-11-24', '2026-11-23', 0],
  ])('waited: %s', (_, from, to, days) => {
    expect(workingDaysBetween(from, to)).toBe(days)
  })

  const someDay = fc.integer({ min: 0, max: 5800 }).map((days) => addDays('2020-01-01', days))

  test('adding and counting agree from any working day', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 40 }), (day, count) => {
        const start = workingDayFrom(day)
        const due = addWorkingDays(start, count)
        expect(isWorkingDay(due)).toBe(true)
        expect(workingDaysBetween(start, due)).toBe(count)
      }),
    )
  })

  test('nothing falls due on a weekend or a bank holiday, whatever the moment', () => {
    const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 15 }), (moment, count) => {
        const due = dueIn(moment, count)
        expect(weekday(due)).toBeLessThan(6)
        expect(bankHolidays(Number(due.slice(0, 4))).has(due)).toBe(false)
      }),
    )
  })
})
