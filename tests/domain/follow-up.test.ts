import { expect, test } from 'vitest'
import { followUp } from '../../src/domain/follow-up.ts'
import type { NextColumns } from '../../src/domain/next-action.ts'
import type { PlacementStatus } from '../../src/domain/placement-moves.ts'

// A Monday, in the morning.
const now = new Date('2026-11-02T10:00:00Z')

const decide: NextColumns = {
  nextOwnerKind: 'organisation',
  nextOwnerId: 'project',
  nextStep: 'decide',
  nextDueOn: '2026-11-09',
}
const nothing: NextColumns = { nextOwnerKind: null, nextOwnerId: null, nextStep: null, nextDueOn: null }

const referral = {
  id: 'referral',
  status: 'active' as const,
  priority: 'routine' as const,
  receivedAt: now,
  contactedAt: null,
  navigatorId: 'navigator',
  receivingOrganisationId: 'service',
  isDirect: false,
  ...decide,
}
const direct = { ...referral, isDirect: true, navigatorId: null }

function placement(status: PlacementStatus, startedAt: Date | null = null) {
  return { status, startedAt, bookedFor: null, missedInARow: 0, ...(status === 'declined' ? nothing : decide) }
}

test.each([
  ['an ended one hands back', referral, placement('declined'), [], 'handBack'],
  ['a direct one that never began comes to the service', direct, placement('declined'), [], 'fallBack'],
  ['a direct one that began hands back', direct, placement('declined', now), [], 'handBack'],
  ['a direct one with another open place hands back', direct, placement('declined'), ['2026-11-09'], 'handBack'],
  [
    'a direct one that a navigator has hands back',
    { ...direct, navigatorId: 'n' },
    placement('declined'),
    [],
    'handBack',
  ],
  ['on hold it still hands back', { ...referral, status: 'on_hold' as const }, placement('declined'), [], 'handBack'],
  ['a closed one has no news', { ...referral, status: 'completed' as const }, placement('declined'), [], undefined],
  ['on hold an open one has no news', { ...referral, status: 'on_hold' as const }, placement('seen'), [], undefined],
  ['a read receipt of a direct one moves no clock', direct, placement('seen'), ['2026-11-09'], undefined],
  [
    'what a direct one has to do next is the referral’s',
    { ...direct, nextDueOn: '2026-11-03' },
    placement('seen'),
    ['2026-11-09'],
    'watch',
  ],
])('%s', (_, of, moved, due, move) => {
  expect(followUp(of, moved, due, now)?.move).toBe(move)
})

const watched = {
  ...referral,
  nextOwnerKind: 'navigator' as const,
  nextOwnerId: 'service',
  nextStep: 'review' as const,
  nextDueOn: '2026-11-20',
}
const booked = { ...placement('booked'), bookedFor: new Date('2026-11-05T10:00:00Z') }
const started = placement('started', now)
const missed = { ...booked, missedInARow: 1 }
const agreed = { ...watched, nextStep: 'agree_next' as const }
const told = { canBeTold: true, isVisitAhead: false }
const untold = { canBeTold: false, isVisitAhead: false }
// Overdue, as nobody called them before they went.
const toTell = { ...watched, nextStep: 'tell_first_visit' as const, nextDueOn: '2026-10-30' }
const toAsk = { ...watched, nextStep: 'ask_after_no_show' as const, nextDueOn: '2026-10-30' }

test.each([
  [
    'after the first session somebody asks how it was',
    watched,
    started,
    { move: 'start', ...told },
    ['check_in', '2026-11-04'],
  ],
  [
    'who came last week is asked today',
    watched,
    placement('started', new Date('2026-10-26T10:00:00Z')),
    { move: 'start', ...told },
    ['check_in', '2026-11-02'],
  ],
  [
    'a first session that was missed is asked about on the same day',
    watched,
    missed,
    { move: 'miss', ...told },
    ['ask_after_no_show', '2026-11-02'],
  ],
  [
    'a second one is the project’s to arrange',
    watched,
    { ...missed, missedInARow: 2 },
    { move: 'miss', ...told },
    undefined,
  ],
  [
    'one missed after others is the project’s too',
    watched,
    { ...started, missedInARow: 1 },
    { move: 'miss', ...told },
    undefined,
  ],
  [
    'who cannot be mailed is called before they go',
    watched,
    booked,
    { move: 'book', ...untold },
    ['tell_first_visit', '2026-11-04'],
  ],
  [
    'who goes tomorrow is called today',
    watched,
    { ...booked, bookedFor: new Date('2026-11-03T10:00:00Z') },
    { move: 'book', ...untold },
    ['tell_first_visit', '2026-11-02'],
  ],
  [
    'of a visit that was written down afterwards nobody is told',
    watched,
    { ...booked, bookedFor: new Date('2026-10-30T10:00:00Z') },
    { move: 'book', ...untold },
    undefined,
  ],
  ['who can be mailed needs no call', watched, booked, { move: 'book', ...told }, undefined],
  ['what another project’s refusal asked for stays', agreed, started, { move: 'start', ...told }, undefined],
  [
    'whoever came needs not be told of the visit any more',
    toTell,
    started,
    { move: 'start', ...told },
    ['check_in', '2026-11-04'],
  ],
  [
    'but is, of another that is still to come',
    toTell,
    started,
    { move: 'start', ...told, isVisitAhead: true },
    undefined,
  ],
  [
    'whoever missed it is asked why, not told of it',
    toTell,
    missed,
    { move: 'miss', ...told },
    ['ask_after_no_show', '2026-11-02'],
  ],
  [
    'whoever came after all is asked how it was, not why they stayed away',
    toAsk,
    started,
    { move: 'start', ...told },
    ['check_in', '2026-11-04'],
  ],
  [
    'whoever did not begin is nobody’s first visit any more',
    toTell,
    placement('did_not_start'),
    { move: 'didNotStart', ...told },
    ['review', '2026-11-20'],
  ],
  ['and of a missed one the navigator is told all the same', agreed, missed, { move: 'miss', ...told }, 'kept'],
] as const)('%s', (_, of, moved, done, expected) => {
  const next = followUp(of, moved, ['2026-11-20'], now, undefined, done)?.next
  expect(typeof next === 'object' && next ? [next.step, next.dueOn] : next).toEqual(expected)
})
