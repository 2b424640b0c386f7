import { and, asc, eq, inArray } from 'drizzle-orm'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, saving } from './database.ts'
import { groups, locations, postcodes } from './schema.ts'

export type LocationRow = typeof locations.$inferSelect

/** The places of one organisation, by name. */
export async function listLocationsOf(db: Db, organisationId: string): Promise<LocationRow[]> {
  return db
    .select()
    .from(locations)
    .where(eq(locations.organisationId, organisationId))
    .orderBy(asc(locations.name), asc(locations.id))
}

export async function findLocation(db: Db, organisationId: string, id: string): Promise<LocationRow | undefined> {
  const [row] = await db
    .select()
    .from(locations)
    .where(and(eq(locations.id, id), eq(locations.organisationId, organisationId)))
  return row
}

export async function getLocationNames(db: Db, ids: string[]): Promise<Map<string, string>> {
  const { id, name } = locations
  const rows = ids.length > 0 ? await db.select({ id, name }).from(locations).where(inArray(id, ids)) : []
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The projects of which a group of this organisation meets at a place. */
export async function listProjectsAt(db: Db, organisationId: string, locationId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: groups.projectId })
    .from(groups)
    .where(and(eq(groups.providerOrganisationId, organisationId), eq(groups.locationId, locationId)))
  return rows.map(({ id }) => id)
}

/** Where a postcode lies, as far as the official list is loaded. */
export async function placeOfPostcode(db: Db, postcode: string | null) {
  const { wardCode, latitude, longitude } = postcodes
  const [row] = postcode
    ? await db.select({ wardCode, latitude, longitude }).from(postcodes).where(eq(postcodes.postcode, postcode))
    : []
  return row ?? { wardCode: null, latitude: null, longitude: null }
}

export const insertLocation = inserting(locations)

const save = saving(locations)

export async function saveLocation(
  tx: Db,
  read: LocationRow,
  changes: Partial<Omit<LocationRow, 'id' | 'version' | 'organisationId'>>,
): Promise<LocationRow> {
  const saved = await save(tx, read, changes)
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed this place in the meantime. Look at it again.')
  return saved
}
