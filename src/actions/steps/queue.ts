import { isConfirmed, isIntakeOpen, placesLeft } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { offer } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import { capacityOf, countGroup, findGroup, intakeOf } from '../../store/groups.ts'
import { listQueue, type PlacementRow } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { getLimits } from './limits.ts'
import { takePlacementStep } from './placement-step.ts'
import { reachOf } from './reach.ts'
import type { Taken } from './referral-step.ts'

/**
 * Offers every free place of a group to whoever is next: by priority, then by time of joining. Only where the provider
 * confirmed its places lately, and takes people at all; each offer holds its place.
 */
export async function offerNext(context: Context, tx: Db, groupId: string): Promise<Taken<PlacementRow>[]> {
  const now = context.now()
  const group = await findGroup(tx, groupId)
  if (!group || group.cancelledAt || !isIntakeOpen(intakeOf(group), londonDay(now))) return []
  const counts = await countGroup(tx, groupId)
  const capacity = capacityOf(group, counts)
  const free = placesLeft(capacity)
  if (free === null || free < 1 || counts.waiting === 0 || !isConfirmed(capacity, now)) return []
  const offered: Taken<PlacementRow>[] = []
  for (const placement of await listQueue(tx, groupId, free)) {
    const reach = await reachOf(tx, placement, now)
    const limits = await getLimits(tx, placement)
    const held = { ...capacity, held: capacity.held + offered.length }
    const step = offer(
      placement,
      { capacity: held, intake: intakeOf(group), isFirst: true },
      { reach },
      ['system'],
      now,
      limits,
    )
    offered.push(await takePlacementStep(context, tx, 'system', placement, step))
  }
  return offered
}
