import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { grants, organisations, placements, projects } from './schema.ts'

/** Who may know of somebody now because of one referral, and since when; the project, where it is one. */
export async function listSharing(db: Db, referralId: string) {
  return db
    .select({
      organisation: { slug: organisations.slug, name: organisations.name },
      project: projects.name,
      placementStatus: placements.status,
      basis: grants.basis,
      grantedAt: grants.grantedAt,
    })
    .from(grants)
    .innerJoin(organisations, eq(organisations.id, grants.organisationId))
    .leftJoin(placements, eq(placements.id, grants.placementId))
    .leftJoin(projects, eq(projects.id, placements.projectId))
    .where(and(eq(grants.referralId, referralId), isNull(grants.endedAt)))
    .orderBy(asc(grants.grantedAt), asc(grants.id))
}
