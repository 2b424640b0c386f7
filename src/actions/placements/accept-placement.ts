import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { accept } from '../../domain/placement.ts'
import { capacityOf, countGroups, NOBODY, touchCapacity } from '../../store/groups.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getGroup } from '../directory/open-group.ts'
import { followUp } from './follow-up.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

/** Takes a place: counted and taken in one transaction, so that the last one goes to one person. */
export async function acceptPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { overOthers }: { overOthers?: string | undefined } = {},
): Promise<PlacementView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.accept')
    const group = await getGroup(tx, placement.groupId)
    const counts = (await countGroups(tx, [group.id])).get(group.id) ?? NOBODY
    const step = accept(
      placement,
      { capacity: capacityOf(group, counts), waiting: counts.waiting, startsOn: group.courseStartsOn },
      overOthers || undefined,
      moversFor(actor, placementTies(placement)),
      now,
    )
    const saved = await takePlacementStep(context, tx, actor, placement, step, { changes: { acceptedAt: now } })
    await touchCapacity(tx, group.id, now)
    await followUp(context, tx, saved)
    return presentPlacement(context, tx, actor, id)
  })
}
