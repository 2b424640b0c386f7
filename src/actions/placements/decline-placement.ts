import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { decline } from '../../domain/placement.ts'
import type { DeclineReason } from '../../domain/placement-reasons.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { followUp } from './follow-up.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

/** A no with a coded reason goes back to the navigator; what the project knew of the person it may not see again. */
export async function declinePlacement(
  context: Context,
  actor: Actor,
  id: string,
  { reason, rule, note }: { reason: DeclineReason; rule?: string | undefined; note?: string | undefined },
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.decline')
    const step = decline(placement, reason, moversFor(actor, placementTies(placement)))
    const saved = await takePlacementStep(context, tx, actor, placement, step, {
      changes: { declinedRule: reason === 'not_eligible' ? rule || null : null, note: note || null },
      detail: rule ? { rule } : {},
    })
    await followUp(context, tx, saved)
    return presentPlacement(context, tx, actor, id)
  })
}
