import { eq, inArray } from 'drizzle-orm'
import { type Db, prepared } from './database.ts'
import { organisations } from './schema.ts'

export type OrganisationRow = typeof organisations.$inferSelect

const defaultService = prepared('organisations.defaultService', (db) =>
  db.select().from(organisations).where(eq(organisations.isDefaultService, true)).limit(1),
)

/** The navigation service that receives what nobody else's patch or network claims. */
export async function getDefaultService(db: Db): Promise<OrganisationRow> {
  const [row] = await defaultService(db)
  if (!row) throw new Error('No organisation is set as the default navigation service.')
  return row
}

export async function getOrganisations(db: Db, ids: string[]): Promise<Map<string, OrganisationRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db.select().from(organisations).where(inArray(organisations.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}

export async function findOrganisationBySlug(db: Db, slug: string): Promise<OrganisationRow | undefined> {
  const [row] = await db.select().from(organisations).where(eq(organisations.slug, slug))
  return row
}
