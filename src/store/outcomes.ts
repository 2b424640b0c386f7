import { and, count, eq, gte, sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { referrals } from './schema.ts'

/**
 * How many referrals an organisation made since the first of these moments (oldest first), by the last of the moments that
 * they were received at or after, and by their state today. One walk along an index.
 */
export async function countSent(db: Db, organisationId: string, starts: [Date, ...Date[]]) {
  const cases = starts
    .map(
      (start, index) =>
        sql`when ${referrals.receivedAt} >= ${sql.param(start, referrals.receivedAt)} then ${sql.raw(String(index))}`,
    )
    .reverse()
  const recent = db
    .select({ period: sql<number>`case ${sql.join(cases, sql` `)} end`.as('period'), status: referrals.status })
    .from(referrals)
    .where(and(eq(referrals.referringOrganisationId, organisationId), gte(referrals.receivedAt, starts[0])))
    .as('recent')
  return db
    .select({ period: recent.period, status: recent.status, count: count() })
    .from(recent)
    .groupBy(recent.period, recent.status)
}
