import { and, count, desc, eq, gte, isNotNull, type SQL } from 'drizzle-orm'
import type { Db } from './database.ts'
import { placements, projects, referrals } from './schema.ts'

/** Referrals of an organisation since then: those it made, or those it received. */
export function referralsOf(side: 'referring' | 'receiving', organisationId: string, since: Date): SQL | undefined {
  const column = side === 'referring' ? referrals.referringOrganisationId : referrals.receivingOrganisationId
  return and(eq(column, organisationId), gte(referrals.receivedAt, since))
}

/** What projects said of these referrals, and how often. */
export async function countFits(db: Db, of: SQL | undefined) {
  return db
    .select({ fit: placements.fit, count: count() })
    .from(referrals)
    .innerJoin(placements, eq(placements.referralId, referrals.id))
    .where(and(of, isNotNull(placements.fit)))
    .groupBy(placements.fit)
}

/** The rules by which projects declined these referrals, most often first, for each project. */
export async function countDeclinedRules(db: Db, of: SQL | undefined) {
  return db
    .select({ project: projects.name, projectId: projects.id, rule: placements.declinedRule, count: count() })
    .from(referrals)
    .innerJoin(placements, eq(placements.referralId, referrals.id))
    .innerJoin(projects, eq(projects.id, placements.projectId))
    .where(and(of, isNotNull(placements.declinedRule)))
    .groupBy(projects.id, projects.name, placements.declinedRule)
    .orderBy(desc(count()), projects.name)
}
