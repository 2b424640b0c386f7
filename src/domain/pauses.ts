import { requireNoPlaceHeld } from './closing.ts'
import { addWeeks, type Day, londonDay } from './day.ts'
import type { Mover } from './moves.ts'
import { dueByPriority, LIMITS, type Limits, type NextAction, type NextStep, type OwnerKind } from './next-action.ts'
import { navigatorOf, type Referral, type ReferralStep, requireReferralMove, type Standing } from './referral.ts'
import type { ReferralMove } from './referral-moves.ts'
import { Refusal } from './refusal.ts'
import { dueIn, workingDaysBetween } from './working-day.ts'

/** A referral with its clock: what is owed now, and what it returns to when it stands still. */
export type OnTheClock = Referral &
  Standing & { nextOwnerKind: OwnerKind | null; nextStep: NextStep | null; nextDueOn: Day | null }

/** The clock stands still: what was owed, and how many working days of it were left. */
function standStill({ status, nextOwnerKind, nextStep, nextDueOn }: OnTheClock, now: Date) {
  const today = londonDay(now)
  return {
    beforeStatus: status,
    // What a project owed on a direct referral is no step of the navigator, who has it afterwards.
    beforeStep: nextOwnerKind === 'navigator' ? nextStep : ('review' as const),
    beforeDaysLeft: nextDueOn ? workingDaysBetween(today, nextDueOn) : 0,
  }
}

const NOTHING_BEFORE = { beforeStatus: null, beforeStep: null, beforeDaysLeft: null }

/** Where it was, with what was owed there, within so many working days. */
function goBack(
  move: ReferralMove,
  referral: OnTheClock,
  workingDays: number,
  now: Date,
  sets: Partial<Standing> = {},
): ReferralStep {
  const { status, beforeStatus, beforeStep } = referral
  if (!beforeStatus) throw new Error(`A referral that is ${status} does not say where it was.`)
  const next: NextAction = {
    ...navigatorOf(referral),
    step: beforeStep ?? 'agree_next',
    dueOn: dueIn(now, workingDays),
  }
  return { move, from: status, to: beforeStatus, next, sets: { ...NOTHING_BEFORE, ...sets } }
}

/** A question to whoever referred, or to the person where they referred themselves. The navigator's clock stands still. */
export function ask(
  referral: OnTheClock & { referringOrganisationId: string | null; personId: string },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('ask', referral.status, movers)
  const { referringOrganisationId: referrer, personId } = referral
  const next: NextAction = {
    ...(referrer ? { ownerKind: 'organisation', ownerId: referrer } : { ownerKind: 'person', ownerId: personId }),
    step: 'answer',
    dueOn: dueIn(now, limits.answer),
  }
  return {
    move: 'ask',
    from: referral.status,
    to: 'information_needed',
    next,
    sets: standStill(referral, now),
  }
}

/** The clock goes on with what was left of it, two working days at least. The system answers when the time is over. */
export function answer(
  referral: OnTheClock,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('answer', referral.status, movers)
  return goBack('answer', referral, Math.max(referral.beforeDaysLeft ?? 0, limits.leastRemainder), now)
}

/** A day to start again, after today and within twelve weeks; nothing is put away for ever. */
export function requireRestartDay(restartsOn: Day, now: Date, limits: Limits = LIMITS): void {
  const today = londonDay(now)
  const last = addWeeks(today, limits.holdWeeks)
  if (restartsOn > today && restartsOn <= last) return
  throw new Refusal('invalid-input', 'The day to start again is not possible.', [
    {
      pointer: '/restartsOn',
      code: 'out-of-range',
      detail: `Enter a day after today and within ${limits.holdWeeks} weeks`,
    },
  ])
}

export function hold(
  referral: OnTheClock,
  { reason, restartsOn }: { reason: string; restartsOn: Day },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('hold', referral.status, movers)
  requireRestartDay(restartsOn, now, limits)
  return {
    move: 'hold',
    from: referral.status,
    to: 'on_hold',
    next: { ...navigatorOf(referral), step: 'restart', dueOn: restartsOn },
    reason,
    sets: { ...standStill(referral, now), restartsOn },
  }
}

/** On the agreed day, or before it when the person is ready. */
export function resume(
  referral: OnTheClock,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('resume', referral.status, movers)
  return goBack('resume', referral, limits.afterReturn, now, { restartsOn: null })
}

/** A team by name; the organisation where it works with this service, and then it owns the answer. */
export interface Team {
  name: string
  organisationId: string | null
}

export function redirect(
  referral: OnTheClock,
  { team, reason }: { team: Team; reason: string },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('redirect', referral.status, movers)
  const { name, organisationId } = team
  const dueOn = dueByPriority(limits.redirect, referral.priority, now)
  const next: NextAction = organisationId
    ? { ownerKind: 'organisation', ownerId: organisationId, step: 'answer_redirect', dueOn }
    : { ...navigatorOf(referral), step: 'hear_redirect', dueOn }
  return {
    move: 'redirect',
    from: referral.status,
    to: 'redirected',
    next,
    reason,
    sets: { ...standStill(referral, now), redirectedTo: name, redirectedToOrganisationId: organisationId },
  }
}

/** The other team takes it on, and it closes here. */
export function transfer(referral: OnTheClock, placesHeld: number, movers: readonly Mover[]): ReferralStep {
  requireReferralMove('transfer', referral.status, movers)
  requireNoPlaceHeld(placesHeld)
  return { move: 'transfer', from: referral.status, to: 'transferred', next: null, sets: NOTHING_BEFORE }
}

/** Refused, or silent past its day: it is where it was, and what the team was shown it no longer sees. */
export function turnBack(
  referral: OnTheClock,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  requireReferralMove('turnBack', referral.status, movers)
  return goBack('turnBack', referral, limits.afterReturn, now, { redirectedToOrganisationId: null })
}
