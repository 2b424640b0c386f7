import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { groups, placements, referrals } from './schema.ts'

/** Whoever was put forward stands where that puts them. */
const PRIORITY_FIRST = sql`case coalesce(${placements.queuePriority}, ${referrals.priority}) when 'urgent' then 0 when 'priority' then 1 else 2 end`
const IN_TURN = [asc(PRIORITY_FIRST), asc(placements.waitingSince), asc(placements.id)]

/** Who waits for a group, next first: by priority, then by time of joining. */
export async function listQueue(db: Db, groupId: string, limit: number): Promise<(typeof placements.$inferSelect)[]> {
  const rows = await db
    .select({ placement: placements })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(eq(placements.groupId, groupId), eq(placements.status, 'waitlisted')))
    .orderBy(...IN_TURN)
    .limit(limit)
  return rows.map(({ placement }) => placement)
}

const positions = prepared('queues.positions', (db) =>
  db
    .select({
      id: placements.id,
      position: sql<number>`row_number() over (partition by ${placements.groupId} order by ${sql.join(IN_TURN, sql`, `)})`,
    })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(oneOf(placements.groupId, 'groupIds'), eq(placements.status, 'waitlisted'))),
)

/** Where everybody stands who waits for one of these groups, from 1; in one query. */
export async function listPositions(db: Db, groupIds: string[]): Promise<Map<string, number>> {
  const rows = await positions(db, { groupIds: listed(groupIds) })
  return new Map(rows.map(({ id, position }) => [id, Number(position)]))
}

/**
 * Groups for which somebody waits though a place may be free: confirmed since then, running, and not full by their own
 * number. Who waits is read from an index that holds nobody else; whether a place is free is asked again when it is offered.
 */
export async function listGroupsToOffer(
  db: Db,
  { confirmedSince, today }: { confirmedSince: Date; today: Day },
  page: { after: { id: string } | undefined; limit: number },
): Promise<{ id: string }[]> {
  const waitedFor = db
    .select({ groupId: placements.groupId })
    .from(placements)
    .where(eq(placements.status, 'waitlisted'))
  const filled = sql`(select count(*) from ${placements} where ${placements.groupId} = ${groups.id}
    and ${placements.status} in ('accepted', 'booked', 'started', 'offered'))`
  return db
    .select({ id: groups.id })
    .from(groups)
    .where(
      and(
        inArray(groups.id, waitedFor),
        isNull(groups.cancelledAt),
        gte(groups.capacityConfirmedAt, confirmedSince),
        or(eq(groups.intakePaused, false), and(isNotNull(groups.intakeReopensOn), lte(groups.intakeReopensOn, today))),
        or(eq(groups.capacityKind, 'open'), sql`${groups.places} > ${filled}`),
        page.after && gt(groups.id, page.after.id),
      ),
    )
    .orderBy(asc(groups.id))
    .limit(page.limit)
}
