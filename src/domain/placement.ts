import { type Capacity, type Intake, isIntakeOpen, requireFreePlace } from './capacity.ts'
import { addWeeks, type Day, latest, londonDay } from './day.ts'
import type { Reason, Verdict } from './eligibility.ts'
import { type Mover, requireMove } from './moves.ts'
import { LIMITS, type NextAction } from './next-action.ts'
import {
  OPEN_PLACEMENT,
  PLACEMENT_MOVES,
  PLACEMENT_WORDS,
  type PlacementMove,
  type PlacementStatus,
  TAKING_A_PLACE,
} from './placement-moves.ts'
import type { DeclineReason, WithdrawalReason } from './placement-reasons.ts'
import { Refusal } from './refusal.ts'
import { addWorkingDays, dueIn } from './working-day.ts'

/** What the rules need to know of a placement; a stored row has more. */
export interface Placement {
  id: string
  status: PlacementStatus
  providerOrganisationId: string
}

export interface PlacementStep {
  move: PlacementMove
  from: PlacementStatus | 'new'
  to: PlacementStatus
  next: NextAction | null | 'kept'
  reason?: string
}

export const END_OUTCOMES = ['completed', 'left_early', 'disengaged', 'moved_on'] as const
export type EndOutcome = (typeof END_OUTCOMES)[number]

/** Somebody who stays away is asked before they are given up. */
const MISSED_BEFORE_DISENGAGED = 2

export function isOpenPlacement(status: PlacementStatus): boolean {
  return (OPEN_PLACEMENT as readonly string[]).includes(status)
}

export function takesAPlace(status: PlacementStatus): boolean {
  return (TAKING_A_PLACE as readonly string[]).includes(status)
}

export function requirePlacementMove(move: PlacementMove, status: PlacementStatus, movers: readonly Mover[]): void {
  requireMove<PlacementStatus>(PLACEMENT_MOVES, move, status, movers, PLACEMENT_WORDS)
}

function provider({ providerOrganisationId }: Pick<Placement, 'providerOrganisationId'>) {
  return { ownerKind: 'organisation', ownerId: providerOrganisationId } as const
}

export interface Fit {
  verdict: Verdict
  reasons: Reason[]
}

/** Sent when the group takes people and the person fits, or with a reason why not fitting does not matter here. */
export function send(
  to: { providerOrganisationId: string; intake: Intake; endsOn: Day | null },
  fit: Fit,
  overrideReason: string | undefined,
  now: Date,
): PlacementStep {
  if (!isIntakeOpen(to.intake, londonDay(now)))
    throw new Refusal(
      'intake-paused',
      'This group is not taking anyone new. Choose another group, or ask when it reopens.',
    )
  if (to.endsOn && to.endsOn < londonDay(now))
    throw new Refusal('intake-paused', 'This course has ended. Choose another group.')
  const failed = fit.reasons.filter(({ verdict }) => verdict === 'not_eligible')
  if (failed.length > 0 && !overrideReason)
    throw new Refusal(
      'not-eligible',
      failed.map(({ text }) => `${text}.`).join(' '),
      failed.map(({ rule, text }) => ({ pointer: '/groupId', code: rule, detail: text })),
    )
  const next: NextAction = { ...provider(to), step: 'decide', dueOn: dueIn(now, LIMITS.decide) }
  return { move: 'send', from: 'new', to: 'sent', next, ...(overrideReason ? { reason: overrideReason } : {}) }
}

/** A read receipt: the clock goes on. */
export function open(placement: Placement, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('open', placement.status, movers)
  return { move: 'open', from: placement.status, to: 'seen', next: 'kept' }
}

/** A free place, taken in the same transaction; nobody passes those who wait without a reason that is kept. */
export function accept(
  placement: Placement,
  group: { capacity: Capacity; waiting: number; startsOn: Day | null },
  overOthers: string | undefined,
  movers: readonly Mover[],
  now: Date,
): PlacementStep {
  requirePlacementMove('accept', placement.status, movers)
  requireFreePlace(group.capacity)
  if (group.waiting > 0 && !overOthers)
    throw new Refusal(
      'others-waiting',
      `${group.waiting} ${group.waiting === 1 ? 'person is' : 'people are'} waiting for this group. ` +
        'Put this person on the waiting list, or say why they go first.',
    )
  const firstSession = dueIn(now, LIMITS.firstSession)
  const dueOn = group.startsOn ? latest(group.startsOn, firstSession) : firstSession
  const next: NextAction = { ...provider(placement), step: 'first_session', dueOn }
  return { move: 'accept', from: placement.status, to: 'accepted', next, ...(overOthers ? { reason: overOthers } : {}) }
}

export function decline(placement: Placement, reason: DeclineReason, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('decline', placement.status, movers)
  return { move: 'decline', from: placement.status, to: 'declined', next: null, reason }
}

/** `startsAt` may lie in the past: a session that was agreed by phone and written down later. */
export function book(placement: Placement, startsAt: Date, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('book', placement.status, movers)
  const dueOn = addWorkingDays(londonDay(startsAt), LIMITS.register)
  return {
    move: 'book',
    from: placement.status,
    to: 'booked',
    next: { ...provider(placement), step: 'register', dueOn },
  }
}

/** The first attended session starts the placement; a missed one leaves the state and is counted. */
export function recordAttendance(
  placement: Placement,
  attended: boolean,
  courseEndsOn: Day | null,
  movers: readonly Mover[],
  now: Date,
): PlacementStep {
  const { status } = placement
  const move = attended ? (status === 'started' ? 'attend' : 'start') : 'miss'
  requirePlacementMove(move, status, movers)
  if (move === 'start') return { move, from: status, to: 'started', next: reviewOf(placement, courseEndsOn, now) }
  if (move === 'attend' || status === 'started') return { move, from: status, to: status, next: 'kept' }
  const next: NextAction = { ...provider(placement), step: 'rearrange', dueOn: dueIn(now, LIMITS.rearrange) }
  return { move, from: status, to: status, next }
}

/** Missed since the person last came, in the order of the sessions: a register may be written late. */
export function missedInARow(register: { sessionOn: Day; attended: boolean }[]): number {
  const newestFirst = [...register].sort((a, b) => (a.sessionOn < b.sessionOn ? 1 : -1))
  const lastCame = newestFirst.findIndex(({ attended }) => attended)
  return lastCame < 0 ? newestFirst.length : lastCame
}

function reviewOf(placement: Placement, courseEndsOn: Day | null, now: Date): NextAction {
  const inTwelveWeeks = addWeeks(londonDay(now), LIMITS.reviewWeeks)
  const dueOn =
    courseEndsOn && courseEndsOn >= londonDay(now)
      ? addWorkingDays(courseEndsOn, LIMITS.courseEndReview)
      : inTwelveWeeks
  return { ...provider(placement), step: 'review_place', dueOn }
}

export function end(
  placement: Placement,
  outcome: EndOutcome,
  missedInARow: number,
  movers: readonly Mover[],
): PlacementStep {
  requirePlacementMove('end', placement.status, movers)
  if (outcome === 'disengaged' && missedInARow < MISSED_BEFORE_DISENGAGED)
    throw new Refusal(
      'too-few-attempts',
      `The register shows ${missedInARow} missed in a row. “Disengaged” needs ${MISSED_BEFORE_DISENGAGED}, and a try to reach the person.`,
    )
  return { move: 'end', from: placement.status, to: outcome, next: null }
}

export function withdrawPlacement(
  placement: Placement,
  reason: WithdrawalReason,
  movers: readonly Mover[],
): PlacementStep {
  requirePlacementMove('withdraw', placement.status, movers)
  return { move: 'withdraw', from: placement.status, to: 'withdrawn', next: null, reason }
}
