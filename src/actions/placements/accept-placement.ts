import type { Actor } from '../../domain/organisation.ts'
import { accept } from '../../domain/placement.ts'

import { capacityOf, countGroup } from '../../store/groups.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { confirmPlaces } from '../steps/carry-out.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Takes a place: counted and taken in one transaction, so that the last one goes to one person. */
export async function acceptPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { overOthers }: { overOthers?: string | undefined } = {},
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.accept', async ({ tx, placement, movers, now, limits }) => {
    const group = await getGroup(tx, placement.groupId)
    const counts = await countGroup(tx, group.id)
    const it = { capacity: capacityOf(group, counts), waiting: counts.waiting, startsOn: group.courseStartsOn }
    return {
      step: accept(placement, it, overOthers || undefined, movers, now, limits),
      changes: { acceptedAt: now },
      andThen: () => confirmPlaces(context, tx, group),
    }
  })
}
