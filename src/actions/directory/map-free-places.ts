import { confirmedSince, freeShown } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { isIntakeOpen } from '../../domain/intake.ts'
import type { Actor } from '../../domain/organisation.ts'
import { capacityOf, countGroups, intakeOf, NOBODY } from '../../store/groups.ts'
import { listConfirmedGroups } from '../../store/room.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

/** Free places of one need in one ward; null where a group has no ward: it comes to people, is online, or nobody said. */
export interface FreePlaces {
  need: string
  wardCode: string | null
  free: number
}

/**
 * Where places are free, by need and ward. Only what was confirmed lately, in groups that take people today; groups without a
 * number of places are left out. A place counts for each need of its project.
 */
export async function mapFreePlaces(context: Context, actor: Actor): Promise<FreePlaces[]> {
  permit(actor, 'directory.view')
  const { read } = context.db
  const now = context.now()
  const today = londonDay(now)
  const rows = await listConfirmedGroups(read, confirmedSince(now))
  const counts = await countGroups(
    read,
    rows.map(({ group }) => group),
    now,
  )
  const sums = new Map<string, FreePlaces>()
  for (const { group, needs, wardCode } of rows) {
    const counted = counts.get(group.id) ?? NOBODY
    const hasEnded = group.courseEndsOn !== null && group.courseEndsOn < today
    const free =
      hasEnded || !isIntakeOpen(intakeOf(group, counted), today) ? 0 : freeShown(capacityOf(group, counted), now)
    if (!free) continue
    for (const need of needs) {
      const key = `${need} ${wardCode}`
      sums.set(key, { need, wardCode, free: (sums.get(key)?.free ?? 0) + free })
    }
  }
  return [...sums.values()]
}
