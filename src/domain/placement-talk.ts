import { londonDay } from './day.ts'
import type { Mover } from './moves.ts'
import { LIMITS, type Limits } from './next-action.ts'
import {
  type Placement,
  type PlacementStep,
  providerDays,
  providerOf,
  requirePlacementMove,
  type Turn,
} from './placement.ts'
import { Refusal } from './refusal.ts'
import { addWorkingDays, countsFrom, dueIn } from './working-day.ts'

/** A placement with the provider's clock, and the service whose navigator it goes back to. */
export type InTalk = Placement &
  Pick<Turn, 'providerDaysUsed' | 'providerClockFrom'> & { receivingOrganisationId: string }

export function navigatorFor({ receivingOrganisationId }: { receivingOrganisationId: string }) {
  return { ownerKind: 'navigator', ownerId: receivingOrganisationId } as const
}

/** The project asks before it decides; its own time stands still until the navigator answers. */
export function askNavigator(
  placement: InTalk,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('ask', placement.status, movers)
  return {
    move: 'ask',
    from: placement.status,
    to: 'information_needed',
    next: { ...navigatorFor(placement), step: 'answer', dueOn: dueIn(now, limits.answerProject) },
    sets: { providerDaysUsed: providerDays(placement, now), providerClockFrom: null },
  }
}

export function answerProject(
  placement: InTalk,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('answer', placement.status, movers)
  return {
    move: 'answer',
    from: placement.status,
    to: 'seen',
    next: { ...providerOf(placement), step: 'decide', dueOn: dueIn(now, limits.decide) },
    sets: { providerClockFrom: countsFrom(now) },
  }
}

/** Not us, but we know who: the navigator decides whether to send them there. */
export function redirectPlacement(placement: Placement, toProjectId: string, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('redirect', placement.status, movers)
  return {
    move: 'redirect',
    from: placement.status,
    to: 'redirected',
    next: null,
    sets: { redirectedToProjectId: toProjectId },
  }
}

export function recall(placement: Placement, movers: readonly Mover[]): PlacementStep {
  requirePlacementMove('recall', placement.status, movers)
  return { move: 'recall', from: placement.status, to: 'recalled', next: null }
}

/** The group was cancelled, the agreement ended, or consent to this provider was withdrawn: nobody is dropped. */
export function giveBack(placement: Placement, reason: string): PlacementStep {
  requirePlacementMove('return', placement.status, ['system'])
  return { move: 'return', from: placement.status, to: 'returned', next: null, reason }
}

/**
 * What the clock does about a project that has not decided: reminds it on the third working day of its turn, tells the
 * navigator on the fifth, and after the tenth of its own time takes its silence for no response. Undefined: nothing yet.
 */
export function chase(
  placement: InTalk & { remindedAt: Date | null; escalatedAt: Date | null },
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep | undefined {
  const { status, providerClockFrom: from } = placement
  if ((status !== 'sent' && status !== 'seen') || !from) return undefined
  const today = londonDay(now)
  const stay = { from: status, to: status, next: 'kept' } as const
  if (providerDays(placement, now) > limits.noResponse)
    return { move: 'lapse', from: status, to: 'no_response', next: null }
  if (!placement.escalatedAt && today >= addWorkingDays(from, limits.escalate)) return { move: 'escalate', ...stay }
  if (!placement.remindedAt && today >= addWorkingDays(from, limits.nudge)) return { move: 'nudge', ...stay }
  return undefined
}

/** Booked or expected, and did not begin: the place is free for somebody else, and the navigator finds another way. */
export function didNotStart(
  placement: Placement & { receivingOrganisationId: string },
  howTried: string,
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): PlacementStep {
  requirePlacementMove('didNotStart', placement.status, movers)
  if (!howTried.trim())
    throw new Refusal('invalid-input', 'Say how you tried to reach the person.', [
      { pointer: '/note', code: 'missing', detail: 'Write down how you tried to reach the person' },
    ])
  return {
    move: 'didNotStart',
    from: placement.status,
    to: 'did_not_start',
    next: { ...navigatorFor(placement), step: 'start_another_way', dueOn: dueIn(now, limits.afterRefusal) },
  }
}
