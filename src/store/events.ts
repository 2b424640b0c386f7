import { asc, desc, eq, sql } from 'drizzle-orm'
import { inOrderOfEvents } from '../domain/history.ts'
import { type Db, prepared } from './database.ts'
import { events, organisations, users } from './schema.ts'

export type EventRow = typeof events.$inferSelect

export async function insertEvents(tx: Db, rows: (typeof events.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(events).values(rows)
}

/** What happened to a referral and its placements, oldest first, with who did it and for whom. */
export async function listReferralEvents(db: Db, referralId: string) {
  const rows = await db
    .select({ event: events, actorName: users.name, organisationName: organisations.name })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .leftJoin(organisations, eq(organisations.id, events.organisationId))
    .where(eq(events.referralId, referralId))
    .orderBy(asc(events.at), asc(events.id))
  const byId = new Map(rows.map((row) => [row.event.id, row]))
  return inOrderOfEvents(rows.map(({ event }) => event)).flatMap(({ id }) => byId.get(id) ?? [])
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

/** What an event brought about, newest first. */
export async function listCausedBy(db: Db, eventId: string): Promise<EventRow[]> {
  return db.select().from(events).where(eq(events.causedBy, eventId)).orderBy(desc(events.id))
}

/** The history of one record, in the order of its versions. */
export async function listEventsOf(db: Db, subjectId: string): Promise<EventRow[]> {
  return db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(asc(events.subjectVersion))
}
