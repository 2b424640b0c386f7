import { type Capacity, requireFreePlace } from './capacity.ts'
import { addWeeks, type Day, londonDay } from './day.ts'
import { type Intake, requireOpenIntake } from './intake.ts'
import type { Mover } from './moves.ts'
import { LIMITS, type Limits, type NextAction, type NextColumns, nextOf } from './next-action.ts'
import { requireRestartDay } from './pauses.ts'
import { firstSession, type Placement, type PlacementStep, providerOf, requirePlacementMove } from './placement.ts'
import { navigatorFor, recall } from './placement-talk.ts'
import { Refusal } from './refusal.ts'
import { dueIn } from './working-day.ts'

/** A placement that waits, or may: when it joined, and how the person can be asked. */
export type Waiting = Placement & {
  receivingOrganisationId: string
  waitingSince: Date | null
}

/** Whether the software itself can ask the person: by e-mail that is safe. Everybody else is asked by a human. */
export interface Reach {
  personId: string
  byMachine: boolean
}

/** What somebody may say to an offer of a place. */
export const OFFER_ANSWERS = ['accept', 'not_now', 'no_longer_wanted'] as const
export type OfferAnswer = (typeof OFFER_ANSWERS)[number]

function askLater(placement: Waiting, now: Date, limits: Limits): NextAction {
  return {
    ...providerOf(placement),
    step: 'ask_still_wanted',
    dueOn: addWeeks(londonDay(now), limits.stillWantedWeeks),
  }
}

export function waitlist(
  placement: Waiting,
  { isCrisis }: { isCrisis: boolean },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('waitlist', placement.status, movers)
  if (isCrisis)
    throw new Refusal(
      'wrong-status',
      'A crisis offer has no waiting list. Accept, or decline so that help is found now.',
    )
  return {
    move: 'waitlist',
    from: placement.status,
    to: 'waitlisted',
    next: askLater(placement, now, limits),
    sets: { waitingSince: now, providerClockFrom: null },
  }
}

/** Four weeks have passed: the software asks whoever it can reach, and for the others the navigator does. */
export function askStillWanted(placement: Waiting, reach: Reach, now: Date, limits: Limits = LIMITS): PlacementStep {
  if (!reach.byMachine) return stillWantedUnanswered(placement, now, limits)
  requirePlacementMove('askStillWanted', placement.status, ['system'])
  const dueOn = dueIn(now, limits.stillWantedAnswer)
  return {
    move: 'askStillWanted',
    from: placement.status,
    to: placement.status,
    next: { ownerKind: 'person', ownerId: reach.personId, step: 'say_still_wanted', dueOn },
  }
}

/** Silence is not a no: the navigator asks, and the place in the queue stays. */
export function stillWantedUnanswered(placement: Waiting, now: Date, limits: Limits = LIMITS): PlacementStep {
  requirePlacementMove('stillWantedUnanswered', placement.status, ['system'])
  return {
    move: 'stillWantedUnanswered',
    from: placement.status,
    to: placement.status,
    next: { ...navigatorFor(placement), step: 'find_out_still_wanted', dueOn: dueIn(now, limits.afterReturn) },
  }
}

export function stillWanted(
  placement: Waiting,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('stillWanted', placement.status, movers)
  const { status } = placement
  return { move: 'stillWanted', from: status, to: status, next: askLater(placement, now, limits) }
}

/**
 * An offer holds the place until it is answered. The software offers in order of priority and time of joining, and only
 * places it knows to be free; a provider may go out of order with a reason.
 * @param isFirst whether nobody stands before this person in the queue
 */
export function offer(
  placement: Waiting,
  group: { capacity: Capacity; intake: Intake; isFirst: boolean },
  { reach, outOfOrder }: { reach: Reach; outOfOrder?: string | undefined },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('offer', placement.status, movers)
  requireOpenIntake(group.intake, londonDay(now), 'Open it first. The person stays on the waiting list.')
  requireFreePlace(group.capacity, 'The person stays on the waiting list.')
  if (!group.isFirst && !outOfOrder)
    throw new Refusal('others-waiting', 'Somebody else is first in the queue. Offer it to them, or say why not.')
  const dueOn = dueIn(now, limits.offer)
  const next: NextAction = reach.byMachine
    ? { ownerKind: 'person', ownerId: reach.personId, step: 'answer_offer', dueOn }
    : { ...navigatorFor(placement), step: 'get_offer_answer', dueOn }
  return {
    move: 'offer',
    from: placement.status,
    to: 'offered',
    next,
    ...(outOfOrder ? { reason: outOfOrder } : {}),
  }
}

/** The offer did not reach the person: their navigator asks by the same day, and the machine does not let it run out. */
export function unreached(placement: Waiting & NextColumns): PlacementStep | undefined {
  const { status } = placement
  const next = nextOf(placement)
  if (status !== 'offered' || next?.ownerKind !== 'person') return undefined
  const asks: NextAction = { ...navigatorFor(placement), step: 'get_offer_answer', dueOn: next.dueOn }
  return { move: 'offerUnreached', from: status, to: status, next: asks }
}

/** The offer held the place, so none has to be free. */
export function acceptOffer(
  placement: Waiting,
  courseStartsOn: Day | null,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('acceptOffer', placement.status, movers)
  const next = firstSession(placement, courseStartsOn, now, limits)
  return { move: 'acceptOffer', from: placement.status, to: 'accepted', next }
}

/** Not now, or nobody answered: the place passes on, the time of joining stays, and a navigator asks what is wanted. */
export function postpone(
  placement: Waiting,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('postpone', placement.status, movers)
  return {
    move: 'postpone',
    from: placement.status,
    to: 'paused',
    next: { ...navigatorFor(placement), step: 'ask_what_wanted', dueOn: dueIn(now, limits.afterReturn) },
  }
}

export function pause(
  placement: Waiting,
  restartsOn: Day,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('pause', placement.status, movers)
  requireRestartDay(restartsOn, now, limits)
  return {
    move: 'pause',
    from: placement.status,
    to: 'paused',
    next: { ...navigatorFor(placement), step: 'restart', dueOn: restartsOn },
    sets: { restartsOn },
  }
}

/** The referral goes on hold: whoever waits or holds an offer here pauses with it, and goes on with it. */
export function pauseWithHold(placement: Waiting, restartsOn: Day): PlacementStep {
  const move = placement.status === 'offered' ? 'postpone' : 'pause'
  requirePlacementMove(move, placement.status, ['system'])
  return {
    move,
    from: placement.status,
    to: 'paused',
    next: { ...navigatorFor(placement), step: 'restart', dueOn: restartsOn },
    reason: 'on_hold',
    sets: { pausedByHold: true },
  }
}

/** What a hold does to a placement: who waits or holds an offer pauses, what nobody has decided is recalled. Else nothing. */
export function withHold(placement: Waiting, restartsOn: Day): PlacementStep | undefined {
  const { status } = placement
  if (status === 'waitlisted' || status === 'offered') return pauseWithHold(placement, restartsOn)
  if (status === 'sent' || status === 'seen' || status === 'information_needed') return recall(placement, ['system'])
  return undefined
}

/** Waiting again, from the time of joining as it was. */
export function resumeWaiting(
  placement: Waiting,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('resume', placement.status, movers)
  return {
    move: 'resume',
    from: placement.status,
    to: 'waitlisted',
    next: askLater(placement, now, limits),
    sets: { restartsOn: null, pausedByHold: false },
  }
}
