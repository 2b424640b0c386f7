import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { fillsAPlace } from '../domain/placement.ts'
import { HOLDING_A_PLACE, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Standing } from '../domain/volunteer.ts'
import { type Db, inserting, prepared, saving } from './database.ts'
import { placements, volunteers } from './schema.ts'

export type VolunteerRow = typeof volunteers.$inferSelect

/** A volunteer with the placement whose they are now, if any. */
export type VolunteerWithPerson = VolunteerRow & Standing & { placementId: string | null }

const ofGroup = prepared('volunteers.ofGroup', (db) =>
  db
    .select()
    .from(volunteers)
    .where(and(eq(volunteers.groupId, sql.placeholder('groupId')), isNull(volunteers.endedAt)))
    .orderBy(asc(volunteers.name), asc(volunteers.id)),
)

const matchesIn = prepared('volunteers.matches', (db) =>
  db
    .select({
      id: placements.id,
      volunteerId: placements.volunteerId,
      status: placements.status,
      endedAt: placements.endedAt,
      changedAt: placements.changedAt,
    })
    .from(placements)
    .innerJoin(volunteers, eq(volunteers.id, placements.volunteerId))
    .where(and(eq(volunteers.groupId, sql.placeholder('groupId')), isNull(volunteers.endedAt))),
)

/** The volunteers of a group who have not left, by name. */
export async function listVolunteers(db: Db, groupId: string): Promise<VolunteerWithPerson[]> {
  const rows = await ofGroup(db, { groupId })
  if (rows.length === 0) return []
  const matches = await matchesIn(db, { groupId })
  return rows.map((row) => {
    const own = matches.filter(({ volunteerId }) => volunteerId === row.id)
    const now = own.find(({ status }) => fillsAPlace(status))
    const over = own.map(({ endedAt, changedAt }) => (endedAt ?? changedAt).getTime())
    return {
      ...row,
      isWithSomebody: now !== undefined,
      placementId: now?.id ?? null,
      freeSince: new Date(Math.max(row.createdAt.getTime(), ...over)),
    }
  })
}

/** Whether anybody ever wrote volunteers down for a group: then they are its places, even when all have left. */
export async function hasVolunteers(db: Db, groupId: string): Promise<boolean> {
  const [any] = await db.select({ id: volunteers.id }).from(volunteers).where(eq(volunteers.groupId, groupId)).limit(1)
  return any !== undefined
}

/** Those of these groups for which volunteers were ever written down. */
export async function listGroupsWithVolunteers(db: Db, groupIds: string[]): Promise<Set<string>> {
  if (groupIds.length === 0) return new Set()
  const rows = await db
    .selectDistinct({ groupId: volunteers.groupId })
    .from(volunteers)
    .where(inArray(volunteers.groupId, groupIds))
  return new Set(rows.map(({ groupId }) => groupId))
}

/** People in a group, or with an offer: those whose volunteer is named, and those of whom nobody said whose they are. */
export async function countMatched(db: Db, groupId: string): Promise<{ named: number; unnamed: number }> {
  const rows = await db
    .select({ volunteerId: placements.volunteerId })
    .from(placements)
    .where(and(eq(placements.groupId, groupId), inArray(placements.status, [...TAKING_A_PLACE, ...HOLDING_A_PLACE])))
  const named = rows.filter(({ volunteerId }) => volunteerId !== null).length
  return { named, unnamed: rows.length - named }
}

export async function findVolunteer(db: Db, id: string): Promise<VolunteerRow | undefined> {
  const [row] = await db.select().from(volunteers).where(eq(volunteers.id, id))
  return row
}

export async function getVolunteers(db: Db, ids: string[]): Promise<Map<string, { id: string; name: string }>> {
  if (ids.length === 0) return new Map()
  const { id, name } = volunteers
  const rows = await db.select({ id, name }).from(volunteers).where(inArray(id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

/** Volunteers whose day to be back has come. */
export async function listReturning(
  db: Db,
  today: Day,
  page: { after: { id: string } | undefined; limit: number },
): Promise<VolunteerRow[]> {
  return db
    .select()
    .from(volunteers)
    .where(
      and(
        isNull(volunteers.endedAt),
        isNotNull(volunteers.availableFrom),
        lte(volunteers.availableFrom, today),
        page.after && sql`${volunteers.id} > ${page.after.id}`,
      ),
    )
    .orderBy(asc(volunteers.id))
    .limit(page.limit)
}

export const insertVolunteer = inserting(volunteers)

const save = saving(volunteers)

export async function saveVolunteer(
  tx: Db,
  read: VolunteerRow,
  changes: Partial<Omit<VolunteerRow, 'id' | 'version' | 'groupId'>>,
): Promise<VolunteerRow> {
  const saved = await save(tx, read, changes)
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed this volunteer in the meantime. Look again.')
  return saved
}
