import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Capacity, Intake } from '../domain/capacity.ts'
import { HOLDING_A_PLACE, type PlacementStatus, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, listed, oneOf, prepared, saving } from './database.ts'
import { groups, placements, projects } from './schema.ts'

export type GroupRow = typeof groups.$inferSelect

/** How many people stand where in a group. */
export interface GroupCounts {
  taken: number
  held: number
  waiting: number
}

export const NOBODY: GroupCounts = { taken: 0, held: 0, waiting: 0 }

const COUNTED = [...TAKING_A_PLACE, ...HOLDING_A_PLACE, 'waitlisted'] as const

const countsOf = prepared('groups.counts', (db) =>
  db
    .select({ groupId: placements.groupId, status: placements.status, people: count() })
    .from(placements)
    .where(and(oneOf(placements.groupId, 'ids'), inArray(placements.status, [...COUNTED])))
    .groupBy(placements.groupId, placements.status),
)

/** Counted from the placements themselves, in one query for all the groups: a counter could disagree with them. */
export async function countGroups(db: Db, groupIds: string[]): Promise<Map<string, GroupCounts>> {
  if (groupIds.length === 0) return new Map()
  const counts = countsIn(await countsOf(db, { ids: listed(groupIds) }))
  for (const id of groupIds) if (!counts.has(id)) counts.set(id, NOBODY)
  return counts
}

/** How many people stand where, from how many stand in each state; a group with nobody is not among them. */
export function countsIn(rows: { groupId: string; status: PlacementStatus; people: number }[]) {
  const counts = new Map<string, GroupCounts>()
  for (const { groupId, status, people } of rows) {
    let counted = counts.get(groupId)
    if (!counted) {
      counted = { taken: 0, held: 0, waiting: 0 }
      counts.set(groupId, counted)
    }
    if ((TAKING_A_PLACE as readonly string[]).includes(status)) counted.taken += people
    else if ((HOLDING_A_PLACE as readonly string[]).includes(status)) counted.held += people
    else counted.waiting += people
  }
  return counts
}

export async function countGroup(db: Db, id: string): Promise<GroupCounts> {
  return (await countGroups(db, [id])).get(id) ?? NOBODY
}

/** What a group says of its room; queries that read many groups read no more. */
export type GroupRoom = Pick<
  GroupRow,
  'capacityKind' | 'places' | 'capacityConfirmedAt' | 'intakePaused' | 'intakeReopensOn'
>

export function capacityOf(group: GroupRoom, { taken, held }: GroupCounts): Capacity {
  return { kind: group.capacityKind, places: group.places, taken, held, confirmedAt: group.capacityConfirmedAt }
}

export function intakeOf(group: Pick<GroupRow, 'intakePaused' | 'intakeReopensOn'>): Intake {
  return { paused: group.intakePaused, reopensOn: group.intakeReopensOn }
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
