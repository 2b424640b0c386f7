import { and, asc, count, eq, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { type PlacementStatus, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import type { Db } from './database.ts'
import { attendances, people, placements, referrals } from './schema.ts'

interface Turn {
  id: string
  /** What it stands in order of: a due day, or the moment of joining. */
  value: string
}

interface Cut {
  limit: number
  after?: { value: string; id: string } | undefined
}

/** What a project has to do something about, the first due first. */
export async function listDue(
  db: Db,
  visible: SQL,
  which: { status: readonly PlacementStatus[]; reviewBy?: Day; bookedBefore?: Date },
  { limit, after }: Cut,
): Promise<Turn[]> {
  const { reviewBy, bookedBefore } = which
  const isDue = or(
    inArray(placements.nextStep, ['decide', 'answer', 'first_session', 'rearrange']),
    reviewBy ? and(eq(placements.nextStep, 'review_place'), lte(placements.nextDueOn, reviewBy)) : undefined,
    bookedBefore ? and(eq(placements.nextStep, 'register'), lt(placements.bookedFor, bookedBefore)) : undefined,
  )
  const rows = await db
    .select({ id: placements.id, value: placements.nextDueOn })
    .from(placements)
    .where(
      and(
        visible,
        inArray(placements.status, [...which.status]),
        isDue,
        after && sql`(${placements.nextDueOn}, ${placements.id}) > (${after.value}, ${after.id})`,
      ),
    )
    .orderBy(asc(placements.nextDueOn), asc(placements.id))
    .limit(limit)
  return rows.map(({ id, value }) => ({ id, value: value ?? '' }))
}

/** Who waits for a place, by the time of joining. */
export async function listWaiting(db: Db, visible: SQL, { limit, after }: Cut): Promise<Turn[]> {
  const rows = await db
    .select({ id: placements.id, since: placements.waitingSince })
    .from(placements)
    .where(
      and(
        visible,
        inArray(placements.status, ['offered', 'waitlisted', 'paused']),
        after &&
          sql`(${placements.waitingSince}, ${placements.id}) > (${sql.param(new Date(after.value), placements.waitingSince)}, ${after.id})`,
      ),
    )
    .orderBy(asc(placements.waitingSince), asc(placements.id))
    .limit(limit)
  return rows.map(({ id, since }) => ({ id, value: since?.toISOString() ?? '' }))
}

/** How many placements stand in each state. */
export async function countByStatus(db: Db, visible: SQL, statuses: readonly PlacementStatus[]) {
  const rows = await db
    .select({ groupId: placements.groupId, status: placements.status, people: count() })
    .from(placements)
    .where(and(visible, inArray(placements.status, [...statuses])))
    .groupBy(placements.groupId, placements.status)
  return rows
}

/** The first few people of every group: who is new, then by name. */
export async function listFirstOfGroups(db: Db, visible: SQL, most: number): Promise<string[]> {
  const place = sql<number>`row_number() over (partition by ${placements.groupId} order by
    case ${placements.status} when 'booked' then 0 when 'accepted' then 1 else 2 end,
    ${placements.bookedFor}, ${people.fullName}, ${placements.id})`
  const ranked = db
    .select({ id: placements.id, place: place.as('place') })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(and(visible, inArray(placements.status, [...TAKING_A_PLACE])))
    .as('ranked')
  const rows = await db
    .select({ id: ranked.id })
    .from(ranked)
    .where(lte(ranked.place, most))
    .orderBy(asc(ranked.place), asc(ranked.id))
  return rows.map(({ id }) => id)
}

/**
 * Who stands in the register of a group, by name. The list goes on after a placement, whose name is looked up: names are
 * no part of an address.
 * @param sentBefore whoever was sent later cannot have been there
 * @returns undefined where `after` is not in this group
 */
export async function listRegister(
  db: Db,
  groupId: string,
  sentBefore: Date,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<string[] | undefined> {
  const named = () =>
    db
      .select({ id: placements.id, name: people.fullName })
      .from(placements)
      .innerJoin(referrals, eq(referrals.id, placements.referralId))
      .innerJoin(people, eq(people.id, referrals.personId))
  const [last] = after ? await named().where(and(eq(placements.id, after), eq(placements.groupId, groupId))) : []
  if (after && !last) return undefined
  const rows = await named()
    .where(
      and(
        eq(placements.groupId, groupId),
        inArray(placements.status, [...TAKING_A_PLACE]),
        lt(placements.sentAt, sentBefore),
        last && sql`(${people.fullName}, ${placements.id}) > (${last.name}, ${last.id})`,
      ),
    )
    .orderBy(asc(people.fullName), asc(placements.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** How many people are on a group's register for a day. */
export async function countRegisterPeople(db: Db, groupId: string, sentBefore: Date): Promise<number> {
  const [row] = await db
    .select({ people: count() })
    .from(placements)
    .where(
      and(
        eq(placements.groupId, groupId),
        inArray(placements.status, [...TAKING_A_PLACE]),
        lt(placements.sentAt, sentBefore),
      ),
    )
  return row?.people ?? 0
}

/** How many came to a session of a group and how many did not, as far as the register says. */
export async function countRegister(
  db: Db,
  groupId: string,
  sessionOn: Day,
): Promise<{ came: number; missed: number }> {
  const rows = await db
    .select({ attended: attendances.attended, people: count() })
    .from(attendances)
    .innerJoin(placements, eq(placements.id, attendances.placementId))
    .where(and(eq(placements.groupId, groupId), eq(attendances.sessionOn, sessionOn)))
    .groupBy(attendances.attended)
  const of = (came: boolean) => rows.find(({ attended }) => attended === came)?.people ?? 0
  return { came: of(true), missed: of(false) }
}

const FINISHED: PlacementStatus[] = ['completed', 'left_early', 'disengaged', 'moved_on']

/**
 * How many people were sent, and how many finished after they had started, between each bound and the next.
 * @param bounds moments in order; one count fewer than bounds
 */
export async function countFlow(db: Db, visible: SQL, bounds: Date[]): Promise<{ sent: number; finished: number }[]> {
  const [from] = bounds
  if (!from) return []
  const between = (column: typeof placements.sentAt | typeof placements.endedAt, index: number) => {
    const [start, end] = [sql.param(bounds[index], column), sql.param(bounds[index + 1], column)]
    return sql`${column} >= ${start} and ${column} < ${end}`
  }
  const parts = bounds.slice(1).map((_, index) => ({
    sent: sql<number>`coalesce(sum(case when ${between(placements.sentAt, index)} then 1 else 0 end), 0)`,
    finished: sql<number>`coalesce(sum(case when ${between(placements.endedAt, index)} and ${inArray(placements.status, FINISHED)} then 1 else 0 end), 0)`,
  }))
  const columns = Object.fromEntries(
    parts.flatMap(({ sent, finished }, index) => [
      [`sent${index}`, sent],
      [`finished${index}`, finished],
    ]),
  )
  const [row = {}] = await db
    .select(columns)
    .from(placements)
    .where(and(visible, or(gte(placements.sentAt, from), gte(placements.endedAt, from))))
  const number = (name: string) => Number((row as Record<string, unknown>)[name] ?? 0)
  return parts.map((_, index) => ({ sent: number(`sent${index}`), finished: number(`finished${index}`) }))
}
