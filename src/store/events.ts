import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { type Db, prepared } from './database.ts'
import { events, organisations, placements, referrals, users } from './schema.ts'

export type EventRow = typeof events.$inferSelect

export async function insertEvents(tx: Db, rows: (typeof events.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(events).values(rows)
}

/** What happened to a referral and its placements, oldest first, with who did it and for whom. */
export async function listReferralEvents(db: Db, referralId: string) {
  return db
    .select({ event: events, actorName: users.name, organisationName: organisations.name })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .leftJoin(organisations, eq(organisations.id, events.organisationId))
    .where(eq(events.referralId, referralId))
    .orderBy(asc(events.at), asc(events.id))
}

const lastOf = prepared('events.lastOf', (db) =>
  db
    .select()
    .from(events)
    .where(eq(events.subjectId, sql.placeholder('subjectId')))
    .orderBy(desc(events.subjectVersion))
    .limit(1),
)

/** The newest event of a record: what could be taken back. */
export async function findLastEvent(db: Db, subjectId: string): Promise<EventRow | undefined> {
  const [row] = await lastOf(db, { subjectId })
  return row
}

/** The newest event of each of many records, in one query: the one that made the version they stand at. */
export async function listLastEvents(db: Db, kind: 'referral' | 'placement', ids: string[]): Promise<EventRow[]> {
  if (ids.length === 0) return []
  const record = kind === 'referral' ? referrals : placements
  const rows = await db
    .select({ event: events })
    .from(events)
    .innerJoin(record, and(eq(record.id, events.subjectId), eq(record.version, events.subjectVersion)))
    .where(inArray(record.id, ids))
  return rows.map(({ event }) => event)
}

/** What an event brought about, newest first. */
export async function listCausedBy(db: Db, eventId: string): Promise<EventRow[]> {
  return db.select().from(events).where(eq(events.causedBy, eventId)).orderBy(desc(events.id))
}

/** The history of one record, in the order of its versions. */
export async function listEventsOf(db: Db, subjectId: string): Promise<EventRow[]> {
  return db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(asc(events.subjectVersion))
}
