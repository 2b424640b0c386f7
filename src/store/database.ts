import { engine, engineOf } from './columns.ts'
import type { Database } from './db.ts'
import { fileOf, openSqlite } from './sqlite.ts'

export * from './db.ts'
export * from './prepared.ts'

/**
 * Opens postgres://… or a SQLite file. The file or database must have been migrated already.
 * @param isFilling for the demonstration: faster, and of no worth until it is closed
 */
export async function openDatabase(url: string, { isFilling = false } = {}): Promise<Database> {
  if (engineOf(url) !== engine) {
    throw new Error(`The tables were made for ${engine} at start, but this database is ${engineOf(url)}.`)
  }
  // Whoever keeps the records in a file does not wait at start for a driver that nothing uses.
  if (engine === 'postgres') return (await import('./postgres.ts')).openPostgres(url)
  return openSqlite(fileOf(url), { isFilling })
}
