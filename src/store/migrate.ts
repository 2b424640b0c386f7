import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Engine, engineOf } from './columns.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { fileOf } from './sqlite.ts'

export interface Migration {
  tag: string
  /** The journal's time in milliseconds: what drizzle remembers a migration by. */
  when: number
  statements: string[]
  hash: string
}

// Two folders up is the root of the package from src/store and from dist/store alike.
const folderOf = (engine: Engine) => resolve(import.meta.dirname, '../../drizzle', engine)

/** Brings a database up to date, and says which migrations that took. All of them are applied, or none. */
export async function migrate(url: string, folder = folderOf(engineOf(url))): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder)
  return engineOf(url) === 'postgres' ? migratePostgres(url, migrations) : migrateSqlite(fileOf(url), migrations)
}

/** Reads a folder that drizzle-kit wrote. Its times must increase: a late-merged older migration would be skipped. */
export function readMigrations(folder: string): Migration[] {
  const journal = resolve(folder, 'meta/_journal.json')
  if (!existsSync(journal)) throw new Error(`There are no migrations in ${folder}: run npm run generate.`)
  const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string; when: number }[] }
  return entries.map(({ tag, when }, place) => {
    const before = entries[place - 1]
    if (before && before.when >= when) {
      throw new Error(`Migration ${tag} is not younger than ${before.tag} before it: generate it again.`)
    }
    const text = readFileSync(resolve(folder, `${tag}.sql`), 'utf8')
    const statements = text.split('--> statement-breakpoint').filter((statement) => statement.trim() !== '')
    return { tag, when, statements, hash: createHash('sha256').update(text).digest('hex') }
  })
}

/** The migrations that a database lacks, given the times of those it has. */
export function pendingOf(migrations: Migration[], appliedTimes: number[]): Migration[] {
  const latest = Math.max(0, ...appliedTimes)
  const pending = migrations.filter(({ when }) => !appliedTimes.includes(when))
  const late = pending.find(({ when }) => when < latest)
  if (late) throw new Error(`Migration ${late.tag} is older than what this database already has: generate it again.`)
  return pending
}
