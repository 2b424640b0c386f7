import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createFile, fileOf } from './sqlite.ts'

/** What a finished backup holds. */
export interface Backup {
  file: string
  bytes: number
  /** Where the audit chain stands in the copy: null where nothing was sealed yet. */
  head: { sequence: number; seal: string } | null
}

/** Copies a SQLite database while it is in use, proves the copy, and only then gives it its name. */
export async function backUpSqlite(databaseUrl: string, target: string): Promise<Backup> {
  const source = fileOf(databaseUrl)
  const file = resolve(target)
  if (file === source) throw new Error('A backup cannot take the place of the database itself.')
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  createFile(partial)
  const database = new Sqlite(source, { readonly: true, fileMustExist: true })
  try {
    await database.backup(partial)
    const head = prove(partial)
    flush(partial)
    renameSync(partial, file)
    return { file, bytes: statSync(file).size, head }
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  } finally {
    database.close()
  }
}

function prove(file: string): Backup['head'] {
  const copy = new Sqlite(file)
  try {
    // One file, not three: a backup is carried about.
    copy.pragma('journal_mode = DELETE')
    const verdict = copy.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`The copy failed its integrity check: ${verdict}`)
    const last = 'select sequence, seal from audit_rows where sequence is not null order by sequence desc limit 1'
    return copy.prepare<[], { sequence: number; seal: string }>(last).get() ?? null
  } finally {
    copy.close()
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
