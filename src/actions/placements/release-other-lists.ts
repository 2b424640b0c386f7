import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { takesAPlace, withdrawPlacement } from '../../domain/placement.ts'
import { ON_A_LIST } from '../../domain/placement-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findPlacement, listPlacementsOf, type PlacementRow } from '../../store/placements.ts'
import { getPlacement } from '../access/get-placement.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** The other lists somebody still stands on when they have a place; none while they have none. */
export async function listOtherLists(db: Db, placement: PlacementRow): Promise<PlacementRow[]> {
  if (!takesAPlace(placement.status)) return []
  const all = await listPlacementsOf(db, placement.referralId)
  return all.filter(({ id, status }) => id !== placement.id && ON_A_LIST.some((one) => one === status))
}

/**
 * Somebody has a place, and gives up the other lists that are named: nothing is given up by itself. What they no longer
 * stand on is left out, so that two who confirm at once both succeed.
 * @param ids placements of the same referral
 * @returns how many were given up
 */
export async function releaseOtherLists(
  context: Context,
  author: Author,
  placementId: string,
  ids: readonly string[],
): Promise<number> {
  return context.db.write((tx) => release(context, tx, author, placementId, ids))
}

async function release(context: Context, tx: Db, author: Author, placementId: string, ids: readonly string[]) {
  const placement = await seenBy(tx, author, placementId)
  if (!takesAPlace(placement.status))
    throw new Refusal('wrong-status', 'They have no place here. Nothing else is given up.')
  const own = new Set((await listPlacementsOf(tx, placement.referralId)).map(({ id }) => id))
  if (ids.some((id) => !own.has(id) || id === placementId))
    throw new Refusal('invalid-input', 'Choose waiting lists of the same referral.', [
      { pointer: '/ids', code: 'not-found', detail: 'Choose waiting lists of the same referral' },
    ])
  const given = (await listOtherLists(tx, placement)).filter(({ id }) => ids.includes(id))
  for (const other of given) {
    const step = withdrawPlacement(other, 'needs_met_elsewhere', moversOf(author, other))
    await carryOutStep(context, tx, author, other, step)
  }
  return given.length
}

/** The person's own door is their link, which was checked before; everybody else has to be allowed. */
async function seenBy(tx: Db, author: Author, id: string): Promise<PlacementRow> {
  if (author !== 'system' && 'userId' in author) return getPlacement(tx, author, id, 'placement.withdraw')
  const placement = await findPlacement(tx, id)
  if (!placement) throw new Refusal('not-found', 'There is nothing here that you can see.')
  return placement
}

function moversOf(author: Author, placement: PlacementRow) {
  if (author === 'system') return ['system' as const]
  return 'userId' in author ? moversFor(author, placementTies(placement)) : ['person' as const]
}

/** The same, answered with the placement as it then is. */
export async function releaseOthers(
  context: Context,
  actor: Actor,
  id: string,
  { ids }: { ids: string[] },
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    await release(context, tx, actor, id, ids)
    return presentPlacement(context, tx, actor, id)
  })
}
