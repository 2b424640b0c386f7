import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export interface Migration {
  tag: string
  /** The journal's time in milliseconds, by which drizzle remembers a migration. */
  when: number
  statements: string[]
  hash: string
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
