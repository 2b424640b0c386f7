import { describe, expect, test } from 'vitest'
import {
  isAnswerLate,
  isHoldOver,
  isOfferOver,
  isPauseOver,
  isTeamSilent,
  remindNavigator,
  remindProvider,
  stillWantedDue,
} from '../../src/domain/clocks.ts'
import { lastLondonTime, londonMoment } from '../../src/domain/day.ts'

const DAY = '2026-11-27'
/** In winter London is on UTC: the last minute of the day, and the first of the next. */
const lastMinute = new Date('2026-11-27T23:59:59.999Z')
const nextDay = new Date('2026-11-28T00:00:00Z')
const eve = new Date('2026-11-26T23:59:59.999Z')
const morning = new Date('2026-11-27T00:00:00Z')

const BARE = { nextOwnerKind: 'navigator', nextStep: null, nextDueOn: DAY, remindedAt: null, restartsOn: null } as const

describe('past its day', () => {
  test('is from the first minute of the day after, in London', () => {
    const asked = { ...BARE, status: 'information_needed' } as const
    expect([isAnswerLate(asked, lastMinute), isAnswerLate(asked, nextDay)]).toEqual([false, true])
    const redirected = { ...BARE, status: 'redirected' } as const
    expect([isTeamSilent(redirected, lastMinute), isTeamSilent(redirected, nextDay)]).toEqual([false, true])
    const offered = { ...BARE, status: 'offered', nextOwnerKind: 'person' } as const
    expect([isOfferOver(offered, lastMinute), isOfferOver(offered, nextDay)]).toEqual([false, true])
  })

  test('in summer that is eleven at night by UTC', () => {
    const asked = { ...BARE, status: 'information_needed', nextDueOn: '2026-07-10' } as const
    expect(isAnswerLate(asked, new Date('2026-07-10T22:59:59Z'))).toBe(false)
    expect(isAnswerLate(asked, new Date('2026-07-10T23:00:00Z'))).toBe(true)
  })

  test('is nothing to an offer that a navigator has to ask about', () => {
    expect(isOfferOver({ ...BARE, status: 'offered' }, new Date('2027-11-27T12:00:00Z'))).toBe(false)
  })

  test('is nothing to other states', () => {
    expect(isAnswerLate({ ...BARE, status: 'assigned' }, nextDay)).toBe(false)
    expect(isTeamSilent({ ...BARE, status: 'active' }, nextDay)).toBe(false)
    expect(isOfferOver({ ...BARE, status: 'accepted', nextOwnerKind: 'person' }, nextDay)).toBe(false)
  })
})

describe('a day to start again', () => {
  test('is that day itself, from its first minute', () => {
    const held = { ...BARE, status: 'on_hold', restartsOn: DAY } as const
    expect([isHoldOver(held, eve), isHoldOver(held, morning)]).toEqual([false, true])
    const paused = { ...BARE, status: 'paused', restartsOn: DAY } as const
    expect([isPauseOver(paused, eve), isPauseOver(paused, morning)]).toEqual([false, true])
  })

  test('is none for what paused with its referral, or after an offer', () => {
    expect(isPauseOver({ ...BARE, status: 'paused' }, nextDay)).toBe(false)
  })
})

describe('still wanted?', () => {
  const waiting = { ...BARE, status: 'waitlisted' } as const
  test('is asked on the day, and its silence is told the day after', () => {
    const asks = { ...waiting, nextStep: 'ask_still_wanted' } as const
    expect([stillWantedDue(asks, eve), stillWantedDue(asks, morning)]).toEqual([undefined, 'ask'])
    const asked = { ...waiting, nextStep: 'say_still_wanted' } as const
    expect([stillWantedDue(asked, lastMinute), stillWantedDue(asked, nextDay)]).toEqual([undefined, 'unanswered'])
  })

  test('is the navigator’s own matter afterwards', () => {
    expect(stillWantedDue({ ...waiting, nextStep: 'find_out_still_wanted' }, nextDay)).toBeUndefined()
    expect(stillWantedDue({ ...waiting, status: 'offered', nextStep: 'ask_still_wanted' }, nextDay)).toBeUndefined()
  })
})

describe('a reminder', () => {
  const late = { ...BARE, status: 'assigned', nextStep: 'first_contact' } as const
  const due = { ...BARE, status: 'started', nextStep: 'review_place', nextOwnerKind: 'organisation' } as const

  test('goes to a navigator the day after, once', () => {
    expect(remindNavigator(late, lastMinute)).toBeUndefined()
    expect(remindNavigator(late, nextDay)).toMatchObject({ move: 'remind', next: 'kept' })
    expect(remindNavigator({ ...late, remindedAt: nextDay }, nextDay)).toBeUndefined()
  })

  test('goes to nobody for what is another’s turn, or the clock’s own', () => {
    expect(remindNavigator({ ...late, nextOwnerKind: 'organisation' }, nextDay)).toBeUndefined()
    expect(remindNavigator({ ...late, status: 'on_hold', nextStep: 'restart' }, nextDay)).toBeUndefined()
    expect(remindNavigator({ ...late, status: 'redirected', nextStep: 'hear_redirect' }, nextDay)).toBeUndefined()
  })

  test('goes to a project on the day of a register or a review, once', () => {
    expect(remindProvider(due, eve)).toBeUndefined()
    expect(remindProvider(due, morning)).toMatchObject({ move: 'remind', from: 'started', to: 'started' })
    expect(remindProvider({ ...due, status: 'booked', nextStep: 'register' }, morning)).toMatchObject({
      move: 'remind',
    })
    expect(remindProvider({ ...due, remindedAt: morning }, nextDay)).toBeUndefined()
    expect(remindProvider({ ...due, nextStep: 'rearrange' }, morning)).toBeUndefined()
    expect(remindProvider({ ...due, nextStep: 'rearrange', nextDueOn: '2026-01-05' }, morning)?.move).toBe('remind')
    expect(remindProvider({ ...due, nextStep: 'first_session', nextDueOn: '2026-01-05' }, morning)?.move).toBe('remind')
  })
})

describe('three in the night in London', () => {
  test.each([
    ['2026-11-23T02:59:59.999Z', '2026-11-22T03:00:00.000Z'],
    ['2026-11-23T03:00:00.000Z', '2026-11-23T03:00:00.000Z'],
    ['2026-07-10T01:59:00.000Z', '2026-07-09T02:00:00.000Z'],
    ['2026-07-10T02:00:00.000Z', '2026-07-10T02:00:00.000Z'],
    // The clocks go forward and back on these nights.
    ['2026-03-29T12:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    ['2026-10-25T12:00:00.000Z', '2026-10-25T03:00:00.000Z'],
  ])('at %s was last %s', (now, then) => {
    expect(lastLondonTime(180, new Date(now)).toISOString()).toBe(then)
  })

  test('an hour that comes twice is its first', () => {
    expect(londonMoment('2026-10-25', 90).toISOString()).toBe('2026-10-25T00:30:00.000Z')
  })
})
