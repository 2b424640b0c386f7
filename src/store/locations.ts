import { and, asc, eq } from 'drizzle-orm'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, saving } from './database.ts'
import { locations, postcodes } from './schema.ts'

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
