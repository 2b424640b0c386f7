import { and, count, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Db } from './database.ts'
import { placements, projects, referrals } from './schema.ts'

// Letter by letter the condition of the indexes, or SQLite would not know that they hold all there is to count.
const SAID = sql`(fit is not null or declined_rule is not null)`

const whatWasSaid = {
  projectId: placements.projectId,
  fit: placements.fit,
  declinedRule: placements.declinedRule,
  count: count(),
}

/** What projects said of what a service sent them since then: how it fitted, and the rule that declined it. */
export async function countSaidToService(db: Db, organisationId: string, since: Date) {
  return db
    .select(whatWasSaid)
    .from(placements)
    .where(and(eq(placements.receivingOrganisationId, organisationId), gte(placements.sentAt, since), SAID))
    .groupBy(placements.projectId, placements.fit, placements.declinedRule)
}

/** The same of the referrals that an organisation made since then. */
export async function countSaidToReferrer(db: Db, organisationId: string, since: Date) {
  return db
    .select(whatWasSaid)
    .from(referrals)
    .innerJoin(placements, eq(placements.referralId, referrals.id))
    .where(and(eq(referrals.referringOrganisationId, organisationId), gte(referrals.receivedAt, since), SAID))
    .groupBy(placements.projectId, placements.fit, placements.declinedRule)
}

export async function listProjectNames(db: Db, ids: string[]): Promise<Map<string, string>> {
  const rows = await db.select({ id: projects.id, name: projects.name }).from(projects).where(inArray(projects.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
