import type { Actor } from '../../domain/organisation.ts'
import { withdrawPlacement as decide } from '../../domain/placement.ts'
import type { WithdrawalReason } from '../../domain/placement-reasons.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** The person does not want this place after all; it is free for somebody else, and the referral goes on. */
export async function withdrawPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { reason }: { reason: WithdrawalReason },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.withdraw', ({ placement, movers }) => ({
    step: decide(placement, reason, movers),
  }))
}
