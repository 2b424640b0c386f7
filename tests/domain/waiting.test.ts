import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../src/domain/capacity.ts'
import { LIMITS } from '../../src/domain/next-action.ts'
import { PLACEMENT_STATUSES, type PlacementStatus } from '../../src/domain/placement-moves.ts'
import { answerProject, askNavigator, chase, didNotStart, giveBack, recall } from '../../src/domain/placement-talk.ts'
import {
  acceptOffer,
  askStillWanted,
  offer,
  pause,
  pauseWithHold,
  postpone,
  resumeWaiting,
  stillWanted,
  stillWantedUnanswered,
  waitlist,
} from '../../src/domain/waiting.ts'
import { refusalOf } from './refused.ts'

/** A Monday morning. */
const NOW = new Date('2026-11-23T09:00:00Z')
const provider = { ownerKind: 'organisation', ownerId: 'shed' } as const
const navigator = { ownerKind: 'navigator', ownerId: 'so-linked' } as const

function placement(status: PlacementStatus, of: { providerDaysUsed?: number; providerClockFrom?: string | null } = {}) {
  return {
    id: 'p1',
    status,
    providerOrganisationId: 'shed',
    receivingOrganisationId: 'so-linked',
    waitingSince: NOW,
    remindedAt: null as Date | null,
    escalatedAt: null as Date | null,
    providerDaysUsed: 0,
    providerClockFrom: '2026-11-23' as string | null,
    ...of,
  }
}

function onlyFrom(states: PlacementStatus[], rule: (status: PlacementStatus) => unknown) {
  for (const status of PLACEMENT_STATUSES) {
    if (states.includes(status)) expect(() => rule(status)).not.toThrow()
    else expect(refusalOf(() => rule(status)).code).toBe('wrong-status')
  }
}

const MAIL = { personId: 'maria', byMachine: true }
const PHONE_ONLY = { personId: 'maria', byMachine: false }

describe('the waiting list', () => {
  test('asks again in four weeks', () => {
    expect(waitlist(placement('seen'), { isCrisis: false }, ['provider'], NOW)).toEqual({
      move: 'waitlist',
      from: 'seen',
      to: 'waitlisted',
      next: { ...provider, step: 'ask_still_wanted', dueOn: '2026-12-21' },
      sets: { waitingSince: NOW, providerClockFrom: null },
    })
    onlyFrom(['sent', 'seen'], (status) => waitlist(placement(status), { isCrisis: false }, ['provider'], NOW))
  })

  test('a crisis offer has none', () => {
    const refusal = refusalOf(() => waitlist(placement('seen'), { isCrisis: true }, ['provider'], NOW))
    expect(refusal.message).toMatch(/crisis/)
  })

  test('the person is asked by e-mail, and has five working days; else the navigator asks', () => {
    expect(askStillWanted(placement('waitlisted'), MAIL, NOW)).toMatchObject({
      move: 'askStillWanted',
      to: 'waitlisted',
      next: { ownerKind: 'person', ownerId: 'maria', step: 'say_still_wanted', dueOn: '2026-11-30' },
    })
    expect(askStillWanted(placement('waitlisted'), PHONE_ONLY, NOW)).toMatchObject({
      move: 'stillWantedUnanswered',
      to: 'waitlisted',
      next: { ...navigator, step: 'find_out_still_wanted', dueOn: '2026-11-25' },
    })
  })

  test('silence is never a removal', () => {
    expect(stillWantedUnanswered(placement('waitlisted'), NOW).to).toBe('waitlisted')
  })

  test('still wanted: four weeks more', () => {
    expect(stillWanted(placement('waitlisted'), ['navigator'], NOW).next).toMatchObject({ dueOn: '2026-12-21' })
    expect(refusalOf(() => stillWanted(placement('waitlisted'), ['provider'], NOW)).code).toBe('wrong-status')
  })

  test('paused and resumed, with the time of joining as it was', () => {
    const paused = pause(placement('waitlisted'), '2027-01-11', ['navigator'], NOW)
    expect(paused).toMatchObject({ to: 'paused', next: { step: 'restart', dueOn: '2027-01-11' } })
    expect(paused.sets).toEqual({ restartsOn: '2027-01-11' })
    const resumed = resumeWaiting(placement('paused'), ['system'], NOW)
    expect(resumed).toMatchObject({ to: 'waitlisted', sets: { restartsOn: null, pausedByHold: false } })
    expect(resumed.sets).not.toHaveProperty('waitingSince')
    expect(refusalOf(() => pause(placement('waitlisted'), '2027-03-01', ['navigator'], NOW)).code).toBe('invalid-input')
  })

  test.each(['waitlisted', 'offered'] as const)('a hold pauses who is %s', (status) => {
    expect(pauseWithHold(placement(status), '2027-01-11')).toMatchObject({
      to: 'paused',
      sets: { pausedByHold: true },
      next: { ...navigator, dueOn: '2027-01-11' },
    })
  })
})

describe('an offer', () => {
  const capacity: Capacity = { kind: 'places', places: 8, taken: 7, held: 0, confirmedAt: NOW }
  const group = { capacity, intake: { paused: false, reopensOn: null }, isFirst: true }

  test('is the person’s to answer in three working days', () => {
    expect(offer(placement('waitlisted'), group, { reach: MAIL }, ['system'], NOW)).toMatchObject({
      to: 'offered',
      next: { ownerKind: 'person', ownerId: 'maria', step: 'answer_offer', dueOn: '2026-11-26' },
    })
  })

  test('of somebody without e-mail is the navigator’s to bring', () => {
    const { next } = offer(placement('waitlisted'), group, { reach: PHONE_ONLY }, ['provider'], NOW)
    expect(next).toMatchObject({ ...navigator, step: 'get_offer_answer', dueOn: '2026-11-26' })
  })

  test.each([
    ['no place is free', { ...group, capacity: { ...capacity, taken: 8 } }, 'group-full'],
    ['the last one is held', { ...group, capacity: { ...capacity, held: 1 } }, 'group-full'],
    ['nobody new is taken', { ...group, intake: { paused: true, reopensOn: null } }, 'intake-paused'],
    ['somebody else is first', { ...group, isFirst: false }, 'others-waiting'],
  ])('not where %s', (_, to, code) => {
    expect(refusalOf(() => offer(placement('waitlisted'), to, { reach: MAIL }, ['provider'], NOW)).code).toBe(code)
  })

  test('out of order with a reason, which is kept', () => {
    const asked = { reach: MAIL, outOfOrder: 'Bereaved last week' }
    const step = offer(placement('waitlisted'), { ...group, isFirst: false }, asked, ['provider'], NOW)
    expect(step).toMatchObject({ to: 'offered', reason: 'Bereaved last week' })
  })

  test('taken: the first session within ten working days, no place asked for again', () => {
    expect(acceptOffer(placement('offered'), null, ['navigator'], NOW)).toMatchObject({
      to: 'accepted',
      next: { ...provider, step: 'first_session', dueOn: '2026-12-07' },
    })
    expect(acceptOffer(placement('offered'), '2027-01-04', ['person'], NOW).next).toMatchObject({ dueOn: '2027-01-04' })
  })

  test('put off, or run out: the navigator asks what is wanted', () => {
    expect(postpone(placement('offered'), ['system'], NOW)).toMatchObject({
      to: 'paused',
      next: { ...navigator, step: 'ask_what_wanted', dueOn: '2026-11-25' },
    })
    expect(refusalOf(() => postpone(placement('offered'), ['provider'], NOW)).code).toBe('wrong-status')
  })
})

describe('the provider’s own time', () => {
  const on = (day: string) => new Date(`${day}T09:00:00Z`)

  test.each([
    ['the second working day', '2026-11-25', undefined],
    ['the third: a nudge', '2026-11-26', 'nudge'],
    ['a weekend is no time', '2026-11-29', 'nudge'],
    ['the fifth: the navigator is told', '2026-11-30', 'escalate'],
    ['the tenth: it still has today', '2026-12-07', 'escalate'],
    ['after the tenth: no response', '2026-12-08', 'lapse'],
  ])('%s', (_, today, move) => {
    expect(chase(placement('sent'), on(today))?.move).toBe(move)
  })

  test('each once', () => {
    const nudged = { ...placement('seen'), remindedAt: NOW }
    expect(chase(nudged, on('2026-11-26'))).toBeUndefined()
    const told = { ...nudged, escalatedAt: NOW }
    expect(chase(told, on('2026-12-07'))).toBeUndefined()
    expect(chase(told, on('2026-12-08'))?.move).toBe('lapse')
  })

  test('stands still while it asked, and what was used up is remembered', () => {
    const asked = askNavigator(placement('seen'), ['provider'], on('2026-11-26'))
    expect(asked).toMatchObject({
      to: 'information_needed',
      next: { ...navigator, step: 'answer', dueOn: '2026-12-01' },
      sets: { providerDaysUsed: 3, providerClockFrom: null },
    })
    const waiting = placement('information_needed', { providerDaysUsed: 3, providerClockFrom: null })
    expect(chase(waiting, on('2027-06-01'))).toBeUndefined()
    const answered = answerProject(waiting, ['navigator'], on('2027-01-04'))
    expect(answered).toMatchObject({
      to: 'seen',
      next: { ...provider, step: 'decide', dueOn: '2027-01-11' },
      sets: { providerClockFrom: '2027-01-04' },
    })
    const again = placement('seen', { providerDaysUsed: 3, providerClockFrom: '2027-01-04' })
    expect(chase({ ...again, remindedAt: NOW, escalatedAt: NOW }, on('2027-01-13'))).toBeUndefined()
    expect(chase(again, on('2027-01-14'))?.move).toBe('lapse')
  })

  test('a service may be more patient', () => {
    const patient = { ...LIMITS, nudge: 5, escalate: 8, noResponse: 20 }
    expect(chase(placement('sent'), on('2026-11-26'), patient)).toBeUndefined()
    expect(chase(placement('sent'), on('2026-12-08'), patient)?.move).toBe('escalate')
  })
})

describe('other ways back', () => {
  test('recalled before anybody came', () => {
    const before: PlacementStatus[] = ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered']
    onlyFrom(before, (status) => recall(placement(status), ['navigator']))
  })

  test('returned by the system, whatever is open', () => {
    expect(giveBack(placement('started'), 'group_cancelled')).toMatchObject({
      to: 'returned',
      reason: 'group_cancelled',
    })
  })

  test('did not start: the navigator finds another way, and how it was tried is said', () => {
    expect(didNotStart(placement('booked'), 'Rang twice', ['provider'], NOW)).toMatchObject({
      to: 'did_not_start',
      next: { ...navigator, step: 'start_another_way', dueOn: '2026-11-25' },
    })
    expect(refusalOf(() => didNotStart(placement('booked'), ' ', ['provider'], NOW)).code).toBe('invalid-input')
    onlyFrom(['accepted', 'booked'], (status) => didNotStart(placement(status), 'Rang', ['provider'], NOW))
  })
})
