import { renameSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { isContention } from './failures.ts'
import { type Migration, pendingOf } from './migrations.ts'
import { createFile, openHandle } from './sqlite.ts'
import { persist } from './unit.ts'

// Drizzle's own migrator rebuilds tables inside a transaction in which foreign_keys = OFF means nothing: dropping the
// old table then deletes its children, or fails. So foreign keys go off before the transaction, and are proved after.
export async function migrateSqlite(file: string, migrations: Migration[]): Promise<Migration[]> {
  createFile(file)
  const patience = { isPassing: isContention, patienceMs: 60_000, longestPauseMs: 200 }
  // Two processes that create the file together get in each other's way even here.
  const db = await persist(() => openHandle(file), patience)
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('busy_timeout = 25')
    // Another process that starts now waits here, and then finds nothing left to do.
    await persist(() => db.exec('BEGIN IMMEDIATE'), patience)
    const pending = pendingOf(migrations, appliedTimes(db))
    const [first] = pending
    if (first && hasRows(db)) await backUp(file, `${file}.before-${first.tag}`)
    for (const migration of pending) apply(db, migration)
    if (first) prove(db)
    db.exec('COMMIT')
    return pending
  } finally {
    // Closing rolls back whatever was not committed.
    db.close()
  }
}

// Drizzle's own table and columns, so that its tools still understand the database.
function appliedTimes(db: Sqlite.Database): number[] {
  db.exec(`create table if not exists __drizzle_migrations
    (id integer primary key, hash text not null, created_at numeric)`)
  return db.prepare<[], number>('select created_at from __drizzle_migrations').pluck().all()
}

function apply(db: Sqlite.Database, { tag, when, hash, statements }: Migration): void {
  const before = inventory(db)
  for (const statement of statements) db.exec(statement)
  const after = inventory(db)
  const isMeant = (thing: string) =>
    statements.some((statement) => statement.split('\n').some((line) => line.trim() === `-- loses: ${thing}`))
  for (const [thing, count] of before) {
    const left = after.get(thing) ?? 0
    if (left >= count || isMeant(thing)) continue
    throw new Error(`Migration ${tag} would leave ${left} of ${count} in ${thing}. If meant, add "-- loses: ${thing}".`)
  }
  db.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, when)
}

/** Rows by table; and each trigger counts as one, because rebuilding a table drops its triggers in silence. */
function inventory(db: Sqlite.Database): Map<string, number> {
  const things = db
    .prepare<[], { name: string; type: string }>(
      `select name, type from pragma_table_list where schema = 'main' and type = 'table'
         and name not like 'sqlite\\_%' escape '\\' and name <> '__drizzle_migrations'
       union all select name, type from sqlite_schema where type = 'trigger'`,
    )
    .all()
  const rows = (table: string) => db.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0
  return new Map(things.map(({ name, type }) => [name, type === 'trigger' ? 1 : rows(name)]))
}

const hasRows = (db: Sqlite.Database): boolean => [...inventory(db).values()].some((count) => count > 0)

// A second connection sees the last committed state, which our lock keeps anyone from changing meanwhile.
async function backUp(file: string, copy: string): Promise<void> {
  const source = new Sqlite(file, { readonly: true })
  const partial = `${copy}.partial`
  try {
    rmSync(partial, { force: true })
    createFile(partial)
    await source.backup(partial)
    renameSync(partial, copy)
  } finally {
    source.close()
  }
}

function prove(db: Sqlite.Database): void {
  const orphans = db.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [orphan] = orphans
  if (orphan) throw new Error(`${orphans.length} rows would lose their parent: ${orphan.table} → ${orphan.parent}.`)
  const verdict = db.pragma('integrity_check', { simple: true })
  if (verdict !== 'ok') throw new Error(`The database would fail its integrity check: ${verdict}`)
}
