import { isOpenPlacement } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'

/** What a person may say by a link of theirs. */
export type PersonAnswer = 'take' | 'not-now' | 'no-longer' | 'still-wanted' | 'pause' | 'wait-again' | 'leave-others'

interface Standing {
  purpose: 'offer' | 'still-wanted'
  status: PlacementStatus
  /** Whether no later offer has a link of its own. */
  isLatest: boolean
  /** Four weeks have passed since the message. */
  hasEnded: boolean
}

/** What a person may say of a place on their own page, where no message asked. */
export function answersOnOwnPage(status: PlacementStatus): PersonAnswer[] {
  if (status === 'offered') return ['take', 'not-now', 'no-longer']
  if (status === 'waitlisted') return ['still-wanted', 'pause', 'no-longer']
  if (status === 'paused') return ['wait-again', 'no-longer']
  return isOpenPlacement(status) ? ['no-longer'] : []
}

/** What a person may say by the link of an offer, or of the question whether they still want to wait. */
export function answersBy({ purpose, status, isLatest, hasEnded }: Standing): PersonAnswer[] {
  if (!isLatest || hasEnded) return []
  if (purpose === 'still-wanted' && status === 'waitlisted') return ['still-wanted', 'pause', 'no-longer']
  if (purpose === 'still-wanted' && status !== 'paused') return []
  if (status === 'offered') return ['take', 'not-now', 'no-longer']
  // Not taken in time, not now, or paused: nobody lost their turn, and they may say so at once.
  if (status === 'paused') return ['wait-again', 'no-longer']
  return status === 'accepted' ? ['leave-others'] : []
}
