import { withdraw } from '../../domain/closing.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { WithdrawalReason } from '../../domain/placement-reasons.ts'
import type { Context } from '../context.ts'
import { endPlacementsOf } from '../steps/cascades.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** The person does not want it any more, or it was sent by mistake: everything open ends with it. */
export async function withdrawReferral(
  context: Context,
  actor: Actor,
  id: string,
  { reason }: { reason: WithdrawalReason },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.withdraw', ({ tx, referral, movers }) => ({
    step: withdraw(referral, reason, movers),
    changes: { closingReason: reason },
    andThen: ({ eventId }) => endPlacementsOf(context, tx, id, eventId),
  }))
}
