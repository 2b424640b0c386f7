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
  return { status, startedAt, ...(status === 'declined' ? nothing : decide) }
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
