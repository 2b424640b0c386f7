import type { Actor } from '../../domain/organisation.ts'
import { putForward as decide, type ForwardTo } from '../../domain/queue.ts'
import { getReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Somebody's turn comes sooner, with a reason that everybody may be shown; or they go back to where they stood. */
export async function putForward(
  context: Context,
  actor: Actor,
  id: string,
  { to, reason }: { to: ForwardTo; reason: string },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.putForward', async ({ tx, placement, movers }) => {
    const { priority } = await getReferralRow(tx, placement.referralId)
    const { step, queuePriority } = decide(placement, to, reason, priority, movers)
    return { step, changes: { queuePriority, queueReason: queuePriority === null ? null : reason } }
  })
}
