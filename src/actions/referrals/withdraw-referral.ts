import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import type { WithdrawalReason } from '../../domain/placement-reasons.ts'
import { withdraw } from '../../domain/referral.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { endOpenPlacements } from './end-placements.ts'
import { getReferral } from './get-referral.ts'
import { takeStep } from './step.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** The person does not want it any more, or it was sent by mistake: everything open ends with it. */
export async function withdrawReferral(
  context: Context,
  actor: Actor,
  id: string,
  { reason }: { reason: WithdrawalReason },
): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'referral.withdraw')
    const step = withdraw(referral, reason, moversFor(actor, referralTies(referral)))
    await endOpenPlacements(context, tx, 'system', id)
    const saved = await takeStep(context, tx, actor, referral, step, { changes: { closingReason: reason } })
    return viewReferral(context, tx, actor, saved)
  })
}
