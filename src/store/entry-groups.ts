import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from './database.ts'
import { groups, locations } from './schema.ts'

export type LocationRow = typeof locations.$inferSelect

/** The groups of these projects by name, each with the place where it meets. */
export async function listEntryGroups(db: Db, projectIds: string[]) {
  if (projectIds.length === 0) return []
  return db
    .select({ group: groups, place: locations })
    .from(groups)
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .where(and(inArray(groups.projectId, projectIds), isNull(groups.cancelledAt)))
    .orderBy(asc(groups.name), asc(groups.id))
}
