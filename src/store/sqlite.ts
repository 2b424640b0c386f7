import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Database, Db } from './db.ts'
import { RetryWrite } from './failures.ts'
import { GroupCommit } from './group-commit.ts'
import { type Compiled, type Query, SqliteQuery } from './sqlite-query.ts'
import { OneAtATime, persist, type Unit, Units } from './unit.ts'

// synchronous FULL: at NORMAL, WAL's usual companion, a power cut loses commits that were already acknowledged.
const PRAGMAS = [
  ['busy_timeout', '5000', 5000],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
] as const

/** The path in 'file:./data/trellis.db', 'file:///srv/trellis.db' or plain './data/trellis.db'. */
export function fileOf(url: string): string {
  const file = /^file:\/\//.test(url) ? fileURLToPath(url) : url.replace(/^(file|sqlite):/, '')
  // Readers have a handle of their own, which could not see into another handle's memory.
  if (file === '' || file === ':memory:') throw new Error('DATABASE_URL must name a SQLite file, not memory.')
  return resolve(file)
}

/** A connection whose settings are proved, or an error: it would rather not run than lose or corrupt a referral. */
export function openHandle(file: string, options: Sqlite.Options = {}): Sqlite.Database {
  const handle = new Sqlite(file, options)
  try {
    for (const [name, value] of PRAGMAS) handle.pragma(`${name} = ${value}`)
    for (const [name, value, expected] of PRAGMAS) {
      const found = handle.pragma(name, { simple: true })
      if (found !== expected) throw new Error(`SQLite would not set ${name} to ${value} on ${file}: it is ${found}.`)
    }
    return handle
  } catch (error) {
    handle.close()
    throw error
  }
}

/** Creates the file, and the folder it is in, for the eyes of this user only. */
export function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

// A power cut in the middle costs the whole file, which is thrown away; the close below puts it on disk.
const WHILE_FILLING = ['synchronous = OFF', 'cache_size = -400000', 'wal_autocheckpoint = 50000']

/** @param isFilling an empty database is filled in one go, and is worth nothing until it is closed */
export function openSqlite(file: string, { isFilling = false } = {}): Database {
  createFile(file)
  const writer = openHandle(file)
  if (isFilling) for (const pragma of WHILE_FILLING) writer.pragma(pragma)
  // Only BEGIN IMMEDIATE can find the file locked, and SQLite waits with the event loop stopped: wait outside instead.
  writer.pragma('busy_timeout = 25')
  // Copied into the file less often, what many units changed is copied once; at most 32 MB wait beside it.
  writer.pragma('wal_autocheckpoint = 8000')
  // What each unit's savepoint may have to put back is kept here, or every page it changes is first copied to a file.
  writer.pragma('temp_store = MEMORY')
  const reader = openHandle(file, { readonly: true })
  // Half the usual: each commit of the writer empties it, and the machine has the file in its own memory.
  reader.pragma('cache_size = -8000')
  const units = new Units(new OneAtATime<Unit>())
  const tally = { units: 0, commits: 0, retries: 0 }
  const queue = new GroupCommit(writer, units, tally)

  const read = speak(reader, (run) => {
    units.refuseInside('read')
    return run()
  })
  const tx = speak(writer, (run) => {
    const unit = units.current()
    try {
      return run()
    } catch (error) {
      unit.failure ??= error
      throw error
    }
  })

  function isPassing(error: unknown): boolean {
    const passing = error instanceof RetryWrite
    if (passing) tally.retries++
    return passing
  }

  return {
    engine: 'sqlite',
    read,
    tally,
    async write(body) {
      units.refuseInside('write')
      return persist(() => queue.run(() => body(tx)), { isPassing, patienceMs: 10_000, longestPauseMs: 50 })
    },
    async close() {
      await queue.close()
      if (isFilling) writer.pragma('synchronous = FULL')
      // The last connection to close folds the WAL into the file, and only a writer can.
      reader.close()
      writer.close()
    },
  }
}

type Guard = <T>(run: () => T) => T

const STATEMENTS_KEPT = 500

/** The part of drizzle that hands over what it built. */
interface Session {
  prepareQuery: Prepare
  prepareOneTimeQuery: Prepare
}
type Prepare = (query: Query, fields: Fields, method: 'run' | 'all' | 'get') => SqliteQuery
type Fields = ConstructorParameters<typeof SqliteQuery>[2]['fields']

// Compiling a statement costs more than running most of them, so the latest are kept; and each asks the guard before it
// runs.
function speak(handle: Sqlite.Database, guard: Guard): Db {
  const kept = new Map<string, Compiled>()

  function compile(text: string): Compiled {
    const statement = handle.prepare(text)
    // Drizzle always reads rows as arrays.
    if (statement.reader) statement.raw()
    return {
      all: (values) => guard(() => statement.all(values) as unknown[][]),
      run: (values) => guard(() => statement.run(values)),
    }
  }

  function prepare(text: string): Compiled {
    const statement = kept.get(text) ?? guard(() => compile(text))
    kept.delete(text)
    kept.set(text, statement)
    const oldest = kept.size > STATEMENTS_KEPT ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    return statement
  }

  const db = drizzle({ client: handle })
  const session = (db as unknown as { session: Session }).session
  const ready =
    (isKept: boolean): Prepare =>
    (built, fields, method) => {
      const query = withLimit(built)
      return new SqliteQuery(prepare(query.sql), query, { fields, method, isKept })
    }
  session.prepareQuery = ready(true)
  session.prepareOneTimeQuery = ready(false)
  return db as unknown as Db
}

/** SQLite plans a statement anew whenever a LIMIT is bound to it, so that is written into its text. */
function withLimit(query: Query): Query {
  const { sql, params } = query
  const limit = params.at(-1)
  if (!sql.endsWith(' limit ?') || typeof limit !== 'number') return query
  return { sql: sql.slice(0, -1) + limit, params: params.slice(0, -1) }
}
