import { addWeeks, type Day, earliest, londonDay } from './day.ts'
import { type Mover, requireMove } from './moves.ts'
import { dueByPriority, LIMITS, type NextAction } from './next-action.ts'
import {
  OPEN_REFERRAL,
  REFERRAL_MOVES,
  REFERRAL_WORDS,
  type ReferralMove,
  type ReferralStatus,
} from './referral-moves.ts'
import type { Priority } from './referral-request.ts'
import { Refusal } from './refusal.ts'
import { dueIn } from './working-day.ts'

/** What the rules need to know of a referral; a stored row has more. */
export interface Referral {
  id: string
  status: ReferralStatus
  priority: Priority
  receivedAt: Date
  contactedAt: Date | null
  navigatorId: string | null
  receivingOrganisationId: string
}

/** A decided move: what changes, and the one next action that stands afterwards (null once closed). */
export interface ReferralStep {
  move: ReferralMove
  from: ReferralStatus | 'new'
  to: ReferralStatus
  next: NextAction | null | 'kept'
  reason?: string
}

export function isOpenReferral(status: ReferralStatus): boolean {
  return (OPEN_REFERRAL as readonly string[]).includes(status)
}

export function requireReferralMove(move: ReferralMove, status: ReferralStatus, movers: readonly Mover[]): void {
  requireMove<ReferralStatus>(REFERRAL_MOVES, move, status, movers, REFERRAL_WORDS)
}

/** The referral's navigator, or the receiving service's queue while nobody has taken it. */
export function navigatorOf(referral: Pick<Referral, 'receivingOrganisationId'>) {
  return { ownerKind: 'navigator', ownerId: referral.receivingOrganisationId } as const
}

export function submit(referral: Omit<Referral, 'status'>): ReferralStep {
  const dueOn = dueByPriority(LIMITS.triage, referral.priority, referral.receivedAt)
  const next: NextAction = { ...navigatorOf(referral), step: 'triage', dueOn }
  return { move: 'submit', from: 'new', to: 'submitted', next }
}

/** The clock runs from receipt, so a late assignment does not give the navigator more time. */
export function assign(referral: Referral, navigatorId: string, movers: readonly Mover[]): ReferralStep {
  const { status } = referral
  if (referral.navigatorId === navigatorId)
    throw new Refusal('wrong-status', 'This navigator has the referral already.')
  if (status !== 'submitted') {
    requireReferralMove('reassign', status, movers)
    return { move: 'reassign', from: status, to: status, next: 'kept' }
  }
  requireReferralMove('assign', status, movers)
  const dueOn = dueByPriority(LIMITS.firstContact, referral.priority, referral.receivedAt)
  return {
    move: 'assign',
    from: status,
    to: 'assigned',
    next: { ...navigatorOf(referral), step: 'first_contact', dueOn },
  }
}

/**
 * Speaking with the person moves an assigned referral on; every other contact is an attempt that is counted. A talk while
 * placements are watched is the review that was due: `reviewing` then holds the days of the open ones.
 */
export function logContact(
  referral: Referral,
  { spoke, reviewing }: { spoke: boolean; reviewing: Day[] | null },
  movers: readonly Mover[],
  now: Date,
): ReferralStep {
  const { status } = referral
  if (spoke && status === 'assigned') {
    requireReferralMove('contact', status, movers)
    const next: NextAction = { ...navigatorOf(referral), step: 'plan', dueOn: dueIn(now, LIMITS.plan) }
    return { move: 'contact', from: status, to: 'contacted', next }
  }
  requireReferralMove('attempt', status, movers)
  const next = spoke && reviewing ? watchPlacements(referral, reviewing, now) : 'kept'
  return { move: 'attempt', from: status, to: status, next }
}

export function activate(
  referral: Referral,
  plan: { needs: string[]; mayShare: boolean },
  movers: readonly Mover[],
  now: Date,
): ReferralStep {
  requireReferralMove('activate', referral.status, movers)
  if (plan.needs.length === 0) throw new Refusal('need-missing', 'Record at least one need before you agree the plan.')
  if (!plan.mayShare)
    throw new Refusal(
      'consent-missing',
      'The person has not agreed to share with projects. Record their agreement, or another basis.',
    )
  const next: NextAction = { ...navigatorOf(referral), step: 'place', dueOn: dueIn(now, LIMITS.place) }
  return { move: 'activate', from: referral.status, to: 'active', next }
}

/**
 * While placements are open the navigator looks again when the first of them hands back, at most in 12 weeks. One that is
 * late already is looked at again soon: a day that has passed is no day to look.
 */
export function watchPlacements(referral: Referral, openPlacementsDue: Day[], now: Date): NextAction {
  const today = londonDay(now)
  const ahead = openPlacementsDue.map((day) => (day > today ? day : dueIn(now, LIMITS.lookAgain)))
  const dueOn = earliest(addWeeks(today, LIMITS.reviewWeeks), ...ahead)
  return { ...navigatorOf(referral), step: 'review', dueOn }
}

export function place(referral: Referral, openPlacementsDue: Day[], movers: readonly Mover[], now: Date): ReferralStep {
  requireReferralMove('place', referral.status, movers)
  return {
    move: 'place',
    from: referral.status,
    to: referral.status,
    next: watchPlacements(referral, openPlacementsDue, now),
  }
}

/**
 * A placement ended: sooner after a refusal than after an end, the navigator agrees what next; while others are still
 * open, it is a reason to look again.
 */
export function handBack(referral: Referral, hadStarted: boolean, openPlacementsDue: Day[], now: Date): ReferralStep {
  const dueOn = dueIn(now, hadStarted ? LIMITS.afterEnd : LIMITS.afterRefusal)
  const next: NextAction =
    openPlacementsDue.length > 0
      ? watchPlacements(referral, [dueOn, ...openPlacementsDue], now)
      : { ...navigatorOf(referral), step: 'agree_next', dueOn }
  return { move: 'handBack', from: referral.status, to: referral.status, next }
}

export const CLOSE_OUTCOMES = [
  'completed',
  'closed_early',
  'disengaged',
  'unreachable',
  'not_suitable',
  'duplicate',
] as const
export type CloseOutcome = (typeof CLOSE_OUTCOMES)[number]

const CLOSING_MOVE = {
  completed: 'complete',
  closed_early: 'closeEarly',
  disengaged: 'closeEarly',
  unreachable: 'giveUp',
  not_suitable: 'turnAway',
  duplicate: 'turnAway',
} as const satisfies Record<CloseOutcome, ReferralMove>

/** An ending stands with a reason wherever the person did not simply finish. */
export const OUTCOMES_NEEDING_REASON: readonly CloseOutcome[] = [
  'closed_early',
  'disengaged',
  'not_suitable',
  'duplicate',
]

/** The one reason that closes from any state, needs no words, and stops every message to the person at once. */
export const DIED = 'died'

export function closingMove(outcome: CloseOutcome, reason: string | undefined): ReferralMove {
  return outcome === 'closed_early' && reason === DIED ? 'recordDeath' : CLOSING_MOVE[outcome]
}

export function close(
  referral: Referral,
  closing: { outcome: CloseOutcome; reason?: string | undefined; placesHeld: number; attempts: ContactAttempts },
  movers: readonly Mover[],
): ReferralStep {
  const move = closingMove(closing.outcome, closing.reason)
  requireReferralMove(move, referral.status, movers)
  if (closing.outcome === 'completed' && closing.placesHeld > 0)
    throw new Refusal(
      'placement-open',
      'The person still has a place in a group. Wait for the project to record how it ended, or withdraw it first.',
    )
  if (closing.outcome === 'unreachable') requireEnoughAttempts(closing.attempts)
  return {
    move,
    from: referral.status,
    to: closing.outcome,
    next: null,
    ...(closing.reason ? { reason: closing.reason } : {}),
  }
}

/** Whoever referred may take it back until the person was contacted; afterwards it is the person's own matter. */
export function withdraw(referral: Referral, reason: string, movers: readonly Mover[]): ReferralStep {
  requireReferralMove('withdraw', referral.status, movers)
  if (referral.contactedAt && movers.every((mover) => mover === 'referrer'))
    throw new Refusal('wrong-status', 'The person was contacted already. Ask the navigator to withdraw it.')
  return { move: 'withdraw', from: referral.status, to: 'withdrawn', next: null, reason }
}

/** What the contact log says of tries that did not reach the person. `usable`: a detail is held and it is safe. */
export interface ContactAttempts {
  count: number
  /** Working days from the first try to the last. */
  overWorkingDays: number
  channelsTried: string[]
  usableChannels: string[]
}

/** Three tries or more, over five working days or more, on two usable channels or on the only one. */
export function requireEnoughAttempts({
  count,
  overWorkingDays,
  channelsTried,
  usableChannels,
}: ContactAttempts): void {
  const tried = usableChannels.filter((channel) => channelsTried.includes(channel)).length
  const short = [
    count < 3 && `${count} of 3 attempts`,
    overWorkingDays < 5 && `${overWorkingDays} of 5 working days`,
    tried < Math.min(2, usableChannels.length) &&
      `${tried} of ${Math.min(2, usableChannels.length)} ways to reach the person`,
  ].filter(Boolean)
  if (short.length > 0)
    throw new Refusal('too-few-attempts', `Too few attempts yet to close as unreachable: ${short.join(', ')}.`)
}
