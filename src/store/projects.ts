import { and, asc, eq, sql } from 'drizzle-orm'
import { type Db, listed, oneOf, prepared } from './database.ts'
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
