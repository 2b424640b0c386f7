import { and, asc, eq, like, sql } from 'drizzle-orm'
import { Refusal } from '../domain/refusal.ts'
import { type Db, inserting, listed, oneOf, prepared, saving } from './database.ts'
import { organisations, projects } from './schema.ts'

export type ProjectRow = typeof projects.$inferSelect

const byId = prepared('projects.byId', (db) =>
  db
    .select()
    .from(projects)
    .where(eq(projects.id, sql.placeholder('id'))),
)

export async function findProject(db: Db, id: string): Promise<ProjectRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

const byIds = prepared('projects.byIds', (db) => db.select().from(projects).where(oneOf(projects.id, 'ids')))

export async function getProjects(db: Db, ids: string[]): Promise<Map<string, ProjectRow>> {
  if (ids.length === 0) return new Map()
  const rows = await byIds(db, { ids: listed(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}

/** The directory by name with each project's provider; one project or one provider's where named. */
export async function listProjectRows(db: Db, of: { projectId?: string; providerOrganisationId?: string } = {}) {
  return db
    .select({
      project: projects,
      provider: { id: organisations.id, slug: organisations.slug, name: organisations.name },
    })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(
      and(
        eq(projects.isListed, true),
        of.projectId ? eq(projects.id, of.projectId) : undefined,
        of.providerOrganisationId ? eq(projects.providerOrganisationId, of.providerOrganisationId) : undefined,
      ),
    )
    .orderBy(asc(projects.name), asc(projects.id))
}

/** Every project of one provider by name, those that are not in the directory yet included. */
export async function listProjectsOf(db: Db, providerOrganisationId: string): Promise<ProjectRow[]> {
  return db
    .select()
    .from(projects)
    .where(eq(projects.providerOrganisationId, providerOrganisationId))
    .orderBy(asc(projects.name), asc(projects.id))
}

export const insertProject = inserting(projects)

/** The short names in use that begin like this one. */
export async function listSlugsLike(db: Db, slug: string): Promise<string[]> {
  const rows = await db
    .select({ slug: projects.slug })
    .from(projects)
    .where(like(projects.slug, `${slug}%`))
  return rows.map((row) => row.slug)
}

const save = saving(projects)

export type ProjectChanges = Partial<Omit<ProjectRow, 'id' | 'slug' | 'version' | 'providerOrganisationId'>>

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function saveProject(tx: Db, read: ProjectRow, changes: ProjectChanges): Promise<ProjectRow> {
  const saved = await save(tx, read, changes)
  if (!saved) throw new Refusal('changed-meanwhile', 'Somebody changed this project in the meantime. Look at it again.')
  return saved
}
