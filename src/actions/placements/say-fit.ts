import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { requirePlacementMove } from '../../domain/placement.ts'
import type { Fit } from '../../domain/placement-reasons.ts'
import { getPlacement } from '../access/get-placement.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { takePlacementStep } from '../steps/placement-step.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** A project that has decided says of the referral itself whether it was right. Saying the same again changes nothing. */
export async function sayFit(
  context: Context,
  actor: Actor,
  id: string,
  { fit }: { fit: Fit },
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.sayFit')
    const { status } = placement
    requirePlacementMove('sayFit', status, moversFor(actor, placementTies(placement)))
    if (placement.fit !== fit) {
      const changes = { fit, fitSaidAt: context.now() }
      // Nothing follows from it for the referral, which may have gone on long ago.
      const step = { move: 'sayFit', from: status, to: status, next: 'kept' } as const
      await takePlacementStep(context, tx, actor, placement, step, { changes, detail: { fit } })
    }
    return presentPlacement(context, tx, actor, id)
  })
}
