import { type Day, londonDay } from './day.ts'
import { isOverdue, type NextStep, type OwnerKind } from './next-action.ts'
import type { PlacementStep } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'
import type { ReferralStep } from './referral.ts'
import type { ReferralStatus } from './referral-moves.ts'

/** What the clock looks at: a record with its next action. "Past its day" is from the day after. */
interface OnAClock<Status> {
  status: Status
  nextOwnerKind: OwnerKind | null
  nextStep: NextStep | null
  nextDueOn: Day | null
  remindedAt: Date | null
  restartsOn: Day | null
}
type ReferralOnAClock = OnAClock<ReferralStatus>
type PlacementOnAClock = OnAClock<PlacementStatus>

function isPast({ nextDueOn }: { nextDueOn: Day | null }, now: Date): boolean {
  return isOverdue({ dueOn: nextDueOn }, now)
}

function hasCome(day: Day | null, now: Date): boolean {
  return day !== null && day <= londonDay(now)
}

/** Whoever was asked did not answer in time: the navigator goes on without it. */
export function isAnswerLate(referral: ReferralOnAClock, now: Date): boolean {
  return referral.status === 'information_needed' && isPast(referral, now)
}

/** The other team said nothing: it is where it was. */
export function isTeamSilent(referral: ReferralOnAClock, now: Date): boolean {
  return referral.status === 'redirected' && isPast(referral, now)
}

export function isHoldOver({ status, restartsOn }: ReferralOnAClock, now: Date): boolean {
  return status === 'on_hold' && hasCome(restartsOn, now)
}

/** Paused by the person, until a day; what paused with its referral goes on with it. */
export function isPauseOver({ status, restartsOn }: PlacementOnAClock, now: Date): boolean {
  return status === 'paused' && hasCome(restartsOn, now)
}

/** Whether to ask if the place is still wanted, or to tell the navigator that nobody answered. */
export function stillWantedDue(placement: PlacementOnAClock, now: Date): 'ask' | 'unanswered' | undefined {
  const { status, nextStep, nextDueOn } = placement
  if (status !== 'waitlisted') return undefined
  if (nextStep === 'ask_still_wanted' && hasCome(nextDueOn, now)) return 'ask'
  return nextStep === 'say_still_wanted' && isPast(placement, now) ? 'unanswered' : undefined
}

/** Only what the software could ask for runs out: whoever is reached by phone or letter is asked by a navigator. */
export function isOfferOver(placement: PlacementOnAClock, now: Date): boolean {
  return placement.status === 'offered' && placement.nextOwnerKind === 'person' && isPast(placement, now)
}

// On these days the clock itself acts, so there is nobody to remind.
const THE_CLOCK_ACTS: readonly (NextStep | null)[] = ['restart', 'hear_redirect']

/**
 * Whether silence is an answer: the letter with the offer went out before the day on which it runs out, or on the day on which
 * the place was offered. It may have been on its way for days.
 */
export function wasHeardOf(letter: { owedAt: Date; sentAt: Date } | undefined, dueOn: Day | null): boolean {
  if (!letter || dueOn === null) return false
  const sentOn = londonDay(letter.sentAt)
  return sentOn < dueOn || sentOn <= londonDay(letter.owedAt)
}

/** Once for each next action of a navigator, the day after it was due. */
export function remindNavigator(referral: ReferralOnAClock, now: Date): ReferralStep | undefined {
  const { status, nextOwnerKind, nextStep, remindedAt } = referral
  if (nextOwnerKind !== 'navigator' || remindedAt || THE_CLOCK_ACTS.includes(nextStep)) return undefined
  return isPast(referral, now) ? { move: 'remind', from: status, to: status, next: 'kept' } : undefined
}

const REMINDED_ON_THE_DAY: readonly (NextStep | null)[] = ['review_place', 'register']
const REMINDED_AFTERWARDS: readonly (NextStep | null)[] = ['first_session', 'rearrange']

/** Once for each register and each review, on the day it is due; of a session to arrange, on the day after. */
export function remindProvider(placement: PlacementOnAClock, now: Date): PlacementStep | undefined {
  const { status, nextStep, nextDueOn, remindedAt } = placement
  const isTime =
    (REMINDED_ON_THE_DAY.includes(nextStep) && hasCome(nextDueOn, now)) ||
    (REMINDED_AFTERWARDS.includes(nextStep) && isPast(placement, now))
  return isTime && !remindedAt ? { move: 'remind', from: status, to: status, next: 'kept' } : undefined
}
