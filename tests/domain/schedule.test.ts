import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/domain/day.ts'
import { meetsOn, startsAt } from '../../src/domain/schedule.ts'

// From a Monday on.
const WEEK = Array.from({ length: 7 }, (_, days) => addDays('2026-11-23', days))
const daysOf = (schedule: string) => WEEK.flatMap((day, index) => (meetsOn(schedule, day) ? [index + 1] : []))

describe('the days on which a group meets, read from its own words', () => {
  it.each<[string, number[]]>([
    ['Thursdays, 1pm to 4pm', [4]],
    ['Thursdays 10:00 to 12:00', [4]],
    ['Open Tuesdays, Wednesdays and Fridays, 9.30am to 12.30pm', [2, 3, 5]],
    ['Every evening, 4.30pm to midnight', [1, 2, 3, 4, 5, 6, 7]],
    ['Weekdays, 9am to 5pm', [1, 2, 3, 4, 5]],
    ['Monday to Friday, 9am to 5pm', [1, 2, 3, 4, 5]],
    ['Second and fourth Thursday, 2pm to 4pm, drop in', [4]],
    ['First and third Thursday, 10am to 12 noon, drop in', []],
    ['By appointment, Monday to Friday', []],
    ['Every day, at a time that suits you', []],
    ['Weekdays, while you are in hospital and for four weeks after', []],
    ['About six hours a week for six months', []],
    ['', []],
  ])('%s', (schedule, days) => {
    expect(daysOf(schedule)).toEqual(days)
  })
})

it.each([
  ['Thursdays, 1pm to 4pm', '13:00'],
  ['Thursdays 10:00 to 12:00', '10:00'],
  ['Open Tuesdays, 9.30am to 12.30pm', '09:30'],
  ['Every evening, 4.30pm to midnight', '16:30'],
  ['An hour a week, at a time that suits you', undefined],
])('%s begins at %s', (schedule, time) => {
  expect(startsAt(schedule)).toBe(time)
})
