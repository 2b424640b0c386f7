import { asc, notInArray } from 'drizzle-orm'
import { NOT_TEAMS } from '../domain/organisation.ts'
import type { Db } from './database.ts'
import { organisations } from './schema.ts'

export async function listTeamRows(db: Db) {
  const { id, slug, name } = organisations
  return db
    .select({ id, slug, name })
    .from(organisations)
    .where(notInArray(organisations.kind, [...NOT_TEAMS]))
    .orderBy(asc(name))
}
