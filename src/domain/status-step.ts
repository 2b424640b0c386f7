import { isOpenPlacement } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'
import { isOpenReferral } from './referral.ts'
import type { ReferralStatus } from './referral-moves.ts'

/** How far a referral has come, as the person sees it: five words that say nothing of their health. */
export const STATUS_STEPS = ['received', 'contacted', 'matched', 'started', 'closed'] as const
export type StatusStep = (typeof STATUS_STEPS)[number]

interface Come {
  status: ReferralStatus
  contactedAt: Date | null
}

/** Matched: a project knows of them, or has a place for them in its queue. */
export function statusStep(
  { status, contactedAt }: Come,
  placements: readonly { status: PlacementStatus }[],
): StatusStep {
  if (!isOpenReferral(status)) return 'closed'
  if (placements.some((placement) => placement.status === 'started')) return 'started'
  if (placements.some((placement) => isOpenPlacement(placement.status))) return 'matched'
  return contactedAt ? 'contacted' : 'received'
}
