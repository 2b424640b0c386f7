import { expect, it } from 'vitest'
import { NEXT_STEPS } from '../../src/domain/next-action.ts'
import type { PlacementStatus } from '../../src/domain/placement-moves.ts'
import type { ReferralStatus } from '../../src/domain/referral-moves.ts'
import { statusStep } from '../../src/domain/status-step.ts'
import { ENGLISH, wordFile } from '../../src/words/files.ts'

const called = new Date('2026-11-23T10:00:00Z')

it.each<[ReferralStatus, Date | null, PlacementStatus[], string]>([
  ['submitted', null, [], 'received'],
  ['assigned', null, [], 'received'],
  ['contacted', called, [], 'contacted'],
  ['active', called, ['declined'], 'contacted'],
  ['active', called, ['declined', 'waitlisted'], 'matched'],
  ['active', null, ['sent'], 'matched'],
  ['active', called, ['booked', 'started'], 'started'],
  ['on_hold', called, ['paused'], 'matched'],
  ['completed', called, ['completed'], 'closed'],
  ['withdrawn', null, [], 'closed'],
])('%s is shown as the step it has come to', (status, contactedAt, placements, step) => {
  expect(
    statusStep(
      { status, contactedAt },
      placements.map((one) => ({ status: one })),
    ),
  ).toBe(step)
})

it('every next step has words for the person', () => {
  const known = Object.keys(wordFile(ENGLISH))
  expect(Object.keys(NEXT_STEPS).filter((step) => !known.includes(`where.next.${step}`))).toEqual([])
})
