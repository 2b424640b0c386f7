import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import type { GeographyKind } from '../domain/geography.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { geographyImports, neighbourhoods, postcodes, practices, wards } from './schema.ts'

export type PlaceRow = typeof postcodes.$inferSelect
export type WardRow = typeof wards.$inferSelect
export type NeighbourhoodRow = typeof neighbourhoods.$inferSelect
export type PracticeRow = typeof practices.$inferSelect
export type GeographyImportRow = typeof geographyImports.$inferSelect

const byPostcode = prepared('postcodes.byPostcode', (db) =>
  db
    .select()
    .from(postcodes)
    .where(eq(postcodes.postcode, sql.placeholder('postcode'))),
)

/**
 * Where a postcode lies, ended ones too. Undefined where the list does not have it, or none is loaded: then its district
 * is all that is known. The ward is the postcode's own: many neighbourhoods lie in two wards.
 */
export async function findPlace(db: Db, postcode: string | null): Promise<PlaceRow | undefined> {
  if (!postcode) return undefined
  const [row] = await byPostcode(db, { postcode })
  return row
}

/** What is kept of it for somebody who lives there. */
export interface Lies {
  wardCode: string | null
  lsoaCode: string | null
}

export async function findLies(db: Db, postcode: string | null): Promise<Lies> {
  const { wardCode = null, lsoaCode = null } = (await findPlace(db, postcode)) ?? {}
  return { wardCode, lsoaCode }
}

const wardsByCodes = prepared('wards.byCodes', (db) => db.select().from(wards).where(oneOf(wards.code, 'codes')))

/** By their codes; empty before the official wards are loaded. */
export async function getWards(db: Db, codes: readonly (string | null)[]): Promise<Map<string, WardRow>> {
  const wanted = [...new Set(codes)].filter((code) => code !== null)
  if (wanted.length === 0) return new Map()
  const rows = await wardsByCodes(db, { codes: listed(wanted) })
  return new Map(rows.map((row) => [row.code, row]))
}

/** The wards of an authority by their names. */
export async function listWardsOf(db: Db, authorityCode: string): Promise<WardRow[]> {
  return db.select().from(wards).where(eq(wards.authorityCode, authorityCode)).orderBy(asc(wards.name))
}

export async function listAuthorities(db: Db): Promise<{ code: string; name: string; sorted: number }[]> {
  const rows = await db
    .select({ code: wards.authorityCode, name: wards.authorityName, sorted: count(wards.locality) })
    .from(wards)
    .groupBy(wards.authorityCode, wards.authorityName)
    .orderBy(asc(wards.authorityName))
  return rows.flatMap(({ code, name, sorted }) => (code ? [{ code, name: name ?? code, sorted }] : []))
}

/** Puts a ward into a part of the city, or takes it out; one that no file has named yet is named here. */
export async function saveLocality(tx: Db, ward: WardRow): Promise<void> {
  await tx
    .insert(wards)
    .values(ward)
    .onConflictDoUpdate({ target: wards.code, set: { locality: ward.locality } })
}

const neighbourhoodByCode = prepared('neighbourhoods.byCode', (db) =>
  db
    .select()
    .from(neighbourhoods)
    .where(eq(neighbourhoods.code, sql.placeholder('code'))),
)

export async function findNeighbourhood(db: Db, code: string | null): Promise<NeighbourhoodRow | undefined> {
  if (!code) return undefined
  const [row] = await neighbourhoodByCode(db, { code })
  return row
}

const practiceByCode = prepared('practices.byCode', (db) =>
  db
    .select()
    .from(practices)
    .where(eq(practices.odsCode, sql.placeholder('code'))),
)

/** Undefined where the list does not have it; `isLoaded` says whether there is a list to ask. */
export async function findPractice(db: Db, code: string): Promise<{ isLoaded: boolean; practice?: PracticeRow }> {
  const [practice] = await practiceByCode(db, { code })
  if (practice) return { isLoaded: true, practice }
  const [any] = await db.select({ code: practices.odsCode }).from(practices).limit(1)
  return { isLoaded: any !== undefined }
}

/** What was loaded last of each kind. */
export async function listLatestImports(db: Db): Promise<Partial<Record<GeographyKind, GeographyImportRow>>> {
  const latest = db
    .select({ kind: geographyImports.kind, id: sql<string>`max(${geographyImports.id})`.as('latest_id') })
    .from(geographyImports)
    .groupBy(geographyImports.kind)
    .as('latest')
  const rows = await db
    .select({ row: geographyImports })
    .from(geographyImports)
    .innerJoin(latest, and(eq(latest.kind, geographyImports.kind), eq(latest.id, geographyImports.id)))
    .orderBy(desc(geographyImports.importedAt))
  return Object.fromEntries(rows.map(({ row }) => [row.kind, row]))
}
