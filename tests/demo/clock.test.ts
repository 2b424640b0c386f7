import { describe, expect, it } from 'vitest'
import { londonMoment, workingDayBefore, workingMoment } from '../../src/demo/clock.ts'
import { Random } from '../../src/demo/random.ts'
import { nextSession } from '../../src/demo/sessions.ts'

describe('The clock of the past', () => {
  it('knows what a clock on a wall in London shows, in summer and in winter', () => {
    expect(londonMoment('2026-07-01', 10 * 60)).toEqual(new Date('2026-07-01T09:00:00Z'))
    expect(londonMoment('2026-07-01', 0)).toEqual(new Date('2026-06-30T23:00:00Z'))
    expect(londonMoment('2026-07-01', 23 * 60 + 50)).toEqual(new Date('2026-07-01T22:50:00Z'))
    expect(londonMoment('2026-12-01', 10 * 60)).toEqual(new Date('2026-12-01T10:00:00Z'))
  })

  it('counts back over weekends and bank holidays', () => {
    expect(workingDayBefore('2026-12-29', 1)).toBe('2026-12-24')
    expect(workingDayBefore('2026-11-22', 1)).toBe('2026-11-20')
  })

  it('goes on in working hours, and never back', () => {
    const random = new Random(5)
    let now = new Date('2026-10-02T15:45:00Z')
    for (let step = 0; step < 200; step++) {
      const next = workingMoment(random, now, random.between(0, 2))
      expect(next > now).toBe(true)
      expect(next.getUTCHours()).toBeGreaterThanOrEqual(8)
      expect(next.getUTCHours()).toBeLessThan(17)
      expect([0, 6]).not.toContain(next.getUTCDay())
      now = next
    }
  })
})

describe('The next session', () => {
  it('falls on the day and the hour that the group names', () => {
    const friday = nextSession({ schedule: 'Fridays, 2pm to 3.30pm', courseStartsOn: null }, '2026-11-20')
    expect(friday).toEqual({ on: '2026-11-27', startsAt: new Date('2026-11-27T14:00:00Z') })
  })

  it('is the first of the course where that has not begun', () => {
    const schedule = 'Mondays, 6pm to 8pm, for twelve weeks'
    expect(nextSession({ schedule, courseStartsOn: '2027-01-18' }, '2026-11-20').on).toBe('2027-01-18')
  })
})
