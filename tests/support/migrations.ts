import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a folder as drizzle-kit would, for tests about migrations themselves. */
export function writeMigrations(folder: string, migrations: { tag: string; when: number; sql: string }[]): string {
  mkdirSync(join(folder, 'meta'), { recursive: true })
  for (const { tag, sql } of migrations) writeFileSync(join(folder, `${tag}.sql`), sql)
  const entries = migrations.map(({ tag, when }, idx) => ({ idx, version: '6', when, tag, breakpoints: true }))
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', entries }))
  return folder
}
