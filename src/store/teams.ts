import { and, asc, eq, inArray, isNull, notInArray, type SQL } from 'drizzle-orm'
import { NOT_TEAMS } from '../domain/organisation.ts'
import type { Db } from './database.ts'
import { memberships, organisations } from './schema.ts'

const { id, slug, name } = organisations

/** Whoever could answer for a team: the roles that take referrals on. */
const somebodyAnswers: SQL | undefined = and(
  inArray(memberships.role, ['navigator', 'triage_lead']),
  isNull(memberships.suspendedAt),
)

/** The organisations in which somebody can say whether they take a person on, by name. */
export async function listTeamRows(db: Db) {
  return db
    .selectDistinct({ id, slug, name })
    .from(organisations)
    .innerJoin(memberships, eq(memberships.organisationId, organisations.id))
    .where(and(somebodyAnswers, notInArray(organisations.kind, [...NOT_TEAMS])))
    .orderBy(asc(name))
}

/** Whether there is anybody who could answer: else the team is asked outside of this service. */
export async function answersHere(db: Db, organisationId: string): Promise<boolean> {
  const [someone] = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.organisationId, organisationId), somebodyAnswers))
    .limit(1)
  return someone !== undefined
}
