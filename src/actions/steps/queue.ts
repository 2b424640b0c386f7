import { isConfirmed, placesLeft } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { isIntakeOpen } from '../../domain/intake.ts'
import { offer } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import { capacityOf, countGroup, findGroup, intakeOf } from '../../store/groups.ts'
import type { PlacementRow } from '../../store/placements.ts'
import { listQueue } from '../../store/queues.ts'
import type { Context } from '../context.ts'
import { getLimits } from './limits.ts'
import { takePlacementStep } from './placement-step.ts'
import { reachOf } from './reach.ts'
import type { Taken } from './referral-step.ts'
import { seatFor } from './seat.ts'

/** Bounds one transaction; what is left over is offered by the next turn of the clock. */
const MOST_AT_ONCE = 50

/**
 * The group with its counts, and how many places may be offered now: only where the provider confirmed its places lately and
 * takes people at all, and no more than the week's quota. Undefined where that is none.
 */
export async function roomToOffer(db: Db, groupId: string, now: Date) {
  const group = await findGroup(db, groupId)
  if (!group || group.cancelledAt || !isConfirmed({ confirmedAt: group.capacityConfirmedAt }, now)) return undefined
  const counts = await countGroup(db, group, now)
  const intake = intakeOf(group, counts)
  if (counts.waiting === 0 || !isIntakeOpen(intake, londonDay(now))) return undefined
  const free = placesLeft(capacityOf(group, counts)) ?? MOST_AT_ONCE
  const thisWeek = group.weeklyQuota === null ? MOST_AT_ONCE : group.weeklyQuota - counts.newThisWeek
  const room = Math.min(free, thisWeek, MOST_AT_ONCE)
  return room > 0 ? { group, room } : undefined
}

/** Offers every free place of a group to whoever is next: by priority, then by time of joining. Each offer holds its place. */
export async function offerNext(context: Context, tx: Db, groupId: string): Promise<Taken<PlacementRow>[]> {
  const now = context.now()
  const found = await roomToOffer(tx, groupId, now)
  if (!found) return []
  const { group, room } = found
  const offered: Taken<PlacementRow>[] = []
  for (const placement of await listQueue(tx, groupId, room)) {
    // Counted anew: each offer holds a place in a session, or a volunteer.
    const counts = await countGroup(tx, group, now)
    const capacity = capacityOf(group, counts)
    if (placesLeft(capacity) === 0) break
    const reach = await reachOf(tx, placement, now)
    const limits = await getLimits(tx, placement)
    const intake = intakeOf(group, counts)
    const step = offer(placement, { capacity, intake, isFirst: true }, { reach }, ['system'], now, limits)
    const changes = await seatFor(tx, group, counts, placement, {}, { now, bySoftware: true })
    offered.push(await takePlacementStep(context, tx, 'system', placement, step, { changes }))
  }
  return offered
}
