import { isOpenPlacement, withdrawPlacement } from '../../domain/placement.ts'
import type { Db } from '../../store/database.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { takePlacementStep } from '../placements/step.ts'
import type { Author } from '../record.ts'

/** When a referral closes, its open placements end with it and their places are free in the same transaction. */
export async function endOpenPlacements(context: Context, tx: Db, author: Author, referralId: string): Promise<void> {
  const placements = await listPlacementsOf(tx, referralId)
  for (const placement of placements.filter(({ status }) => isOpenPlacement(status)))
    await takePlacementStep(context, tx, author, placement, withdrawPlacement(placement, 'referral_closed', ['system']))
}
