import type { Actor } from '../../domain/organisation.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { findPlacement, getWholePlacements, type PlacementRow } from '../../store/placements.ts'
import { permit, requireVisible } from '../access/permit.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { type PlacementView, viewPlacements } from './view.ts'

/** A placement that the actor may see, and for which they hold the permission. */
export async function getPlacement(
  db: Db,
  actor: Actor,
  id: string,
  permission: Permission = 'placement.view',
): Promise<PlacementRow> {
  const subject = { kind: 'placement', id }
  const placement = requireVisible(await findPlacement(db, id), actor, 'placement.view', placementTies, subject)
  permit(actor, permission, placementTies(placement), subject)
  return placement
}

export async function presentPlacement(context: Context, db: Db, actor: Actor, id: string): Promise<PlacementView> {
  const [view] = await viewPlacements(context, db, actor, await getWholePlacements(db, [id]))
  if (!view) throw new Error('A placement that was just written is not there.')
  return view
}
