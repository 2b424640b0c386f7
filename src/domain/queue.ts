import type { Mover } from './moves.ts'
import { type Placement, type PlacementStep, requirePlacementMove } from './placement.ts'
import type { Priority } from './referral-request.ts'
import { Refusal } from './refusal.ts'

/** Where somebody stands in a queue, as far as they are told. */
export interface PositionRange {
  from: number
  to: number
}

const LAST_OF_SMALL = [3, 6, 10, 15, 20]

/**
 * Where somebody stands, so wide that it tells of nobody else's joining or leaving: 1st to 3rd, 4th to 6th, 7th to 10th, and
 * so on. The bounds are the same for everybody, so that two people who compare theirs learn nothing more.
 * @param position from 1, the next
 */
export function positionRange(position: number): PositionRange {
  const small = LAST_OF_SMALL.findIndex((last) => position <= last)
  if (small >= 0) return { from: (LAST_OF_SMALL[small - 1] ?? 0) + 1, to: LAST_OF_SMALL[small] ?? position }
  const from = Math.floor((position - 1) / 10) * 10 + 1
  return { from, to: from + 9 }
}

function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13
  return `${number}${(!isTeen && ['', 'st', 'nd', 'rd'][number % 10]) || 'th'}`
}

/** "Between 4th and 6th on the waiting list". */
export function positionWords({ from, to }: PositionRange): string {
  return `Between ${ordinal(from)} and ${ordinal(to)} on the waiting list`
}

/** How far somebody is put forward; `own` goes back to where the referral's own priority puts them. */
export const FORWARD_TO = ['urgent', 'priority', 'own'] as const
export type ForwardTo = (typeof FORWARD_TO)[number]

/** How soon somebody's turn comes; the first comes first. */
const ORDER: Record<Priority, number> = { urgent: 0, priority: 1, routine: 2 }

/** Further forward in the queue, or back again, with a reason that is kept. The time of joining stays. */
export function putForward(
  placement: Placement & { queuePriority: Priority | null },
  to: ForwardTo,
  reason: string,
  own: Priority,
  movers: readonly Mover[],
): { step: PlacementStep; queuePriority: Priority | null } {
  requirePlacementMove('putForward', placement.status, movers)
  const queuePriority = to === 'own' ? null : to
  if ((queuePriority ?? own) === (placement.queuePriority ?? own) || (to !== 'own' && ORDER[to] >= ORDER[own]))
    throw new Refusal('invalid-input', 'They stand there already.', [
      { pointer: '/to', code: 'no-change', detail: 'They stand there already. Choose another place in the queue' },
    ])
  const { status } = placement
  return { step: { move: 'putForward', from: status, to: status, next: 'kept', reason }, queuePriority }
}

/** Another volunteer, or another session, for somebody who has a place. */
export function rematch(placement: Placement, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('rematch', placement.status, movers)
  const { status } = placement
  return { move: 'rematch', from: status, to: status, next: 'kept' }
}
