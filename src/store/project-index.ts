import { and, asc, eq, inArray, isNull, lt, max, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { RUNNING_STATUSES } from '../domain/directory.ts'
import { engine, int, table, text } from './columns.ts'
import type { Db } from './database.ts'
import { groups, locations, organisations, projectFacets, projects, projectTexts } from './schema.ts'

/** The full-text table of SQLite, which drizzle does not know of: PostgreSQL has an index on the texts instead. */
const projectIndex = table('project_index', {
  number: int('rowid').notNull(),
  title: text('title').notNull(),
  words: text('words').notNull(),
  body: text('body').notNull(),
})

/** What stands in the directory for everybody: listed, and running now or again later. */
export const isInDirectory = and(eq(projects.isListed, true), inArray(projects.status, [...RUNNING_STATUSES])) as SQL

// Every change of a project, a group or a place counts its version up, so another sum is another entry.
const stamp = sql<number>`(${projects.version} + coalesce((
  select sum(g.version + coalesce(l.version, 0)) from ${groups} g left join ${locations} l on l.id = g.location_id
  where g.project_id = ${projects.id}), 0))`.mapWith(Number)

/** What an entry is found by: its words, folded, and its facets. */
export interface ProjectTexts {
  title: string
  words: string
  body: string
  facets: string[]
}

/** Projects whose texts are missing, of another state or older than this, and those that have left the directory. */
export async function listProjectsToIndex(db: Db, indexedBefore: Date, limit: number): Promise<string[]> {
  const isDue = or(
    isNull(projectTexts.projectId),
    ne(projectTexts.stamp, stamp),
    lt(projectTexts.indexedAt, indexedBefore),
  )
  const hasLeft = sql`${projectTexts.projectId} is not null and ${not(isInDirectory)}`
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .leftJoin(projectTexts, eq(projectTexts.projectId, projects.id))
    .where(or(and(isInDirectory, isDue), hasLeft))
    .orderBy(asc(projects.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export type IndexedProject = Awaited<ReturnType<typeof readProjects>>[number]

async function readProjects(db: Db, ids: string[]) {
  const rows = await db
    .select({ project: projects, provider: organisations.name, stamp })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(and(inArray(projects.id, ids), isInDirectory))
  const ofThem = await db
    .select({ group: groups, place: locations })
    .from(groups)
    .leftJoin(locations, eq(locations.id, groups.locationId))
    .where(and(inArray(groups.projectId, ids), isNull(groups.cancelledAt)))
    .orderBy(asc(groups.name), asc(groups.id))
  return rows.map((row) => ({
    ...row,
    groups: ofThem.filter(({ group }) => group.projectId === row.project.id),
  }))
}

/** Writes anew what these projects are found by; one that is not in the directory is not found. */
export async function indexProjects(
  tx: Db,
  ids: string[],
  describe: (project: IndexedProject) => ProjectTexts,
  indexedAt: Date,
): Promise<void> {
  if (ids.length === 0) return
  const known = new Map(
    (
      await tx
        .select({ id: projectTexts.projectId, number: projectTexts.number })
        .from(projectTexts)
        .where(inArray(projectTexts.projectId, ids))
    ).map(({ id, number }) => [id, number]),
  )
  await remove(tx, ids, [...known.values()])
  const [last] = await tx.select({ number: max(projectTexts.number) }).from(projectTexts)
  let next = Math.max(last?.number ?? 0, ...known.values())
  for (const entry of await readProjects(tx, ids)) {
    const { facets, ...texts } = describe(entry)
    const number = known.get(entry.project.id) ?? ++next
    await tx
      .insert(projectTexts)
      .values({ projectId: entry.project.id, number, stamp: entry.stamp, indexedAt, ...texts })
    if (engine === 'sqlite') {
      // A number may have had a row before a backup was put back.
      await tx.delete(projectIndex).where(eq(projectIndex.number, number))
      await tx.insert(projectIndex).values({ number, ...texts })
    }
    if (facets.length > 0)
      await tx.insert(projectFacets).values(facets.map((facet) => ({ facet, projectId: entry.project.id })))
  }
}

async function remove(tx: Db, ids: string[], numbers: number[]): Promise<void> {
  await tx.delete(projectFacets).where(inArray(projectFacets.projectId, ids))
  await tx.delete(projectTexts).where(inArray(projectTexts.projectId, ids))
  if (engine === 'sqlite' && numbers.length > 0)
    await tx.delete(projectIndex).where(inArray(projectIndex.number, numbers))
}

// As in migration 0006, word for word: PostgreSQL uses an index on an expression for no other.
const DOCUMENT = sql.raw(
  `(setweight(to_tsvector('simple', "title"), 'A') || setweight(to_tsvector('simple', "words"), 'B') || setweight(to_tsvector('simple', "body"), 'D'))`,
)

/** Every word begins a word of the entry. What was typed is letters and digits by now, so it cannot be an operator. */
function matching(starts: string[]): SQL {
  if (engine === 'sqlite') return sql`project_index match ${starts.map((start) => `"${start}" *`).join(' AND ')}`
  return sql`${DOCUMENT} @@ to_tsquery('simple', ${starts.map((start) => `${start}:*`).join(' & ')})`
}

/** A table of the projects that hold all these words: `number` and `score`, the higher the better, in rough steps. */
export function hitsFor(starts: string[]): SQL {
  const found = matching(starts)
  if (engine === 'sqlite')
    return sql`(select rowid as number, round(-bm25(project_index, 10.0, 4.0, 1.0), 1) as score
      from project_index where ${found}) as hits`
  const query = starts.map((start) => `${start}:*`).join(' & ')
  return sql`(select number, round(ts_rank('{0.1, 0.1, 0.4, 1.0}', ${DOCUMENT},
    to_tsquery('simple', ${query}))::numeric, 2)::float8 as score from project_texts where ${found}) as hits`
}

/** True of a project that holds all these words. What has left the directory is found by none. */
export function isFoundBy(starts: string[]): SQL {
  const isHit =
    engine === 'sqlite'
      ? sql`${projectTexts.number} in (select rowid from project_index where ${matching(starts)})`
      : matching(starts)
  return sql`${projects.id} in (select ${projectTexts.projectId} from ${projectTexts} where ${isHit})`
}

/** How many entries have each facet, for what a filter offers. */
export async function countFacets(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .select({ facet: projectFacets.facet, count: sql<number>`count(*)`.mapWith(Number) })
    .from(projectFacets)
    .groupBy(projectFacets.facet)
  return new Map(rows.map(({ facet, count }) => [facet, count]))
}
