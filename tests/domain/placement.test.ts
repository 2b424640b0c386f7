import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../src/domain/capacity.ts'
import type { Reason, Verdict } from '../../src/domain/eligibility.ts'
import {
  accept,
  book,
  decline,
  END_OUTCOMES,
  end,
  isOpenPlacement,
  missedInARow,
  open,
  type Placement,
  recordAttendance,
  send,
  takesAPlace,
  withdrawPlacement,
} from '../../src/domain/placement.ts'
import { PLACEMENT_STATUSES, type PlacementStatus } from '../../src/domain/placement-moves.ts'
import { refusalOf } from './refused.ts'

/** A Monday morning. */
const NOW = new Date('2026-11-23T09:00:00Z')

const provider = { ownerKind: 'organisation', ownerId: 'shed' } as const

function placement(status: PlacementStatus): Placement {
  return { id: 'p1', status, providerOrganisationId: 'shed' }
}

function judged(...verdicts: Verdict[]) {
  const reasons: Reason[] = verdicts.map((verdict) => ({ rule: 'age', verdict, text: 'For adults: this person is 17' }))
  const verdict = verdicts.includes('not_eligible') ? 'not_eligible' : verdicts.includes('ask') ? 'ask' : 'eligible'
  return { verdict, reasons } as const
}

/** Tries a rule from every state: it passes from these and is refused as wrong-status from all others. */
function onlyFrom(states: PlacementStatus[], rule: (status: PlacementStatus) => unknown) {
  for (const status of PLACEMENT_STATUSES) {
    if (states.includes(status)) expect(() => rule(status)).not.toThrow()
    else expect(refusalOf(() => rule(status)).code).toBe('wrong-status')
  }
}

describe('sending', () => {
  const to = { providerOrganisationId: 'shed', intake: { paused: false, reopensOn: null }, endsOn: null }

  test.each([
    ['fits', judged('eligible')],
    ['no rules', judged()],
    ['something must be asked', judged('eligible', 'ask')],
  ])('%s: the provider decides within five working days', (_, given) => {
    expect(send(to, given, undefined, NOW)).toEqual({
      move: 'send',
      from: 'new',
      to: 'sent',
      next: { ...provider, step: 'decide', dueOn: '2026-11-30' },
      sets: { providerClockFrom: '2026-11-23' },
    })
  })

  test('a person who does not fit is sent only with a reason, which is kept', () => {
    const refusal = refusalOf(() => send(to, judged('eligible', 'not_eligible'), undefined, NOW))
    expect(refusal.code).toBe('not-eligible')
    expect(refusal.message).toMatch(/^For adults: this person is 17\. To send them all the same, say why/)
    expect(refusal.faults).toEqual([{ pointer: '/groupId', code: 'age', detail: 'For adults: this person is 17' }])
    expect(refusalOf(() => send(to, judged('not_eligible'), '', NOW)).code).toBe('not-eligible')
    expect(send(to, judged('not_eligible'), '18 next week', NOW)).toMatchObject({ to: 'sent', reason: '18 next week' })
  })

  test.each([
    ['paused', { paused: true, reopensOn: null }, false],
    ['paused until tomorrow', { paused: true, reopensOn: '2026-11-24' }, false],
    ['reopens today', { paused: true, reopensOn: '2026-11-23' }, true],
  ])('intake %s', (_, intake, isOpen) => {
    const tried = () => send({ ...to, intake }, judged('eligible'), 'a reason does not open it', NOW)
    if (isOpen) expect(tried().to).toBe('sent')
    else expect(refusalOf(tried).code).toBe('intake-paused')
  })
})

describe('opening', () => {
  test('is a read receipt: the clock goes on', () => {
    expect(open(placement('sent'), ['provider'])).toEqual({ move: 'open', from: 'sent', to: 'seen', next: 'kept' })
    onlyFrom(['sent'], (status) => open(placement(status), ['provider']))
    expect(refusalOf(() => open(placement('sent'), ['navigator'])).code).toBe('wrong-status')
  })
})

describe('accepting', () => {
  const room: Capacity = { kind: 'places', places: 10, taken: 9, held: 0, confirmedAt: NOW }
  const group = { capacity: room, waiting: 0, startsOn: null, isCrisis: false }
  const full = { ...group, capacity: { ...room, taken: 10 } }
  const queued = { ...group, waiting: 2 }

  test.each([
    ['first session within ten working days', null, '2026-12-07'],
    ['or at the course’s start where that is later', '2027-01-11', '2027-01-11'],
    ['not at a start that is sooner', '2026-11-25', '2026-12-07'],
    ['not at a start in the past', '2026-09-01', '2026-12-07'],
  ])('%s', (_, startsOn, dueOn) => {
    expect(accept(placement('seen'), { ...group, startsOn }, undefined, ['provider'], NOW)).toEqual({
      move: 'accept',
      from: 'seen',
      to: 'accepted',
      next: { ...provider, step: 'first_session', dueOn },
    })
  })

  test('from sent and seen only, and by nobody else', () => {
    onlyFrom(['sent', 'seen'], (status) => accept(placement(status), group, undefined, ['provider'], NOW))
    expect(refusalOf(() => accept(placement('seen'), group, undefined, ['navigator'], NOW)).code).toBe('wrong-status')
  })

  test('not in a full group, not even with a reason', () => {
    const refusal = refusalOf(() => accept(placement('sent'), full, 'because', ['provider'], NOW))
    expect(refusal.code).toBe('group-full')
    expect(refusal.message).toBe('All 10 places are taken. Put the person on the waiting list instead.')
  })

  test('a crisis offer is never told to make somebody wait', () => {
    const said = (of: typeof full) =>
      refusalOf(() => accept(placement('sent'), { ...of, isCrisis: true }, undefined, ['provider'], NOW)).message
    expect(said(full)).toMatch(/taken\. A crisis offer has no waiting list\. Add a place, or decline/)
    expect(said(queued)).toBe('2 people are waiting for this group. Say why this person goes first.')
  })

  test('not past people who wait, unless a reason is given, which is kept', () => {
    const refusal = refusalOf(() => accept(placement('sent'), queued, undefined, ['provider'], NOW))
    expect(refusal.code).toBe('others-waiting')
    expect(refusal.message).toMatch(/^2 people are waiting/)
    expect(accept(placement('sent'), queued, 'Homeless', ['provider'], NOW).reason).toBe('Homeless')
  })

  test('one person waiting is one person', () => {
    const refusal = refusalOf(() => accept(placement('sent'), { ...group, waiting: 1 }, '', ['provider'], NOW))
    expect(refusal.message).toMatch(/^1 person is waiting/)
  })

  test('an open group always has room', () => {
    const open: Capacity = { kind: 'open', places: null, taken: 300, held: 0, confirmedAt: null }
    expect(accept(placement('sent'), { ...group, capacity: open }, undefined, ['provider'], NOW).to).toBe('accepted')
  })
})

describe('declining', () => {
  test('from every state before a start, with a coded reason, and nothing is left to do', () => {
    const before: PlacementStatus[] = [
      'sent',
      'seen',
      'information_needed',
      'waitlisted',
      'paused',
      'accepted',
      'booked',
    ]
    onlyFrom(before, (status) => decline(placement(status), 'no_capacity', ['provider']))
    expect(decline(placement('booked'), 'unsafe', ['provider'])).toEqual({
      move: 'decline',
      from: 'booked',
      to: 'declined',
      next: null,
      reason: 'unsafe',
    })
  })
})

/** Three places, and nobody more fits in. */
const FULL: Capacity = { kind: 'places', places: 3, taken: 3, held: 0, confirmedAt: NOW }

describe('booking', () => {
  test.each([
    ['a Tuesday', '2026-11-24T10:00:00Z', '2026-11-26'],
    ['a Friday', '2026-11-27T10:00:00Z', '2026-12-01'],
    ['an evening: a session is no letter, its day counts', '2026-11-24T19:00:00Z', '2026-11-26'],
    ['in the past: agreed by phone and written down later', '2026-11-16T10:00:00Z', '2026-11-18'],
    ['late on a summer evening, already the next day in London', '2027-06-14T23:30:00Z', '2027-06-17'],
  ])('the register is due two working days after %s', (_, startsAt, dueOn) => {
    expect(book(placement('accepted'), new Date(startsAt), FULL, ['provider'])).toEqual({
      move: 'book',
      from: 'accepted',
      to: 'booked',
      next: { ...provider, step: 'register', dueOn },
    })
  })

  test('a booked session can be moved, nothing else booked', () => {
    onlyFrom(['accepted', 'booked'], (status) => book(placement(status), NOW, FULL, ['provider']))
  })

  test('another start needs a free place again, and is the navigator’s to agree', () => {
    const missed = placement('did_not_start')
    expect(book(missed, NOW, { ...FULL, taken: 2 }, ['navigator'])).toMatchObject({ move: 'rebook', to: 'booked' })
    expect(refusalOf(() => book(missed, NOW, FULL, ['navigator'])).message).toMatch(/taken\. They can begin again/)
    expect(refusalOf(() => book(missed, NOW, { ...FULL, taken: 2 }, ['provider'])).code).toBe('wrong-status')
  })
})

describe('the register', () => {
  test.each([
    ['no course: a review in twelve weeks', null, '2027-02-15'],
    ['a course: five working days after its end', '2026-12-16', '2026-12-23'],
    ['a course that ends today', '2026-11-23', '2026-11-30'],
    ['a course that is over', '2026-11-20', '2027-02-15'],
  ])('the first session attended starts it. %s', (_, courseEndsOn, dueOn) => {
    expect(recordAttendance(placement('accepted'), true, courseEndsOn, ['provider'], NOW)).toEqual({
      move: 'start',
      from: 'accepted',
      to: 'started',
      next: { ...provider, step: 'review_place', dueOn },
    })
  })

  test.each([
    ['came, after a booking', 'booked', true, 'start', 'started'],
    ['came again', 'started', true, 'attend', 'started'],
    ['missed one', 'started', false, 'miss', 'started'],
    ['missed the first', 'booked', false, 'miss', 'booked'],
    ['missed it without a booking', 'accepted', false, 'miss', 'accepted'],
  ] as const)('%s', (_, status, attended, move, to) => {
    expect(recordAttendance(placement(status), attended, null, ['provider'], NOW)).toMatchObject({ move, to })
  })

  test('once started the review’s day stands; a first session missed is arranged again in two working days', () => {
    for (const attended of [true, false])
      expect(recordAttendance(placement('started'), attended, null, ['provider'], NOW).next).toBe('kept')
    expect(recordAttendance(placement('booked'), false, null, ['provider'], NOW).next).toEqual({
      ...provider,
      step: 'rearrange',
      dueOn: '2026-11-25',
    })
  })

  test('only of people who have a place', () => {
    for (const attended of [true, false])
      onlyFrom(['accepted', 'booked', 'started'], (status) =>
        recordAttendance(placement(status), attended, null, ['provider'], NOW),
      )
  })
})

describe('sessions missed in a row', () => {
  const came = (sessionOn: string) => ({ sessionOn, attended: true })
  const missed = (sessionOn: string) => ({ sessionOn, attended: false })

  test.each([
    ['nobody kept a register', [], 0],
    ['never came', [missed('2026-11-02'), missed('2026-11-09')], 2],
    ['came last time', [missed('2026-11-02'), came('2026-11-09')], 0],
    ['the register of an earlier day was written late', [missed('2026-11-09'), came('2026-11-02')], 1],
  ])('%s', (_, register, count) => {
    expect(missedInARow(register)).toBe(count)
  })
})

const MISSED = { missedInARow: 2, triedToReach: true }

describe('ending', () => {
  test('nor before somebody tried to reach them', () => {
    const silent = { missedInARow: 2, triedToReach: false }
    expect(refusalOf(() => end(placement('started'), 'disengaged', silent, ['provider'])).code).toBe('too-few-attempts')
    expect(end(placement('started'), 'left_early', silent, ['provider'])).toMatchObject({ to: 'left_early' })
  })

  test('nobody is called disengaged after one missed session', () => {
    const refusal = refusalOf(() =>
      end(placement('started'), 'disengaged', { missedInARow: 1, triedToReach: true }, ['provider']),
    )
    expect(refusal).toMatchObject({ code: 'too-few-attempts' })
  })

  test.each(END_OUTCOMES)('%s: from started only', (outcome) => {
    onlyFrom(['started'], (status) => end(placement(status), outcome, MISSED, ['provider']))
    expect(end(placement('started'), outcome, MISSED, ['provider'])).toEqual({
      move: 'end',
      from: 'started',
      to: outcome,
      next: null,
    })
  })

  test('withdrawn from any open state, by the navigator or with the referral', () => {
    const openStates = PLACEMENT_STATUSES.filter(isOpenPlacement)
    onlyFrom(openStates, (status) => withdrawPlacement(placement(status), 'moved_away', ['navigator']))
    onlyFrom(openStates, (status) => withdrawPlacement(placement(status), 'referral_closed', ['system']))
    expect(refusalOf(() => withdrawPlacement(placement('sent'), 'other', ['provider'])).code).toBe('wrong-status')
    expect(withdrawPlacement(placement('started'), 'health', ['navigator'])).toEqual({
      move: 'withdraw',
      from: 'started',
      to: 'withdrawn',
      next: null,
      reason: 'health',
    })
  })
})

test('a place is taken from acceptance until the end', () => {
  expect(PLACEMENT_STATUSES.filter(takesAPlace)).toEqual(['accepted', 'booked', 'started'])
})
