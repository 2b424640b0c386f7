import { describe, expect, test } from 'vitest'
import { closedWords, type Intake, isIntakeOpen, weekBegins, whyClosed } from '../../src/domain/intake.ts'

const MONDAY = '2026-11-23'
const OPEN: Intake = { paused: false, reopensOn: null }

describe('intake', () => {
  test.each<[string, Intake, boolean, string | null]>([
    ['not paused', OPEN, true, null],
    ['paused without an end', { paused: true, reopensOn: null }, false, null],
    ['paused until tomorrow', { paused: true, reopensOn: '2026-11-24' }, false, '2026-11-24'],
    ['paused until today', { paused: true, reopensOn: MONDAY }, true, null],
    ['a pause that is over', { paused: true, reopensOn: '2026-11-01' }, true, null],
    ['not paused, an old day left behind', { paused: false, reopensOn: '2027-01-01' }, true, null],
    ['a window that begins tomorrow', { ...OPEN, from: '2026-11-24' }, false, '2026-11-24'],
    ['a window that begins today', { ...OPEN, from: MONDAY, until: '2026-12-01' }, true, null],
    ['the last day of a window', { ...OPEN, until: MONDAY }, true, null],
    ['a window that is over', { ...OPEN, until: '2026-11-22' }, false, null],
    ['a pause in a window that is over', { paused: true, reopensOn: '2026-11-30', until: '2026-11-22' }, false, null],
    ['a quota with room', { ...OPEN, weeklyQuota: 2, newThisWeek: 1 }, true, null],
    ['a quota that is reached', { ...OPEN, weeklyQuota: 2, newThisWeek: 2 }, false, '2026-11-30'],
    [
      'a quota in the last week of a window',
      { ...OPEN, until: '2026-11-29', weeklyQuota: 1, newThisWeek: 1 },
      false,
      null,
    ],
  ])('%s', (_, intake, isOpen, opensOn) => {
    expect(isIntakeOpen(intake, MONDAY)).toBe(isOpen)
    expect(whyClosed(intake, MONDAY)?.opensOn ?? null).toBe(opensOn)
    expect(closedWords(intake, MONDAY) === null).toBe(isOpen)
  })

  test('says when people are taken again', () => {
    expect(closedWords({ ...OPEN, weeklyQuota: 1, newThisWeek: 1 }, '2026-11-26')).toMatch(/from .*30 November/)
    expect(closedWords({ ...OPEN, from: '2027-01-04' }, MONDAY)).toMatch(/from .*4 January/)
  })

  test('a week begins on its Monday', () => {
    expect(['2026-11-23', '2026-11-25', '2026-11-29', '2026-11-30'].map(weekBegins)).toEqual([
      MONDAY,
      MONDAY,
      MONDAY,
      '2026-11-30',
    ])
  })
})
