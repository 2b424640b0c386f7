import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { World } from '../domain/eligibility-contradictions.ts'
import type { EligibilityRule } from '../domain/eligibility-rules.ts'
import { WARDS } from '../domain/place.ts'
import { type Db, prepared } from './database.ts'
import { neighbourhoods, organisations, postcodes, wards } from './schema.ts'

const wardOf = prepared('wards.byCode', (db) =>
  db
    .select({ name: wards.name, locality: wards.locality })
    .from(wards)
    .where(eq(wards.code, sql.placeholder('code'))),
)

/** The official name of a ward and the part of the city it belongs to, where wards are loaded. */
export async function findWard(db: Db, code: string | null) {
  const [row] = code ? await wardOf(db, { code }) : []
  return row
}

/** Everybody who works with Trellis, by name. */
export async function listOrganisationNames(db: Db) {
  const { slug, name, kind } = organisations
  return db.select({ slug, name, kind }).from(organisations).orderBy(asc(name))
}

/** The wards there are to choose from, by name: the loaded ones, or the city's own before any were. */
export async function listWards(db: Db): Promise<{ code: string; name: string; locality: string | null }[]> {
  const { code, name, locality } = wards
  const rows = await db.select({ code, name, locality }).from(wards).orderBy(asc(name))
  return rows.length > 0 ? rows : WARDS.map((ward) => ({ ...ward, locality: null }))
}

async function loadedDistricts(db: Db, rules: EligibilityRule[]): Promise<Set<string> | undefined> {
  const [any] = await db.select({ postcode: postcodes.postcode }).from(postcodes).limit(1)
  if (!any) return undefined
  const found = new Set<string>()
  for (const district of new Set(rules.flatMap((rule) => (rule.rule === 'area' ? rule.districts : [])))) {
    const within = and(gte(postcodes.postcode, `${district} `), lt(postcodes.postcode, `${district} a`))
    const [one] = await db.select({ postcode: postcodes.postcode }).from(postcodes).where(within).limit(1)
    if (one) found.add(district)
  }
  return found
}

async function loadedLsoas(db: Db, rules: EligibilityRule[]): Promise<Set<string> | undefined> {
  const { code } = neighbourhoods
  const [any] = await db.select({ code }).from(neighbourhoods).limit(1)
  if (!any) return undefined
  const named = rules.flatMap((rule) => (rule.rule === 'area' ? (rule.lsoas ?? []) : []))
  const rows = named.length > 0 ? await db.select({ code }).from(neighbourhoods).where(inArray(code, named)) : []
  return new Set(rows.map((row) => row.code))
}

/** What there is to name in these rules. Of postcodes and neighbourhoods only those are looked for that the rules name. */
export async function worldFor(db: Db, rules: EligibilityRule[]): Promise<World> {
  const loaded = await listWards(db)
  return {
    wards: new Set([...loaded, ...WARDS].map(({ code }) => code)),
    localities: new Set(loaded.flatMap(({ locality }) => locality ?? [])),
    localityOf: new Map(loaded.flatMap(({ code, locality }) => (locality ? [[code, locality] as const] : []))),
    districts: await loadedDistricts(db, rules),
    lsoas: await loadedLsoas(db, rules),
    organisations: new Map((await listOrganisationNames(db)).map(({ slug, kind }) => [slug, kind])),
  }
}
