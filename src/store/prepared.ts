import { createHash } from 'node:crypto'
import { and, Column, eq, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { engine } from './columns.ts'
import type { Db } from './db.ts'

/**
 * A hot query, built once for each handle: `const byId = prepared('people.byId', (db) => db.select()…)`, then
 * `byId(tx, { id })`. Names are unique. Compare a Date or boolean column with sql.param(sql.placeholder('at'), column).
 */
export function prepared<Rows>(name: string, build: (db: Db) => Preparable<Rows>): Prepared<Rows> {
  // A Database has exactly two handles, read and tx, for its whole life, so this cannot grow.
  const ready = new WeakMap<Db, ReturnType<Preparable<Rows>['prepare']>>()
  return async (db, values) => {
    let query = ready.get(db)
    if (!query) {
      query = build(db).prepare(name)
      ready.set(db, query)
    }
    return query.execute(values)
  }
}

const SHAPES_KEPT = 200

/**
 * Hot queries of one kind and many shapes, such as a list with whatever filters are set: one is built for each shape, and
 * those asked for last are kept. Whatever is no placeholder has to be part of the key.
 */
export function preparedByShape<Shape, Rows>(
  name: string,
  keyOf: (shape: Shape) => string,
  build: (db: Db, shape: Shape) => Preparable<Rows>,
): (db: Db, shape: Shape, values?: Record<string, unknown>) => Promise<Rows> {
  const queries = new Map<string, Prepared<Rows>>()
  return (db, shape, values) => {
    const key = keyOf(shape)
    // PostgreSQL names statements in 63 characters.
    const unique = () => `${name}.${createHash('sha256').update(key).digest('hex').slice(0, 24)}`
    const query = queries.get(key) ?? prepared(unique(), (handle) => build(handle, shape))
    queries.delete(key)
    queries.set(key, query)
    const oldest = queries.size > SHAPES_KEPT ? queries.keys().next().value : undefined
    if (oldest !== undefined) queries.delete(oldest)
    return query(db, values)
  }
}

export type Prepared<Rows> = (db: Db, values?: Record<string, unknown>) => Promise<Rows>

interface Preparable<Rows> {
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Rows> }
}

/**
 * Whether a column holds one of a list that is given when the query runs: `oneOf(people.id, 'ids')`, then
 * `{ ids: listed(ids) }`. One query serves lists of every length.
 */
export function oneOf(column: Column, placeholder: string): SQL {
  const list = sql.placeholder(placeholder)
  return engine === 'postgres'
    ? sql`${column} = any(${list}::text[])`
    : sql`${column} in (select value from json_each(${list}))`
}

export const listed = (texts: readonly string[]): unknown => (engine === 'postgres' ? texts : JSON.stringify(texts))

type Row<T extends PgTable> = T['$inferInsert']

/**
 * Writes a row by a statement that is built once for its columns, and answers with it as it stands in the table now:
 * what was left out has its default, or nothing.
 */
export function inserting<T extends PgTable>(table: T): (tx: Db, row: Row<T>) => Promise<T['$inferSelect']> {
  const columns = Object.entries(getTableColumns(table))
  const write = prepared(`${getTableName(table)}.insert`, (db) =>
    db.insert(table).values(Object.fromEntries(columns.map(([name, column]) => [name, kept(name, column)])) as never),
  )
  const wholeOf = rowMaker(columns)
  return async (tx, row) => {
    const whole = wholeOf(row)
    await write(tx, whole)
    return whole as T['$inferSelect']
  }
}

/** Makes whole rows by a literal of all columns: names looked up one at a time cost more than the writing of the row. */
function rowMaker(columns: [string, Column][]): (row: object) => Record<string, unknown> {
  const parts = columns.map(([name, column], index) => {
    const key = JSON.stringify(name)
    return `${key}: row[${key}] ?? ${column.default === undefined ? 'null' : `defaults[${index}]`}`
  })
  const defaults = columns.map(([, column]) => column.default)
  return new Function('defaults', `return (row) => ({ ${parts.join(', ')} })`)(defaults) as ReturnType<typeof rowMaker>
}

/** A place for a value of this column, which may be null: the column itself could not encode that. */
export function kept(name: string, column: Column): SQL {
  if (column.mapToDriverValue === Column.prototype.mapToDriverValue) return sql`${sql.placeholder(name)}`
  const encoder = { mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)) }
  return sql`${sql.param(sql.placeholder(name), encoder)}`
}

type Versioned = PgTable & { id: PgColumn; version: PgColumn }

/**
 * Changes a row against the version that was read, by a statement that is built once for each set of columns; undefined
 * where somebody else was first.
 */
export function saving<T extends Versioned>(table: T) {
  const columns = getTableColumns(table) as Record<string, Column>
  const writes = new Map<string, Prepared<unknown[]>>()
  return async (tx: Db, read: { id: string; version: number }, changes: object) => {
    const changed = Object.entries(changes).filter(([, value]) => value !== undefined)
    const names = changed.map(([name]) => name)
    const key = names.join()
    const write = writes.get(key) ?? prepared(`${getTableName(table)}.save.${writes.size}`, build(names))
    writes.set(key, write)
    const values = {
      ...Object.fromEntries(changed),
      rowId: read.id,
      readVersion: read.version,
      version: read.version + 1,
    }
    const [saved] = await write(tx, values)
    return saved as T['$inferSelect'] | undefined
  }

  function build(names: string[]) {
    const set = [...names, 'version'].map((name) => [name, kept(name, columns[name] as Column)])
    const isAsRead = and(eq(table.id, sql.placeholder('rowId')), eq(table.version, sql.placeholder('readVersion')))
    return (db: Db) =>
      db.update(table).set(Object.fromEntries(set)).where(isAsRead).returning() as Preparable<unknown[]>
  }
}
