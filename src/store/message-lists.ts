import { and, asc, desc, eq, gte, type SQL, sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { organisations, outbox, referrals, users } from './schema.ts'

const STANDING = {
  id: outbox.id,
  notice: outbox.notice,
  toKind: outbox.toKind,
  createdAt: outbox.createdAt,
  attempts: outbox.attempts,
  sentAt: outbox.sentAt,
  endedAt: outbox.endedAt,
  failedAt: outbox.failedAt,
  outcome: outbox.outcome,
  organisationName: organisations.name,
  userName: users.name,
}

export type StandingMessage = Awaited<ReturnType<typeof listMessagesAbout>>[number]

/** Every message about a referral, in the order in which they were owed. */
export async function listMessagesAbout(db: Db, referralId: string) {
  return db
    .select(STANDING)
    .from(outbox)
    .leftJoin(organisations, eq(organisations.id, outbox.toId))
    .leftJoin(users, eq(users.id, outbox.toId))
    .where(eq(outbox.referralId, referralId))
    .orderBy(asc(outbox.createdAt), asc(outbox.id))
}

const isMadeUpFor = sql`exists (
  select 1 from ${outbox} later
  where later.referral_id = ${outbox.referralId} and later.to_id = ${outbox.toId} and later.sent_at is not null
    and (later.created_at, later.id) > (${outbox.createdAt}, ${outbox.id}))`

/** Messages given up since then, newest first, that no later one to the same recipient made up for. */
export async function listFailedRows(db: Db, inScope: SQL, since: Date, limit: number) {
  return (
    db
      .select({ ...STANDING, referralId: referrals.id, reference: referrals.reference })
      .from(outbox)
      // From the few messages to their referrals: SQLite keeps the order of a cross join, and else begins with every referral.
      .crossJoin(referrals)
      .leftJoin(organisations, eq(organisations.id, outbox.toId))
      .leftJoin(users, eq(users.id, outbox.toId))
      .where(and(eq(referrals.id, outbox.referralId), gte(outbox.failedAt, since), inScope, sql`not ${isMadeUpFor}`))
      .orderBy(desc(outbox.failedAt), desc(outbox.id))
      .limit(limit)
  )
}
