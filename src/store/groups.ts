import { and, asc, count, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Capacity } from '../domain/capacity.ts'
import { londonDay, londonMoment } from '../domain/day.ts'
import { type Intake, weekBegins } from '../domain/intake.ts'
import { HOLDING_A_PLACE, type PlacementStatus, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import { Refusal } from '../domain/refusal.ts'
import { sessionRooms } from '../domain/session-room.ts'
import { type Db, inserting, listed, oneOf, prepared, saving } from './database.ts'
import { groups, placements, projects } from './schema.ts'

export type GroupRow = typeof groups.$inferSelect

/** How many people stand where in a group. */
export interface GroupCounts {
  taken: number
  held: number
  waiting: number
  /** Counted where the group has a weekly quota. */
  newThisWeek: number
  /** Taken or held in each session, where places are counted for each. */
  sessions: Readonly<Record<string, number>>
}

export const NOBODY: GroupCounts = { taken: 0, held: 0, waiting: 0, newThisWeek: 0, sessions: {} }

const COUNTED = [...TAKING_A_PLACE, ...HOLDING_A_PLACE, 'waitlisted'] as const

const countsOf = prepared('groups.counts', (db) =>
  db
    .select({ groupId: placements.groupId, status: placements.status, people: count() })
    .from(placements)
    .where(and(oneOf(placements.groupId, 'ids'), inArray(placements.status, [...COUNTED])))
    .groupBy(placements.groupId, placements.status),
)

const newcomersIn = prepared('groups.newcomers', (db) => {
  const monday = (column: typeof placements.sentAt | typeof placements.acceptedAt) =>
    sql`${column} >= ${sql.param(sql.placeholder('monday'), placements.sentAt)}`
  return (
    db
      .select({ groupId: placements.groupId, people: count() })
      .from(placements)
      // Somebody who waited is new in the week in which a place is offered or taken, not in the week they joined the queue.
      .where(
        and(
          oneOf(placements.groupId, 'ids'),
          or(
            and(monday(placements.sentAt), ne(placements.status, 'recalled')),
            eq(placements.status, 'offered'),
            and(isNotNull(placements.waitingSince), monday(placements.acceptedAt)),
          ),
        ),
      )
      .groupBy(placements.groupId)
  )
})

const filledInSessions = prepared('groups.inSessions', (db) =>
  db
    .select({ groupId: placements.groupId, sessionTimeId: placements.sessionTimeId, people: count() })
    .from(placements)
    .where(
      and(
        oneOf(placements.groupId, 'ids'),
        inArray(placements.status, [...TAKING_A_PLACE, ...HOLDING_A_PLACE]),
        isNotNull(placements.sessionTimeId),
      ),
    )
    .groupBy(placements.groupId, placements.sessionTimeId),
)

/** What has to be known of a group to count in it. */
export type Countable = Pick<GroupRow, 'id' | 'weeklyQuota' | 'times'>

/** Counted from the placements themselves, in one query for all the groups: a counter could disagree with them. */
export async function countGroups(db: Db, of: readonly Countable[], now: Date): Promise<Map<string, GroupCounts>> {
  if (of.length === 0) return new Map()
  const counts = countsIn(await countsOf(db, { ids: listed(of.map(({ id }) => id)) }))
  for (const { id } of of) if (!counts.has(id)) counts.set(id, NOBODY)
  await countMore(db, counts, of, now)
  return counts
}

/** Adds what only some groups count: the newcomers of a week, and who is in which session. Most ask no query. */
export async function countMore(
  db: Db,
  counts: Map<string, GroupCounts>,
  of: readonly Countable[],
  now: Date,
): Promise<void> {
  const add = (id: string, more: Partial<GroupCounts>) => counts.set(id, { ...(counts.get(id) ?? NOBODY), ...more })
  const withQuota = of.filter(({ weeklyQuota }) => weeklyQuota !== null).map(({ id }) => id)
  if (withQuota.length > 0) {
    const monday = londonMoment(weekBegins(londonDay(now)), 0)
    for (const { groupId, people } of await newcomersIn(db, { ids: listed(withQuota), monday }))
      add(groupId, { newThisWeek: people })
  }
  const withSessions = of.filter(({ times }) => times?.some(({ places }) => places !== undefined)).map(({ id }) => id)
  if (withSessions.length === 0) return
  for (const { groupId, sessionTimeId, people } of await filledInSessions(db, { ids: listed(withSessions) }))
    add(groupId, { sessions: { ...counts.get(groupId)?.sessions, [sessionTimeId ?? '']: people } })
}

/** How many people stand where, from how many stand in each state; a group with nobody is not among them. */
export function countsIn(rows: { groupId: string; status: PlacementStatus; people: number }[]) {
  const counts = new Map<string, GroupCounts>()
  for (const { groupId, status, people } of rows) {
    let counted = counts.get(groupId)
    if (!counted) {
      counted = { ...NOBODY }
      counts.set(groupId, counted)
    }
    if ((TAKING_A_PLACE as readonly string[]).includes(status)) counted.taken += people
    else if ((HOLDING_A_PLACE as readonly string[]).includes(status)) counted.held += people
    else counted.waiting += people
  }
  return counts
}

export async function countGroup(db: Db, group: Countable, now: Date): Promise<GroupCounts> {
  return (await countGroups(db, [group], now)).get(group.id) ?? NOBODY
}

/** What a group says of its room; queries that read many groups read no more. */
export type GroupRoom = Pick<GroupRow, 'capacityKind' | 'places' | 'capacityConfirmedAt' | 'times' | IntakeColumn>
type IntakeColumn = 'intakePaused' | 'intakeReopensOn' | 'intakeFrom' | 'intakeUntil' | 'weeklyQuota'

export function capacityOf(group: GroupRoom, { taken, held, sessions }: GroupCounts): Capacity {
  const { capacityKind: kind, places, capacityConfirmedAt: confirmedAt } = group
  return { kind, places, taken, held, confirmedAt, sessions: sessionRooms(group.times, sessions) }
}

export function intakeOf(group: Pick<GroupRow, IntakeColumn>, { newThisWeek }: GroupCounts): Intake {
  return {
    paused: group.intakePaused,
    reopensOn: group.intakeReopensOn,
    from: group.intakeFrom,
    until: group.intakeUntil,
    weeklyQuota: group.weeklyQuota,
    newThisWeek,
  }
}

const byId = prepared('groups.byId', (db) =>
  db
    .select()
    .from(groups)
    .where(eq(groups.id, sql.placeholder('id'))),
)

export async function findGroup(db: Db, id: string): Promise<GroupRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

const byIdWithProject = prepared('groups.byIdWithProject', (db) =>
  db
    .select({
      group: groups,
      project: { id: projects.id, isCrisis: projects.isCrisis, feed: projects.feed, assuredOn: projects.assuredOn },
    })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .where(eq(groups.id, sql.placeholder('id'))),
)

/** A group with what a decision about it has to know of its project, in one query. */
export async function findGroupWithProject(db: Db, id: string) {
  const [row] = await byIdWithProject(db, { id })
  return row
}

/** The groups of the directory by name, of one project or one provider where named. */
export async function listGroupRows(
  db: Db,
  of: { projectId?: string; providerOrganisationId?: string } = {},
): Promise<GroupRow[]> {
  return db
    .select()
    .from(groups)
    .where(
      and(
        isNull(groups.cancelledAt),
        of.projectId ? eq(groups.projectId, of.projectId) : undefined,
        of.providerOrganisationId ? eq(groups.providerOrganisationId, of.providerOrganisationId) : undefined,
      ),
    )
    .orderBy(asc(groups.name), asc(groups.id))
}

/** Every group that a project ever had: what was cancelled still has a history. */
export async function listGroupsEver(db: Db, projectId: string) {
  const { id, name, locationId, cancelledAt } = groups
  return db.select({ id, name, locationId, cancelledAt }).from(groups).where(eq(groups.projectId, projectId))
}

/** A provider that accepts or starts somebody has looked at its places. No new version: nothing was edited. */
export async function touchCapacity(tx: Db, groupId: string, at: Date): Promise<void> {
  await tx.update(groups).set({ capacityConfirmedAt: at }).where(eq(groups.id, groupId))
}

/** What the volunteers of a one-to-one group come to. No new version: what they are is kept with them. */
export async function setPlaces(tx: Db, groupId: string, places: number): Promise<void> {
  await tx.update(groups).set({ places }).where(eq(groups.id, groupId))
}

export const insertGroup = inserting(groups)

const save = saving(groups)

export async function saveGroup(
  tx: Db,
  read: GroupRow,
  changes: Partial<Omit<GroupRow, 'id' | 'version' | 'projectId' | 'providerOrganisationId'>>,
): Promise<GroupRow> {
  const saved = await save(tx, read, changes)
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed this group in the meantime. Look at it again.')
  return saved
}
