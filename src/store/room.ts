import { and, eq, gte, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { groups, locations, projects } from './schema.ts'

/** The groups of listed projects whose places were confirmed since then, each with its project's needs and its ward. */
export async function listConfirmedGroups(db: Db, confirmedSince: Date) {
  return db
    .select({ group: groups, needs: projects.needs, wardCode: locations.wardCode })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .where(
      and(
        eq(projects.isListed, true),
        eq(projects.status, 'active'),
        isNull(groups.cancelledAt),
        gte(groups.capacityConfirmedAt, confirmedSince),
      ),
    )
}
