import type { Actor } from '../../domain/organisation.ts'
import { decline } from '../../domain/placement.ts'
import type { DeclineReason } from '../../domain/placement-reasons.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** A no with a coded reason goes back to the navigator; what the project knew of the person it may not see again. */
export async function declinePlacement(
  context: Context,
  actor: Actor,
  id: string,
  { reason, rule, note }: { reason: DeclineReason; rule?: string | undefined; note?: string | undefined },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.decline', ({ placement, movers }) => ({
    step: decline(placement, reason, movers),
    changes: { declinedRule: reason === 'not_eligible' ? rule || null : null, note: note || null },
    detail: rule ? { rule } : {},
  }))
}
