import { asc, notInArray } from 'drizzle-orm'
import type { Db } from './database.ts'
import { organisations } from './schema.ts'

// They look after the service or its figures, and support nobody themselves.
const NOT_TEAMS = ['commissioner', 'operator'] as const

export async function listTeamRows(db: Db) {
  const { id, slug, name } = organisations
  return db
    .select({ id, slug, name })
    .from(organisations)
    .where(notInArray(organisations.kind, [...NOT_TEAMS]))
    .orderBy(asc(name))
}
