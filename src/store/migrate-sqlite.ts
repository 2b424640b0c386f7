import { renameSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Migration } from './migrate.ts'
import { pendingOf } from './migrate.ts'
import { createFile, openHandle } from './sqlite.ts'

// Drizzle's own migrator rebuilds tables inside a transaction in which foreign_keys = OFF means nothing: dropping the
// old table then deletes or refuses its children. So foreign keys go off before the transaction, and are proved after.
export async function migrateSqlite(file: string, migrations: Migration[]): Promise<{ applied: string[] }> {
  createFile(file)
  const db = openHandle(file)
  try {
    db.pragma('foreign_keys = OFF')
    // Another process that starts now waits here, and then finds nothing left to do.
    db.pragma('busy_timeout = 60000')
    db.exec('BEGIN IMMEDIATE')
    try {
      const pending = pendingOf(migrations, appliedTimes(db))
      const [first] = pending
      if (first && hasRows(db)) await backUp(file, `${file}.before-${first.tag}`)
      for (const migration of pending) apply(db, migration)
      if (first) prove(db)
      db.exec('COMMIT')
      return { applied: pending.map(({ tag }) => tag) }
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
  } finally {
    db.close()
  }
}

// Drizzle's own table and columns, so that its tools still understand the database.
function appliedTimes(db: Sqlite.Database): number[] {
  db.exec(
    'create table if not exists __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)',
  )
  return db.prepare<[], number>('select created_at from __drizzle_migrations').pluck().all()
}

function apply(db: Sqlite.Database, { tag, when, hash, statements }: Migration): void {
  const before = rowCounts(db)
  for (const statement of statements) db.exec(statement)
  const after = rowCounts(db)
  const losers = [...before].filter(([table, rows]) => (after.get(table) ?? 0) < rows).map(([table]) => table)
  const unexpected = losers.filter((table) => !admitsLoss(statements, table))
  if (unexpected.length > 0) {
    throw new Error(`Migration ${tag} would lose rows of ${unexpected}. Mean it? Say "-- loses rows: <table>" in it.`)
  }
  db.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(hash, when)
}

const admitsLoss = (statements: string[], table: string): boolean =>
  statements.some((statement) => statement.split('\n').some((line) => line.trim() === `-- loses rows: ${table}`))

function rowCounts(db: Sqlite.Database): Map<string, number> {
  const tables = db
    .prepare<[], string>(
      `select name from pragma_table_list where schema = 'main' and type = 'table'
       and name not like 'sqlite\\_%' escape '\\' and name <> '__drizzle_migrations'`,
    )
    .pluck()
    .all()
  const count = (table: string) => db.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0
  return new Map(tables.map((table) => [table, count(table)]))
}

const hasRows = (db: Sqlite.Database): boolean => [...rowCounts(db).values()].some((rows) => rows > 0)

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
