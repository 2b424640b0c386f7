import { asc, eq } from 'drizzle-orm'
import type { Db } from './database.ts'
import { events, organisations, users } from './schema.ts'

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
