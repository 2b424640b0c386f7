import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { NextAction } from '../domain/next-action.ts'
import type { Party } from '../domain/organisation.ts'
import {
  HOLDING_A_PLACE,
  ON_A_LIST,
  OPEN_PLACEMENT,
  type PlacementStatus,
  TAKING_A_PLACE,
} from '../domain/placement-moves.ts'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, listed, oneOf, prepared, saving } from './database.ts'
import { nextColumns } from './referrals.ts'
import { attendances, groups, organisations, people, placements, projects, referrals } from './schema.ts'
import { PLACEMENT_TIES, REFERRAL_TIES, scope } from './scope.ts'

export type PlacementRow = typeof placements.$inferSelect
export type PlacementChanges = Partial<Omit<PlacementRow, 'id' | 'version' | 'referralId' | 'groupId' | 'projectId'>>
export type AttendanceRow = typeof attendances.$inferSelect

const byId = prepared('placements.byId', (db) =>
  db
    .select()
    .from(placements)
    .where(eq(placements.id, sql.placeholder('id'))),
)

export async function findPlacement(db: Db, id: string): Promise<PlacementRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

export const insertPlacement = inserting(placements)
const save = saving(placements)

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function savePlacement(tx: Db, read: PlacementRow, changes: PlacementChanges): Promise<PlacementRow> {
  const saved = await save(tx, read, changes)
  if (!saved)
    throw new Refusal('changed-meanwhile', 'Somebody changed this placement in the meantime. Look at it again.')
  return saved
}

const ofReferral = prepared('placements.ofReferral', (db) =>
  db
    .select()
    .from(placements)
    .where(eq(placements.referralId, sql.placeholder('referralId')))
    .orderBy(asc(placements.id)),
)

export async function listPlacementsOf(db: Db, referralId: string): Promise<PlacementRow[]> {
  return ofReferral(db, { referralId })
}

const openOfReferral = prepared('placements.openOfReferral', (db) =>
  db
    .select()
    .from(placements)
    .where(
      and(eq(placements.referralId, sql.placeholder('referralId')), inArray(placements.status, [...OPEN_PLACEMENT])),
    )
    .orderBy(asc(placements.id)),
)

export async function listOpenPlacementsOf(db: Db, referralId: string): Promise<PlacementRow[]> {
  return openOfReferral(db, { referralId })
}

export async function listOpenPlacementsInGroup(db: Db, groupId: string): Promise<PlacementRow[]> {
  return db
    .select()
    .from(placements)
    .where(and(eq(placements.groupId, groupId), inArray(placements.status, [...OPEN_PLACEMENT])))
    .orderBy(asc(placements.id))
}

/** Where the people of these referrals still wait, or hold an offer. */
export async function listWaitingElsewhere(db: Db, referralIds: string[]) {
  if (referralIds.length === 0) return []
  const { id, referralId, status, groupId } = placements
  return db
    .select({ id, referralId, status, groupId, group: groups.name, project: projects.name })
    .from(placements)
    .innerJoin(groups, eq(groups.id, placements.groupId))
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .where(and(inArray(referralId, referralIds), inArray(status, [...ON_A_LIST])))
    .orderBy(asc(id))
}

/** The references of placements, by their ids. */
export async function listReferences(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: placements.id, reference: referrals.reference })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(inArray(placements.id, ids))
  return new Map(rows.map(({ id, reference }) => [id, reference]))
}

/** The references of everybody who has a place in a group, or an offer of one. */
export async function listFilledReferences(db: Db, groupId: string): Promise<string[]> {
  const rows = await db
    .select({ reference: referrals.reference })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(eq(placements.groupId, groupId), inArray(placements.status, [...TAKING_A_PLACE, ...HOLDING_A_PLACE])))
    .orderBy(asc(referrals.reference))
  return rows.map(({ reference }) => reference)
}

/** Whether anybody was ever sent to the group whose placement or referral the actor may see. */
export async function hasSentTo(db: Db, actor: Party, groupId: string): Promise<boolean> {
  const isSeen = or(scope(actor, 'placement.view', PLACEMENT_TIES), scope(actor, 'referral.view', REFERRAL_TIES))
  const [row] = await db
    .select({ id: placements.id })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(eq(placements.groupId, groupId), isSeen))
    .limit(1)
  return row !== undefined
}

/** The days on which these placements hand back. */
export function dueDays(rows: PlacementRow[]): string[] {
  return rows.flatMap(({ nextDueOn }) => nextDueOn ?? [])
}

export async function findOpenPlacementIn(
  db: Db,
  referralId: string,
  groupId: string,
): Promise<PlacementRow | undefined> {
  const [row] = await db
    .select()
    .from(placements)
    .where(
      and(
        eq(placements.referralId, referralId),
        eq(placements.groupId, groupId),
        inArray(placements.status, [...OPEN_PLACEMENT]),
      ),
    )
  return row
}

/** The next action of a placement as columns; nobody was reminded of it, or told of a silence, yet. */
export function placementNextColumns(next: NextAction | null) {
  return { ...nextColumns(next), escalatedAt: null }
}

const headlines = prepared('placements.headlines', (db) =>
  db
    .select({
      referralId: placements.referralId,
      status: placements.status,
      projectName: projects.name,
      nextDueOn: placements.nextDueOn,
    })
    .from(placements)
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .where(oneOf(placements.referralId, 'referralIds'))
    .orderBy(asc(placements.id)),
)

/** What a list of referrals says of their placements, in one query. */
export async function listPlacementHeadlines(db: Db, referralIds: string[]) {
  if (referralIds.length === 0) return []
  return headlines(db, { referralIds: listed(referralIds) })
}

/** A placement with all that a page about it needs, read in one query. */
function wholePlacements(db: Db) {
  return db
    .select({
      placement: placements,
      referral: referrals,
      person: people,
      group: groups,
      project: { id: projects.id, name: projects.name, isCrisis: projects.isCrisis },
      provider: { id: organisations.id, slug: organisations.slug, name: organisations.name },
    })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .innerJoin(people, eq(people.id, referrals.personId))
    .innerJoin(groups, eq(groups.id, placements.groupId))
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .innerJoin(organisations, eq(organisations.id, placements.providerOrganisationId))
}
export type WholePlacement = Awaited<ReturnType<typeof wholePlacements>>[number]

const wholeByIds = prepared('placements.wholeByIds', (db) =>
  wholePlacements(db).where(oneOf(placements.id, 'ids')).orderBy(asc(placements.id)),
)

export async function getWholePlacements(db: Db, ids: string[]): Promise<WholePlacement[]> {
  return ids.length === 0 ? [] : wholeByIds(db, { ids: listed(ids) })
}

const wholeOfReferral = prepared('placements.wholeOfReferral', (db) =>
  wholePlacements(db)
    .where(eq(placements.referralId, sql.placeholder('referralId')))
    .orderBy(asc(placements.id)),
)

export async function getWholePlacementsOf(db: Db, referralId: string): Promise<WholePlacement[]> {
  return wholeOfReferral(db, { referralId })
}

export interface PlacementFilter {
  status?: readonly PlacementStatus[] | undefined
  projectId?: string | undefined
  groupId?: string | undefined
}

/** One page, newest sent first. */
export async function listWholePlacements(
  db: Db,
  visible: SQL,
  filter: PlacementFilter,
  page: { limit: number; after?: { value: string; id: string } | undefined },
): Promise<WholePlacement[]> {
  const { after } = page
  const beyond =
    after &&
    sql`(${placements.sentAt}, ${placements.id}) < (${sql.param(new Date(after.value), placements.sentAt)}, ${after.id})`
  return wholePlacements(db)
    .where(
      and(
        visible,
        filter.status && inArray(placements.status, [...filter.status]),
        filter.projectId ? eq(placements.projectId, filter.projectId) : undefined,
        filter.groupId ? eq(placements.groupId, filter.groupId) : undefined,
        beyond,
      ),
    )
    .orderBy(desc(placements.sentAt), desc(placements.id))
    .limit(page.limit)
}

export const insertAttendance = inserting(attendances)

export async function deleteAttendance(tx: Db, id: string): Promise<void> {
  await tx.delete(attendances).where(eq(attendances.id, id))
}

const attendancesOf = prepared('attendances.ofPlacements', (db) =>
  db
    .select()
    .from(attendances)
    .where(oneOf(attendances.placementId, 'placementIds'))
    .orderBy(asc(attendances.sessionOn)),
)

export async function listAttendances(db: Db, placementIds: string[]): Promise<AttendanceRow[]> {
  if (placementIds.length === 0) return []
  return attendancesOf(db, { placementIds: listed(placementIds) })
}
