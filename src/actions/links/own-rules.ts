import { findPlacement } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { type OwnRule, rulesOf } from '../placements/list-rules.ts'
import type { PlacementView } from '../placements/view.ts'

/** The rules that a placement's project and group have, for whoever was let in by a link to it. */
export async function listRulesOf({ db }: Context, { id }: Pick<PlacementView, 'id'>): Promise<OwnRule[]> {
  const placement = await findPlacement(db.read, id)
  return placement ? rulesOf(db.read, placement) : []
}
