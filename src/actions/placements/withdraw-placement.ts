import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { withdrawPlacement as decide } from '../../domain/placement.ts'
import type { WithdrawalReason } from '../../domain/placement-reasons.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { followUp } from './follow-up.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

/** The person does not want this place after all; it is free for somebody else, and the referral goes on. */
export async function withdrawPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { reason }: { reason: WithdrawalReason },
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.withdraw')
    const step = decide(placement, reason, moversFor(actor, placementTies(placement)))
    const saved = await takePlacementStep(context, tx, actor, placement, step)
    await followUp(context, tx, saved)
    return presentPlacement(context, tx, actor, id)
  })
}
