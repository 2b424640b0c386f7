import { addWeeks, type Day, earliest, londonDay } from './day.ts'
import { type Mover, requireMove } from './moves.ts'
import { dueByPriority, LIMITS, type Limits, type NextAction, type NextStep, type OwnerKind } from './next-action.ts'
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
  /** What else the move changes of the referral. */
  sets?: Partial<Standing>
}

/** What a referral remembers while its clock stands still, and of the way it goes. */
export interface Standing {
  navigatorId: string | null
  beforeStatus: ReferralStatus | null
  beforeStep: NextStep | null
  beforeDaysLeft: number | null
  restartsOn: Day | null
  redirectedTo: string | null
  redirectedToOrganisationId: string | null
  isDirect: boolean
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

export function submit(referral: Omit<Referral, 'status'>, limits: Limits = LIMITS): ReferralStep {
  const dueOn = dueByPriority(limits.triage, referral.priority, referral.receivedAt)
  const next: NextAction = { ...navigatorOf(referral), step: 'triage', dueOn }
  return { move: 'submit', from: 'new', to: 'submitted', next }
}

// Asked about or redirected before anybody had it: whoever is given it meanwhile has it when it comes back.
const BACK_TO_ITS_NAVIGATOR = { beforeStatus: 'assigned', beforeStep: 'first_contact' } as const

/** The clock runs from receipt, so a late assignment does not give the navigator more time. */
export function assign(
  referral: Referral &
    Partial<Pick<Standing, 'beforeStatus'> & { nextOwnerKind: OwnerKind | null; nextDueOn: Day | null }>,
  navigatorId: string,
  movers: readonly Mover[],
  limits: Limits = LIMITS,
): ReferralStep {
  const { status } = referral
  if (referral.navigatorId === navigatorId)
    throw new Refusal('wrong-status', 'This navigator has the referral already.')
  if (status !== 'submitted') {
    requireReferralMove('reassign', status, movers)
    const isFirst = referral.beforeStatus === 'submitted'
    const sets = { navigatorId, ...(isFirst ? BACK_TO_ITS_NAVIGATOR : {}) }
    return { move: 'reassign', from: status, to: status, next: takenOver(referral), sets }
  }
  requireReferralMove('assign', status, movers)
  const dueOn = dueByPriority(limits.firstContact, referral.priority, referral.receivedAt)
  return {
    move: 'assign',
    from: status,
    to: 'assigned',
    next: { ...navigatorOf(referral), step: 'first_contact', dueOn },
    sets: { navigatorId },
  }
}

/** A direct referral was the project's to move: whoever is given it looks when the project was to have moved. */
function takenOver(
  referral: Referral & { nextOwnerKind?: OwnerKind | null; nextDueOn?: Day | null },
): NextAction | 'kept' {
  const { status, nextOwnerKind, nextDueOn } = referral
  if (status !== 'active' || !nextDueOn || !nextOwnerKind || nextOwnerKind === 'navigator') return 'kept'
  return { ...navigatorOf(referral), step: 'review', dueOn: nextDueOn }
}

/** Its navigator is suspended or on leave: it goes to the lead's queue, and no clock is set back. */
export function release(referral: Referral, movers: readonly Mover[]): ReferralStep {
  requireReferralMove('release', referral.status, movers)
  const { status } = referral
  return { move: 'release', from: status, to: status, next: 'kept', sets: { navigatorId: null } }
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
  limits: Limits = LIMITS,
): ReferralStep {
  const { status } = referral
  if (spoke && status === 'assigned') {
    requireReferralMove('contact', status, movers)
    const next: NextAction = { ...navigatorOf(referral), step: 'plan', dueOn: dueIn(now, limits.plan) }
    return { move: 'contact', from: status, to: 'contacted', next }
  }
  requireReferralMove('attempt', status, movers)
  const next = spoke && reviewing ? watchPlacements(referral, reviewing, now, limits) : 'kept'
  return { move: 'attempt', from: status, to: status, next }
}

export function activate(
  referral: Referral,
  plan: { needs: string[]; mayShare: boolean },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('activate', referral.status, movers)
  if (plan.needs.length === 0) throw new Refusal('need-missing', 'Record at least one need before you agree the plan.')
  if (!plan.mayShare)
    throw new Refusal(
      'consent-missing',
      'The person has not agreed to share with projects. Record their agreement, or another basis.',
    )
  const next: NextAction = { ...navigatorOf(referral), step: 'place', dueOn: dueIn(now, limits.place) }
  return { move: 'activate', from: referral.status, to: 'active', next }
}

/**
 * While placements are open the navigator looks again when the first of them hands back, at most in 12 weeks. One that is
 * late already is looked at again soon: a day that has passed is no day to look.
 */
export function watchPlacements(
  referral: Referral,
  openPlacementsDue: Day[],
  now: Date,
  limits: Limits = LIMITS,
): NextAction {
  const today = londonDay(now)
  const ahead = openPlacementsDue.map((day) => (day > today ? day : dueIn(now, limits.lookAgain)))
  const dueOn = earliest(addWeeks(today, limits.reviewWeeks), ...ahead)
  return { ...navigatorOf(referral), step: 'review', dueOn }
}

export function place(
  referral: Referral,
  openPlacementsDue: Day[],
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('place', referral.status, movers)
  return {
    move: 'place',
    from: referral.status,
    to: referral.status,
    next: watchPlacements(referral, openPlacementsDue, now, limits),
  }
}

/** The day to look again moved, because a placement's own day did. Undefined where it stays. */
export function watch(
  referral: Referral & { nextStep: NextStep | null; nextDueOn: Day | null },
  openPlacementsDue: Day[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep | undefined {
  const review = watchPlacements(referral, openPlacementsDue, now, limits)
  const due = referral.nextDueOn ?? ''
  // Good news from one project does not put off what another's refusal asked for.
  const moves = referral.nextStep === 'review' && (review.dueOn < due || due < londonDay(now)) && review.dueOn !== due
  return moves ? { move: 'watch', from: referral.status, to: referral.status, next: review } : undefined
}

/**
 * A placement ended: sooner after a refusal than after an end, the navigator agrees what next; while others are still
 * open, it is a reason to look again. What another team was asked goes on.
 */
export function handBack(
  referral: Referral,
  hadStarted: boolean,
  openPlacementsDue: Day[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  const { status } = referral
  const dueOn = dueIn(now, hadStarted ? limits.afterEnd : limits.afterRefusal)
  const agreeNext: NextAction = { ...navigatorOf(referral), step: 'agree_next', dueOn }
  const next =
    openPlacementsDue.length > 0 && status === 'active'
      ? watchPlacements(referral, [dueOn, ...openPlacementsDue], now, limits)
      : agreeNext
  return { move: 'handBack', from: status, to: status, next: status === 'redirected' ? 'kept' : next }
}

/** Straight to a project: it has an owner and a clock all the same, and they are the placement's. */
export function submitDirect(placementNext: NextAction): ReferralStep {
  return { move: 'submitDirect', from: 'new', to: 'active', next: placementNext, sets: { isDirect: true } }
}

/** While no navigator has a direct referral, whatever the project has to do next is its next action. */
export function follow(referral: Referral, placementNext: NextAction): ReferralStep {
  return { move: 'watch', from: referral.status, to: referral.status, next: placementNext }
}

/** A direct referral whose placement ended before it began comes to the receiving service like any other. */
export function fallBack(referral: Referral, now: Date, limits: Limits = LIMITS): ReferralStep {
  requireReferralMove('fallBack', referral.status, ['system'])
  const next: NextAction = { ...navigatorOf(referral), step: 'triage', dueOn: dueIn(now, limits.afterReturn) }
  return { move: 'fallBack', from: referral.status, to: 'submitted', next, sets: { isDirect: false } }
}

/** Pointed to something open: enough to close on, so what comes next is to agree it. */
export function signpost(
  referral: Referral & { nextStep: NextStep | null },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  const { status } = referral
  requireReferralMove('signpost', status, movers)
  const agreeNext: NextAction = {
    ...navigatorOf(referral),
    step: 'agree_next',
    dueOn: dueIn(now, limits.afterEnd),
  }
  return { move: 'signpost', from: status, to: status, next: referral.nextStep === 'place' ? agreeNext : 'kept' }
}

/** Whether somebody went is known, or a need that nobody meets is: what comes next stays as it was. */
export function note(
  referral: Pick<Referral, 'status'>,
  move: 'answerSignpost' | 'recordUnmet',
  movers: readonly Mover[],
): ReferralStep {
  const { status } = referral
  requireReferralMove(move, status, movers)
  return { move, from: status, to: status, next: 'kept' }
}
