import { and, asc, count, desc, eq, gt, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { EventType } from '../domain/events.ts'
import { inOrderOfEvents } from '../domain/history.ts'
import { type Db, inserting, listed, oneOf, prepared } from './database.ts'
import { events, organisations, placements, referrals, users } from './schema.ts'

export type EventRow = typeof events.$inferSelect

const insert = inserting(events)

export async function insertEvents(tx: Db, rows: (typeof events.$inferInsert)[]): Promise<void> {
  for (const row of rows) await insert(tx, row)
}

const ofReferral = prepared('events.ofReferral', (db) =>
  db
    .select({ event: events, actorName: users.name, organisationName: organisations.name })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .leftJoin(organisations, eq(organisations.id, events.organisationId))
    .where(eq(events.referralId, sql.placeholder('referralId')))
    .orderBy(asc(events.at), asc(events.id)),
)

/** What happened to a referral and its placements, oldest first, with who did it and for whom. */
export async function listReferralEvents(db: Db, referralId: string) {
  const rows = await ofReferral(db, { referralId })
  const byId = new Map(rows.map((row) => [row.event.id, row]))
  return inOrderOfEvents(rows.map(({ event }) => event)).flatMap(({ id }) => byId.get(id) ?? [])
}

const lastOf = prepared('events.lastOf', (db) =>
  db
    .select()
    .from(events)
    // An emergency look by an operator moves nothing, so nothing has followed with it.
    .where(and(eq(events.subjectId, sql.placeholder('subjectId')), ne(events.type, 'referral.glass-broken')))
    .orderBy(desc(events.subjectVersion))
    .limit(1),
)

/** The newest event of a record: what could be taken back. */
export async function findLastEvent(db: Db, subjectId: string): Promise<EventRow | undefined> {
  const [row] = await lastOf(db, { subjectId })
  return row
}

function lastOfMany(record: typeof referrals | typeof placements, name: string) {
  return prepared(name, (db) =>
    db
      .select({ event: events })
      .from(events)
      .innerJoin(record, and(eq(record.id, events.subjectId), eq(record.version, events.subjectVersion)))
      .where(oneOf(record.id, 'ids')),
  )
}
const lastOfAll = {
  referral: lastOfMany(referrals, 'events.lastOfReferrals'),
  placement: lastOfMany(placements, 'events.lastOfPlacements'),
}

/** The newest event of each of many records, in one query: the one that made the version they stand at. */
export async function listLastEvents(db: Db, kind: 'referral' | 'placement', ids: string[]): Promise<EventRow[]> {
  if (ids.length === 0) return []
  const rows = await lastOfAll[kind](db, { ids: listed(ids) })
  return rows.map(({ event }) => event)
}

const firstOf = prepared('events.firstOf', (db) =>
  db
    .select({ subjectId: events.subjectId, detail: events.detail })
    .from(events)
    .where(and(oneOf(events.subjectId, 'ids'), eq(events.subjectVersion, 1))),
)

/** What was written down with the beginning of each of these records. */
export async function listBeginnings(db: Db, ids: string[]): Promise<Map<string, Record<string, unknown>>> {
  if (ids.length === 0) return new Map()
  const rows = await firstOf(db, { ids: listed(ids) })
  return new Map(rows.map(({ subjectId, detail }) => [subjectId, detail]))
}

/** What an event brought about, newest first. */
export async function listCausedBy(db: Db, eventId: string): Promise<EventRow[]> {
  return db.select().from(events).where(eq(events.causedBy, eventId)).orderBy(desc(events.id))
}

const movesOf = prepared('events.movesOf', (db) =>
  db
    .select({ id: events.id, type: events.type, at: events.at, reason: events.reason, undoes: events.undoes })
    .from(events)
    .where(
      and(
        eq(events.referralId, sql.placeholder('referralId')),
        or(oneOf(events.type, 'types'), isNotNull(events.undoes)),
      ),
    )
    .orderBy(asc(events.at), asc(events.id)),
)

/** Moves of some types in one referral's history, with what took moves back. */
export async function listMovesOf(db: Db, referralId: string, types: readonly EventType[]) {
  return movesOf(db, { referralId, types: listed(types) })
}

/** One page of the emergency looks at referrals, newest first. */
export async function listGlassBroken(
  db: Db,
  visible: SQL,
  { limit, after }: { limit: number; after?: { value: string; id: string } | undefined },
) {
  const beyond =
    after && sql`(${events.at}, ${events.id}) < (${sql.param(new Date(after.value), events.at)}, ${after.id})`
  return (
    db
      .select({
        id: events.id,
        at: events.at,
        reason: events.reason,
        by: users.name,
        referralId: referrals.id,
        reference: referrals.reference,
      })
      .from(events)
      // From the few looks to their referrals: SQLite keeps the order of a cross join.
      .crossJoin(referrals)
      .innerJoin(users, eq(users.id, events.actorId))
      // As a literal, or SQLite could not know that the partial index holds all of them.
      .where(and(sql`${events.type} = 'referral.glass-broken'`, eq(referrals.id, events.subjectId), visible, beyond))
      .orderBy(desc(events.at), desc(events.id))
      .limit(limit)
  )
}

/** The newest event of this type of a record, by its id; undefined where there is none. */
export async function findLastOfType(db: Db, subjectId: string, type: EventType): Promise<string | undefined> {
  const [row] = await db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.subjectId, subjectId), eq(events.type, type)))
    .orderBy(desc(events.subjectVersion))
    .limit(1)
  return row?.id
}

/** How often something happened to a record since a moment. */
export async function countSince(db: Db, subjectId: string, type: EventType, since: Date): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(events)
    .where(and(eq(events.subjectId, subjectId), eq(events.type, type), gt(events.at, since)))
  return row?.count ?? 0
}

/** What happened to some records, newest first, with who did it. */
export async function listEventsOf(db: Db, subjectIds: string[], limit: number) {
  if (subjectIds.length === 0) return []
  return db
    .select({ event: events, actorName: users.name, organisationName: organisations.name })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .leftJoin(organisations, eq(organisations.id, events.organisationId))
    .where(inArray(events.subjectId, subjectIds))
    .orderBy(desc(events.at), desc(events.id))
    .limit(limit)
}
