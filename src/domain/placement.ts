import { type Capacity, requireFreePlace } from './capacity.ts'
import { addWeeks, type Day, latest, londonDay } from './day.ts'
import type { ProjectStatus } from './directory.ts'
import type { Reason, Verdict } from './eligibility.ts'
import { type Intake, requireOpenIntake } from './intake.ts'
import { type Mover, requireMove } from './moves.ts'
import { LIMITS, type Limits, type NextAction } from './next-action.ts'
import {
  HOLDING_A_PLACE,
  OPEN_PLACEMENT,
  PLACEMENT_MOVES,
  PLACEMENT_WORDS,
  type PlacementMove,
  type PlacementStatus,
  TAKING_A_PLACE,
} from './placement-moves.ts'
import type { DeclineReason, WithdrawalReason } from './placement-reasons.ts'
import { Refusal } from './refusal.ts'
import { addWorkingDays, countsFrom, dueIn, workingDaysBetween } from './working-day.ts'

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
  /** What else the move changes of the placement. */
  sets?: Partial<Turn>
}

/** What a placement remembers of whose turn it is. */
export interface Turn {
  /** Working days of its own that the provider used up in earlier turns. */
  providerDaysUsed: number
  /** The day its present turn counts from; null while somebody else is asked. */
  providerClockFrom: Day | null
  waitingSince: Date | null
  restartsOn: Day | null
  pausedByHold: boolean
  redirectedToProjectId: string | null
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

/** Taken, or held by an offer. */
export function fillsAPlace(status: PlacementStatus): boolean {
  return takesAPlace(status) || (HOLDING_A_PLACE as readonly string[]).includes(status)
}

export function requirePlacementMove(move: PlacementMove, status: PlacementStatus, movers: readonly Mover[]): void {
  requireMove<PlacementStatus>(PLACEMENT_MOVES, move, status, movers, PLACEMENT_WORDS)
}

export function providerOf({ providerOrganisationId }: Pick<Placement, 'providerOrganisationId'>) {
  return { ownerKind: 'organisation', ownerId: providerOrganisationId } as const
}

export interface Fit {
  verdict: Verdict
  reasons: Reason[]
}

const SAY_WHY = 'To send them all the same, say why this project is still right.'

/** Sent when the group takes people and the person fits, or with a reason why not fitting does not matter here. */
export function send(
  to: {
    providerOrganisationId: string
    intake: Intake
    endsOn: Day | null
    status?: ProjectStatus
    isDirect?: boolean
  },
  fit: Fit,
  overrideReason: string | undefined,
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  if (to.status !== undefined && to.status !== 'active')
    throw new Refusal('intake-paused', 'This project is closed at the moment. Choose another one.')
  requireOpenIntake(to.intake, londonDay(now), 'Choose another group, or ask when it takes people again.')
  if (to.endsOn && to.endsOn < londonDay(now))
    throw new Refusal('intake-paused', 'This course has ended. Choose another group.')
  // A navigator may send what is still to be asked, and the project asks. On a direct route nobody stands between.
  const failing: readonly Verdict[] = to.isDirect ? ['not_eligible', 'ask'] : ['not_eligible']
  const failed = fit.reasons.filter(({ verdict }) => failing.includes(verdict))
  if (failed.length > 0 && !overrideReason)
    throw new Refusal(
      'not-eligible',
      [...failed.map(({ text }) => `${text}.`), ...(to.isDirect ? [] : [SAY_WHY])].join(' '),
      failed.map(({ rule, text }) => ({ pointer: '/groupId', code: rule, detail: text })),
    )
  const next: NextAction = { ...providerOf(to), step: 'decide', dueOn: dueIn(now, limits.decide) }
  return {
    move: 'send',
    from: 'new',
    to: 'sent',
    next,
    ...(overrideReason ? { reason: overrideReason } : {}),
    sets: { providerClockFrom: countsFrom(now) },
  }
}

/** A read receipt: the clock goes on. */
export function open(placement: Placement, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('open', placement.status, movers)
  return { move: 'open', from: placement.status, to: 'seen', next: 'kept' }
}

const MAKE_ROOM = 'A crisis offer has no waiting list. Add a place, or decline so that help is found now.'

/** A free place, taken in the same transaction; nobody passes those who wait without a reason that is kept. */
export function accept(
  placement: Placement,
  group: { capacity: Capacity; waiting: number; startsOn: Day | null; isCrisis: boolean },
  overOthers: string | undefined,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('accept', placement.status, movers)
  requireFreePlace(group.capacity, group.isCrisis ? MAKE_ROOM : 'Put the person on the waiting list instead.')
  if (group.waiting > 0 && !overOthers)
    throw new Refusal(
      'others-waiting',
      `${group.waiting} ${group.waiting === 1 ? 'person is' : 'people are'} waiting for this group. ` +
        (group.isCrisis
          ? 'Say why this person goes first.'
          : 'Put this person on the waiting list, or say why they go first.'),
    )
  const next = firstSession(placement, group.startsOn, now, limits)
  return { move: 'accept', from: placement.status, to: 'accepted', next, ...(overOthers ? { reason: overOthers } : {}) }
}

/** Within ten working days, or at the start of a course that starts later. */
export function firstSession(
  placement: Pick<Placement, 'providerOrganisationId'>,
  courseStartsOn: Day | null,
  now: Date,
  limits: Limits = LIMITS,
): NextAction {
  const soon = dueIn(now, limits.firstSession)
  return {
    ...providerOf(placement),
    step: 'first_session',
    dueOn: courseStartsOn ? latest(courseStartsOn, soon) : soon,
  }
}

/** Working days of the provider's own time so far: it stands still while somebody else is asked. */
export function providerDays(turn: Pick<Turn, 'providerDaysUsed' | 'providerClockFrom'>, now: Date): number {
  const { providerDaysUsed, providerClockFrom } = turn
  return providerDaysUsed + (providerClockFrom ? workingDaysBetween(providerClockFrom, londonDay(now)) : 0)
}

export function decline(placement: Placement, reason: DeclineReason, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('decline', placement.status, movers)
  return { move: 'decline', from: placement.status, to: 'declined', next: null, reason }
}

/** `startsAt` may lie in the past: a session that was agreed by phone and written down later. */
export function book(
  placement: Placement,
  startsAt: Date,
  capacity: Capacity,
  movers: readonly Mover[],
  limits: Limits = LIMITS,
): PlacementStep {
  // Whoever did not start gave the place up, so another start needs a free one.
  const move = placement.status === 'did_not_start' ? 'rebook' : 'book'
  requirePlacementMove(move, placement.status, movers)
  if (move === 'rebook') requireFreePlace(capacity, 'They can begin again once a place is free.')
  const dueOn = addWorkingDays(londonDay(startsAt), limits.register)
  return {
    move,
    from: placement.status,
    to: 'booked',
    next: { ...providerOf(placement), step: 'register', dueOn },
  }
}

/** The first attended session starts the placement; a missed one leaves the state and is counted. */
export function recordAttendance(
  placement: Placement,
  attended: boolean,
  courseEndsOn: Day | null,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  const { status } = placement
  const move = attended ? (status === 'started' ? 'attend' : 'start') : 'miss'
  requirePlacementMove(move, status, movers)
  if (move === 'start')
    return { move, from: status, to: 'started', next: reviewOf(placement, courseEndsOn, now, limits) }
  if (move === 'attend' || status === 'started') return { move, from: status, to: status, next: 'kept' }
  const next: NextAction = { ...providerOf(placement), step: 'rearrange', dueOn: dueIn(now, limits.rearrange) }
  return { move, from: status, to: status, next }
}

/** Missed since the person last came, in the order of the sessions: a register may be written late. */
export function missedInARow(register: { sessionOn: Day; attended: boolean }[]): number {
  const newestFirst = [...register].sort((a, b) => (a.sessionOn < b.sessionOn ? 1 : -1))
  const lastCame = newestFirst.findIndex(({ attended }) => attended)
  return lastCame < 0 ? newestFirst.length : lastCame
}

function reviewOf(placement: Placement, courseEndsOn: Day | null, now: Date, limits: Limits): NextAction {
  const inTwelveWeeks = addWeeks(londonDay(now), limits.reviewWeeks)
  const dueOn =
    courseEndsOn && courseEndsOn >= londonDay(now)
      ? addWorkingDays(courseEndsOn, limits.courseEndReview)
      : inTwelveWeeks
  return { ...providerOf(placement), step: 'review_place', dueOn }
}

/** Looked at together: it goes on, and is looked at again. */
export function review(
  placement: Placement,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('review', placement.status, movers)
  const dueOn = addWeeks(londonDay(now), limits.reviewWeeks)
  const next: NextAction = { ...providerOf(placement), step: 'review_place', dueOn }
  return { move: 'review', from: placement.status, to: placement.status, next }
}

/** @param triedToReach whether the project wrote down how it tried to reach the person */
export function end(
  placement: Placement,
  outcome: EndOutcome,
  { missedInARow, triedToReach }: { missedInARow: number; triedToReach: boolean },
  movers: readonly Mover[],
): PlacementStep {
  requirePlacementMove('end', placement.status, movers)
  if (outcome === 'disengaged' && missedInARow < MISSED_BEFORE_DISENGAGED)
    throw new Refusal(
      'too-few-attempts',
      `The register shows ${missedInARow} missed in a row. “Disengaged” needs ${MISSED_BEFORE_DISENGAGED}, and a try to reach the person.`,
    )
  if (outcome === 'disengaged' && !triedToReach)
    throw new Refusal('too-few-attempts', 'Log a try to reach the person, or write in the note how you tried.')
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
