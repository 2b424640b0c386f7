import type { Day } from './day.ts'
import { isOpenPlacement } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'
import type { ReferralStatus } from './referral-moves.ts'

/** Where an open referral stands in the work of a navigator; `stuck` is whatever is late or broken, in any state. */
export const STAGES = ['new', 'contacting', 'matching', 'with-provider', 'stuck'] as const
export type Stage = (typeof STAGES)[number]

/**
 * What holds a referral up, worst first: a message that reached nobody, a project that does not answer, tries in vain, a
 * day gone by.
 */
export const TROUBLES = ['unheard', 'silent', 'tries', 'overdue'] as const
export type Trouble = (typeof TROUBLES)[number]

/** States that wait for the first conversation, and those in which a project may have the person's request. */
export const WAITING_FOR_A_CALL = ['assigned', 'information_needed'] as const satisfies ReferralStatus[]
export const IN_HAND = ['contacted', 'active', 'on_hold'] as const satisfies ReferralStatus[]
/** A request that the project has not answered. */
export const UNANSWERED = ['sent', 'seen'] as const satisfies PlacementStatus[]
/** This many tries in vain, while nobody has spoken with the person, need another way. */
export const TRIES_IN_VAIN = 3

export interface Standing {
  status: ReferralStatus
  nextDueOn: Day | null
  placements: { status: PlacementStatus; nextDueOn: Day | null }[]
  /** The navigators' own tries that reached nobody. */
  failedTries: number
  /** Messages that could not be sent, after which nobody was told in another way. */
  unheard: number
}

/** What is late or broken, worst first. store/stages.ts says the same in SQL, and a test holds the two together. */
export function troublesOf({ status, nextDueOn, placements, failedTries, unheard }: Standing, today: Day): Trouble[] {
  const isLate = (due: Day | null) => due !== null && due < today
  const isUnanswered = (placement: Standing['placements'][number]) =>
    UNANSWERED.some((one) => one === placement.status) && isLate(placement.nextDueOn)
  const holds: Record<Trouble, boolean> = {
    unheard: unheard > 0,
    silent: placements.some(isUnanswered),
    tries: status === 'assigned' && failedTries >= TRIES_IN_VAIN,
    overdue: isLate(nextDueOn),
  }
  return TROUBLES.filter((trouble) => holds[trouble])
}

/** The column of the board in which an open referral stands: one, and only one. */
export function stageOf(standing: Standing, today: Day): Stage {
  return troublesOf(standing, today).length > 0 ? 'stuck' : stageWhenOnTime(standing)
}

/** Where it stands in the work, whether or not it is late. */
export function stageWhenOnTime({
  status,
  placements,
}: Pick<Standing, 'status' | 'placements'>): Exclude<Stage, 'stuck'> {
  if (status === 'submitted') return 'new'
  if (WAITING_FOR_A_CALL.some((one) => one === status)) return 'contacting'
  if (status === 'redirected' || placements.some((one) => isOpenPlacement(one.status))) return 'with-provider'
  return 'matching'
}

/** What stands still, or is late, and can be looked for by itself. */
export const SHOWS = ['question', 'on-hold', 'other-team', 'overdue'] as const
export type Show = (typeof SHOWS)[number]
