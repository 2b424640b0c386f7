import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { HOLDING_A_PLACE, OPEN_PLACEMENT, type PlacementStatus, TAKING_A_PLACE } from '../domain/placement-moves.ts'
import { OPEN_REFERRAL } from '../domain/referral-moves.ts'
import type { Db } from './database.ts'
import type { PlacementRow } from './placements.ts'
import type { ReferralRow } from './referrals.ts'
import { events, groups, memberships, placements, referrals, users } from './schema.ts'

const TABLES = [
  { noun: 'referral', table: referrals, open: OPEN_REFERRAL as readonly string[] },
  { noun: 'placement', table: placements, open: OPEN_PLACEMENT as readonly string[] },
]

/** Promises of the product that the stored rows break, in words. Each is also kept by other means: this is the proof. */
export async function findBrokenPromises(db: Db): Promise<string[]> {
  const broken: string[] = []
  for (const { noun, table, open } of TABLES) {
    const action = [table.nextOwnerKind, table.nextOwnerId, table.nextStep, table.nextDueOn]
    const lacks = and(inArray(table.status, open as PlacementStatus[]), or(...action.map((column) => isNull(column))))
    const keeps = and(
      notInArray(table.status, open as PlacementStatus[]),
      or(...action.map((column) => isNotNull(column))),
    )
    const idsWhere = (where: SQL | undefined) => db.select({ id: table.id }).from(table).where(where).limit(20)
    for (const { id } of await idsWhere(lacks)) broken.push(`${noun} ${id} is open and has no next action`)
    for (const { id } of await idsWhere(keeps)) broken.push(`${noun} ${id} is closed and has a next action`)
    for (const { id } of await idsWhere(ownerIsNobody(table)))
      broken.push(`the next action of ${noun} ${id} is nobody's`)
  }
  return [...broken, ...(await openUnderClosed(db)), ...(await overfullGroups(db))]
}

function ownerIsNobody(table: typeof referrals | typeof placements): SQL | undefined {
  const missing = (kind: string, parent: string) =>
    sql`(${table.nextOwnerKind} = ${kind} and not exists
      (select 1 from ${sql.identifier(parent)} where ${sql.identifier(parent)}.id = ${table.nextOwnerId}))`
  return or(
    missing('navigator', 'organisations'),
    missing('organisation', 'organisations'),
    missing('person', 'people'),
  )
}

async function openUnderClosed(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: placements.id, referralId: referrals.id })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .where(and(inArray(placements.status, [...OPEN_PLACEMENT]), notInArray(referrals.status, [...OPEN_REFERRAL])))
    .limit(20)
  return rows.map(({ id, referralId }) => `placement ${id} is open, but its referral ${referralId} is closed`)
}

async function overfullGroups(db: Db): Promise<string[]> {
  const people = sql<number>`count(*)`.mapWith(Number)
  const rows = await db
    .select({ id: groups.id, places: groups.places, people })
    .from(groups)
    .innerJoin(placements, eq(placements.groupId, groups.id))
    .where(inArray(placements.status, [...TAKING_A_PLACE, ...HOLDING_A_PLACE]))
    .groupBy(groups.id, groups.places)
    .having(gt(sql`count(*)`, groups.places))
    .limit(20)
  return rows.map(({ id, places, people: taken }) => `group ${id} has ${taken} people for ${places} places`)
}

/** Open referrals and placements whose next action is that of somebody who may not sign in for that service. */
export async function listOwnedBySuspended(db: Db): Promise<{ noun: string; id: string }[]> {
  const isGone = or(isNull(memberships.id), isNotNull(users.suspendedAt), isNotNull(memberships.suspendedAt))
  const isTheirs = and(
    eq(memberships.userId, users.id),
    eq(memberships.organisationId, referrals.receivingOrganisationId),
  )
  const ofReferrals = await db
    .select({ id: referrals.id })
    .from(referrals)
    .innerJoin(users, eq(users.id, referrals.navigatorId))
    .leftJoin(memberships, isTheirs)
    .where(and(inArray(referrals.status, [...OPEN_REFERRAL]), eq(referrals.nextOwnerKind, 'navigator'), isGone))
    .limit(20)
  const ofPlacements = await db
    .select({ id: placements.id })
    .from(placements)
    .innerJoin(referrals, eq(referrals.id, placements.referralId))
    .innerJoin(users, eq(users.id, referrals.navigatorId))
    .leftJoin(memberships, isTheirs)
    .where(and(inArray(placements.status, [...OPEN_PLACEMENT]), eq(placements.nextOwnerKind, 'navigator'), isGone))
    .limit(20)
  return [
    ...ofReferrals.map(({ id }) => ({ noun: 'referral', id })),
    ...ofPlacements.map(({ id }) => ({ noun: 'placement', id })),
  ]
}

/** Records that changed since, latest first: what a nightly look at histories reads again. */
export async function listChanged(db: Db, noun: 'referral' | 'placement', since: Date, limit: number) {
  const table = noun === 'referral' ? referrals : placements
  const rows = await db
    .select({ id: table.id })
    .from(table)
    .where(gt(table.changedAt, since))
    .orderBy(desc(table.changedAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Records with their events, in the order of their versions. */
export async function listHistories(db: Db, noun: 'referral' | 'placement', ids: string[]) {
  const rows: (ReferralRow | PlacementRow)[] =
    noun === 'referral'
      ? await db.select().from(referrals).where(inArray(referrals.id, ids))
      : await db.select().from(placements).where(inArray(placements.id, ids))
  const told = await db
    .select({ subjectId: events.subjectId, subjectVersion: events.subjectVersion, changes: events.changes })
    .from(events)
    .where(inArray(events.subjectId, ids))
    .orderBy(asc(events.subjectId), asc(events.subjectVersion))
  const toldOf = new Map<string, typeof told>(ids.map((id) => [id, []]))
  for (const event of told) toldOf.get(event.subjectId)?.push(event)
  return rows.map((row) => ({ row, told: toldOf.get(row.id) ?? [] }))
}
