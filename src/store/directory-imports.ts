import { and, desc, eq, getTableColumns, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { ImportDeed } from '../domain/directory.ts'
import type { Db } from './database.ts'
import { listed, oneOf, prepared, saving } from './prepared.ts'
import { directoryImportLines, directoryImports, groups, locations, organisations, projects, users } from './schema.ts'

export type ImportRow = typeof directoryImports.$inferSelect
export type ImportLine = typeof directoryImportLines.$inferSelect

const LINES_AT_ONCE = 1000

export async function insertImport(tx: Db, row: ImportRow): Promise<void> {
  await tx.insert(directoryImports).values(row)
}

export async function saveImport(tx: Db, id: string, changes: Partial<ImportRow>): Promise<void> {
  await tx.update(directoryImports).set(changes).where(eq(directoryImports.id, id))
}

export async function insertImportLines(tx: Db, lines: ImportLine[]): Promise<void> {
  // No engine takes as many parameters as a full page of odd entries would have.
  for (let start = 0; start < lines.length; start += LINES_AT_ONCE)
    await tx.insert(directoryImportLines).values(lines.slice(start, start + LINES_AT_ONCE))
}

export async function findLatestImport(db: Db, source: string): Promise<ImportRow | undefined> {
  const [row] = await db
    .select()
    .from(directoryImports)
    .where(eq(directoryImports.source, source))
    .orderBy(desc(directoryImports.startedAt), desc(directoryImports.id))
    .limit(1)
  return row
}

const withStarter = (db: Db) =>
  db
    .select({ ...getTableColumns(directoryImports), startedByName: users.name })
    .from(directoryImports)
    .leftJoin(users, eq(users.id, directoryImports.startedBy))

export async function findImport(db: Db, id: string) {
  const [row] = await withStarter(db).where(eq(directoryImports.id, id))
  return row
}

/** Newest first, each with the name of whoever started it. */
export async function listImports(
  db: Db,
  { limit, after }: { limit: number; after?: { value: string; id: string } | undefined },
) {
  const { startedAt, id } = directoryImports
  return withStarter(db)
    .where(after && sql`(${startedAt}, ${id}) < (${sql.param(new Date(after.value), startedAt)}, ${after.id})`)
    .orderBy(desc(startedAt), desc(id))
    .limit(limit)
}

/** What an import did, in its order, after the line with this id; only such deeds where some are named. */
export async function listImportLines(
  db: Db,
  importId: string,
  { limit, after, deeds }: { limit: number; after?: string | undefined; deeds?: ImportDeed[] | undefined },
): Promise<ImportLine[]> {
  const { id, did } = directoryImportLines
  return db
    .select()
    .from(directoryImportLines)
    .where(
      and(eq(directoryImportLines.importId, importId), after ? gt(id, after) : undefined, deeds && inArray(did, deeds)),
    )
    .orderBy(id)
    .limit(limit)
}

// By one parameter, however many there are: a page of a feed may have a thousand entries with hundreds of groups each.
const knownOrganisations = prepared('imports.organisations', (db) =>
  db.select().from(organisations).where(oneOf(organisations.id, 'ids')),
)
const knownProjects = prepared('imports.projects', (db) => db.select().from(projects).where(oneOf(projects.id, 'ids')))
const knownLocations = prepared('imports.locations', (db) =>
  db.select().from(locations).where(oneOf(locations.id, 'ids')),
)
const knownGroups = prepared('imports.groups', (db) => db.select().from(groups).where(oneOf(groups.id, 'ids')))

/** Everything here that bears one of these ids, whoever keeps it: one query for each kind. */
export async function findKnown(
  tx: Db,
  ids: { organisations: string[]; projects: string[]; locations: string[]; groups: string[] },
) {
  const found = {
    organisations: await knownOrganisations(tx, { ids: listed(ids.organisations) }),
    projects: await knownProjects(tx, { ids: listed(ids.projects) }),
    locations: await knownLocations(tx, { ids: listed(ids.locations) }),
    groups: await knownGroups(tx, { ids: listed(ids.groups) }),
  }
  const known = found.projects.map(({ id }) => id)
  const others = await tx
    .select()
    .from(groups)
    .where(and(inArray(groups.projectId, known), isNull(groups.cancelledAt)))
  return { ...found, groups: [...new Map([...found.groups, ...others].map((row) => [row.id, row])).values()] }
}

export type OrganisationInsert = typeof organisations.$inferInsert
export type ProjectInsert = typeof projects.$inferInsert
export type LocationInsert = typeof locations.$inferInsert
export type GroupInsert = typeof groups.$inferInsert

export const insertReadOrganisation = (tx: Db, row: OrganisationInsert) => tx.insert(organisations).values(row)
export const insertReadProject = (tx: Db, row: ProjectInsert) => tx.insert(projects).values(row)
export const insertReadLocation = (tx: Db, row: LocationInsert) => tx.insert(locations).values(row)
export const insertReadGroup = (tx: Db, row: GroupInsert) => tx.insert(groups).values(row)

export async function changeReadOrganisation(tx: Db, id: string, changes: Partial<OrganisationInsert>): Promise<void> {
  await tx.update(organisations).set(changes).where(eq(organisations.id, id))
}

export const saveReadProject = saving(projects)
export const saveReadLocation = saving(locations)
export const saveReadGroup = saving(groups)

/** The ids of what was ever read from a feed, and whether it still counts as running. */
export async function listIdsOfFeed(db: Db, feed: string) {
  const rows = await db
    .select({ id: projects.id, status: projects.status })
    .from(projects)
    .where(eq(projects.feed, feed))
  return rows.map(({ id, status }) => ({ id, isRunning: status !== 'inactive' }))
}

export async function listProjectsById(tx: Db, ids: string[]) {
  return tx.select().from(projects).where(inArray(projects.id, ids))
}
