import { unreached } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import { findPlacement } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'

/**
 * The person was not told of the place that is held for them: from now on it is their navigator who asks, by the same day,
 * and no machine lets the offer run out.
 */
export async function handOverOffer(
  context: Context,
  tx: Db,
  { notice, placementId }: Pick<OutboxRow, 'notice' | 'placementId'>,
): Promise<void> {
  if (notice !== 'person-place-offered' || !placementId) return
  const placement = await findPlacement(tx, placementId)
  const step = placement && unreached(placement)
  if (step) await carryOutStep(context, tx, 'system', placement, step)
}
