import { and, asc, eq, gte, inArray, isNotNull, lt, notExists, or, sql } from 'drizzle-orm'
import type { World } from '../domain/eligibility-contradictions.ts'
import type { EligibilityRule } from '../domain/eligibility-rules.ts'
import { CITY_AUTHORITY, WARDS } from '../domain/place.ts'
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

const allWards = prepared('wards.all', (db) => db.select().from(wards).orderBy(asc(wards.name), asc(wards.code)))

/** The wards there are, by name: the loaded ones, or the city's own before any were. */
export async function listWards(db: Db): Promise<{ code: string; name: string; locality: string | null }[]> {
  const rows = await allWards(db)
  // Before any list, those that somebody sorted into localities stand there alone, and are not all that there are.
  return rows.some(isLoaded) ? rows : cityWards(rows)
}

type WardRow = typeof wards.$inferSelect

const isLoaded = ({ authorityName }: WardRow) => authorityName !== null

function cityWards(sorted: WardRow[]) {
  return WARDS.map((ward) => ({
    ...ward,
    locality: sorted.find(({ code }) => code === ward.code)?.locality ?? null,
  })).sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

// A list of the whole country has thousands, which nobody could choose from.
const MOST_OFFERED = 400

const homeWards = prepared('wards.offered', (db) => {
  const sorted = db
    .select({ code: wards.authorityCode })
    .from(wards)
    .where(and(isNotNull(wards.locality), isNotNull(wards.authorityName)))
  return db
    .select()
    .from(wards)
    .where(and(isNotNull(wards.authorityName), or(inArray(wards.authorityCode, sorted), notExists(sorted))))
    .orderBy(sql`case when ${wards.authorityCode} = ${CITY_AUTHORITY} then 0 else 1 end`, asc(wards.name))
    .limit(MOST_OFFERED)
})

/**
 * The wards that a filter offers, by name: of the authorities whose wards are sorted into localities; before that of the
 * city, where the list has it, else all; and the city's own before any list was loaded.
 */
export async function listOfferedWards(db: Db): Promise<{ code: string; name: string }[]> {
  const rows = await homeWards(db)
  if (rows.length === 0) return cityWards([])
  const isSorted = rows.some(({ locality }) => locality !== null)
  const ofCity = isSorted ? [] : rows.filter(({ authorityCode }) => authorityCode === CITY_AUTHORITY)
  const offered = ofCity.length > 0 ? ofCity : rows
  const isOne = new Set(offered.map(({ authorityCode }) => authorityCode)).size === 1
  return offered
    .map(({ code, name, authorityName }) => ({ code, name: isOne ? name : `${name}, ${authorityName}` }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
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
