import { and, asc, count, eq, exists, gte, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { jsonArrayContains, someEntry } from './columns.ts'
import type { Db } from './database.ts'
import { isFoundBy } from './project-index.ts'
import { groups, locations, organisations, postcodes, projects } from './schema.ts'

/** What the public may ask of the directory; everything that is given must hold. */
export interface ListingFilter {
  /** How words of an entry begin, as the directory's own search has them: all of them are in it. */
  starts?: string[] | undefined
  need?: string | undefined
  access?: string | undefined
  /** Has a rule of this kind. */
  rule?: string | undefined
  /** Says anything at all of this. */
  says?: 'needs' | 'access' | 'rules' | undefined
  minimumAge?: number | undefined
  maximumAge?: number | undefined
  /** Of one and the same regular time: not before, not after (HH:MM), and on this weekday, from Monday, 1. */
  startsFrom?: string | undefined
  endsBy?: string | undefined
  weekday?: number | undefined
  organisationId?: string | undefined
  changedSince?: Date | undefined
  near?: { latitude: number; longitude: number; metres: number } | undefined
}

export interface PageWanted {
  limit: number
  offset: number
}

const METRES_PER_DEGREE = 111_320

const provider = eq(organisations.id, projects.providerOrganisationId)
const groupsRun = isNull(groups.cancelledAt)

function projectConditions(filter: ListingFilter): (SQL | undefined)[] {
  const { starts = [], minimumAge, maximumAge, changedSince } = filter
  const lists = { needs: projects.needs, access: projects.access, rules: projects.rules }
  const age = (limit: 'min' | 'max', holds: (of: SQL) => SQL) =>
    someEntry(projects.rules, (field) => and(sql`${field('rule', 'text')} = 'age'`, holds(field(limit, 'number'))))
  return [
    eq(projects.isListed, true),
    starts.length > 0 ? isFoundBy(starts) : undefined,
    filter.need ? jsonArrayContains(projects.needs, filter.need) : undefined,
    filter.access ? jsonArrayContains(projects.access, filter.access) : undefined,
    filter.rule ? someEntry(projects.rules, (field) => sql`${field('rule', 'text')} = ${filter.rule}`) : undefined,
    filter.says ? someEntry(lists[filter.says], () => sql`1 = 1`) : undefined,
    minimumAge === undefined ? undefined : age('min', (min) => sql`${min} >= ${minimumAge}`),
    maximumAge === undefined ? undefined : age('max', (max) => sql`${max} <= ${maximumAge}`),
    filter.organisationId ? eq(projects.providerOrganisationId, filter.organisationId) : undefined,
    changedSince ? gte(projects.changedAt, changedSince) : undefined,
  ]
}

function meets({ startsFrom, endsBy, weekday }: ListingFilter): SQL | undefined {
  if (startsFrom === undefined && endsBy === undefined && weekday === undefined) return undefined
  return someEntry(groups.times, (field) =>
    and(
      startsFrom === undefined ? undefined : sql`${field('opensAt', 'text')} >= ${startsFrom}`,
      endsBy === undefined ? undefined : sql`${field('closesAt', 'text')} <= ${endsBy}`,
      weekday === undefined ? undefined : sql`${field('weekday', 'number')} = ${weekday}`,
    ),
  )
}

/** On a plane that touches the earth at the point: within a city it differs from the sphere by less than a step. */
function isNear({ near }: ListingFilter): SQL | undefined {
  if (!near) return undefined
  const perDegreeEast = METRES_PER_DEGREE * Math.cos((near.latitude * Math.PI) / 180)
  const north = sql`((coalesce(${locations.latitude}, ${postcodes.latitude}) - ${near.latitude}) * ${METRES_PER_DEGREE})`
  const east = sql`((coalesce(${locations.longitude}, ${postcodes.longitude}) - ${near.longitude}) * ${perDegreeEast})`
  return sql`${north} * ${north} + ${east} * ${east} <= ${near.metres * near.metres}`
}

/** Listed projects that a filter lets through, in the order of their ids, and how many there are in all. */
export async function listListedProjects(db: Db, filter: ListingFilter, { limit, offset }: PageWanted) {
  const time = meets(filter)
  const atThatTime = time
    ? exists(
        db
          .select({ one: sql`1` })
          .from(groups)
          .where(and(eq(groups.projectId, projects.id), groupsRun, time)),
      )
    : undefined
  const where = and(...projectConditions(filter), atThatTime)
  const rows = await db
    .select({ project: projects, organisation: organisations })
    .from(projects)
    .innerJoin(organisations, provider)
    .where(where)
    .orderBy(asc(projects.id))
    .limit(limit)
    .offset(offset)
  const [all] = await db.select({ total: count() }).from(projects).innerJoin(organisations, provider).where(where)
  return { rows, total: all?.total ?? 0 }
}

/** The groups of listed projects that a filter lets through, each with its project, in the order of their ids. */
export async function listListedGroups(db: Db, filter: ListingFilter, { limit, offset }: PageWanted) {
  const where = and(...projectConditions(filter), groupsRun, meets(filter), isNear(filter))
  const rows = await db
    .select({ group: groups, project: projects, organisation: organisations })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .innerJoin(organisations, provider)
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .leftJoin(postcodes, eq(postcodes.postcode, locations.postcode))
    .where(where)
    .orderBy(asc(groups.id))
    .limit(limit)
    .offset(offset)
  const [all] = await db
    .select({ total: count() })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .innerJoin(organisations, provider)
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .leftJoin(postcodes, eq(postcodes.postcode, locations.postcode))
    .where(where)
  return { rows, total: all?.total ?? 0 }
}

export async function findListedProject(db: Db, id: string) {
  const [row] = await db
    .select({ project: projects, organisation: organisations })
    .from(projects)
    .innerJoin(organisations, provider)
    .where(and(eq(projects.id, id), eq(projects.isListed, true)))
  return row
}

export async function findListedGroup(db: Db, id: string) {
  const [row] = await db
    .select({ group: groups, project: projects, organisation: organisations })
    .from(groups)
    .innerJoin(projects, eq(projects.id, groups.projectId))
    .innerJoin(organisations, provider)
    .where(and(eq(groups.id, id), eq(projects.isListed, true), groupsRun))
  return row
}

/** The groups of some projects that still meet, in the order of their ids. */
export async function listGroupsOfProjects(db: Db, projectIds: string[]) {
  if (projectIds.length === 0) return []
  return db
    .select()
    .from(groups)
    .where(and(inArray(groups.projectId, projectIds), groupsRun))
    .orderBy(asc(groups.id))
}

export type LocationRow = typeof locations.$inferSelect

export async function getLocations(db: Db, ids: string[]): Promise<Map<string, LocationRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select()
    .from(locations)
    .where(inArray(locations.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, row]))
}

/** Where a postcode lies; undefined where it is not in the list, `isLoaded` false where no list was loaded at all. */
export async function findCentroid(db: Db, postcode: string) {
  const { latitude, longitude } = postcodes
  const [row] = await db.select({ latitude, longitude }).from(postcodes).where(eq(postcodes.postcode, postcode))
  if (row?.latitude != null && row.longitude != null)
    return { isLoaded: true, point: { latitude: row.latitude, longitude: row.longitude } }
  const [any] = await db.select({ postcode: postcodes.postcode }).from(postcodes).limit(1)
  return { isLoaded: any !== undefined, point: null }
}
