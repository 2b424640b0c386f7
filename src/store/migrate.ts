import { resolve } from 'node:path'
import { type Engine, engineOf } from './columns.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { readMigrations } from './migrations.ts'
import { fileOf } from './sqlite.ts'

// Two folders up is the root of the package from src/store and from dist/store alike.
const folderOf = (engine: Engine) => resolve(import.meta.dirname, '../../drizzle', engine)

/** Brings a database up to date, and says which migrations that took: all that were pending, or none and an error. */
export async function migrate(url: string, folder = folderOf(engineOf(url))): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder)
  const pending =
    engineOf(url) === 'postgres'
      ? await (await import('./migrate-postgres.ts')).migratePostgres(url, migrations)
      : await migrateSqlite(fileOf(url), migrations)
  return { applied: pending.map(({ tag }) => tag) }
}
