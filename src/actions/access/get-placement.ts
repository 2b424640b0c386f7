import type { Party } from '../../domain/organisation.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { findPlacement, type PlacementRow } from '../../store/placements.ts'
import { permit, requireVisible } from './permit.ts'
import { placementTies } from './ties.ts'

/** A placement that the actor may see, and for which they hold the permission. */
export async function getPlacement(
  db: Db,
  actor: Party,
  id: string,
  permission: Permission = 'placement.view',
): Promise<PlacementRow> {
  const subject = { kind: 'placement', id }
  const placement = requireVisible(await findPlacement(db, id), actor, 'placement.view', placementTies, subject)
  permit(actor, permission, placementTies(placement), subject)
  return placement
}
