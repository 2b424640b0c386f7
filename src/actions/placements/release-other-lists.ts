import type { Mover } from '../../domain/moves.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { takesAPlace, withdrawPlacement } from '../../domain/placement.ts'
import { ON_A_LIST } from '../../domain/placement-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listPlacementsOf, type PlacementRow } from '../../store/placements.ts'
import { getPlacement } from '../access/get-placement.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/**
 * Somebody has a place, and gives up the other lists that are named: nothing is given up by itself. What they no longer
 * stand on is left out, so that two who confirm at once both succeed. Whether the author may was asked before.
 * @param ids placements of the same referral
 */
export async function giveUpLists(
  context: Context,
  tx: Db,
  author: Author,
  placement: PlacementRow,
  ids: readonly string[],
  moversOf: (other: PlacementRow) => Mover[],
): Promise<void> {
  if (!takesAPlace(placement.status))
    throw new Refusal('wrong-status', 'They have no place here. Nothing else is given up.')
  const others = (await listPlacementsOf(tx, placement.referralId)).filter(({ id }) => id !== placement.id)
  if (ids.some((id) => !others.some((other) => other.id === id)))
    throw new Refusal('invalid-input', 'Choose waiting lists of the same referral.', [
      { pointer: '/ids', code: 'not-found', detail: 'Choose waiting lists of the same referral' },
    ])
  for (const other of others) {
    if (!ids.includes(other.id) || !ON_A_LIST.some((one) => one === other.status)) continue
    const step = withdrawPlacement(other, 'needs_met_elsewhere', moversOf(other))
    await carryOutStep(context, tx, author, other, step)
  }
}

/** Staff record what the person said of the other lists. */
export async function releaseOthers(
  context: Context,
  actor: Actor,
  id: string,
  { ids }: { ids: string[] },
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.withdraw')
    await giveUpLists(context, tx, actor, placement, ids, (other) => moversFor(actor, placementTies(other)))
    return presentPlacement(context, tx, actor, id)
  })
}
