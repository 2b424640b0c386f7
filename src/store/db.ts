import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Engine } from './columns.ts'

/** What a query may be built from: the part of drizzle that means the same on both engines. */
export type Db = Pick<
  NodePgDatabase<Record<string, never>>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$with' | 'with' | '$count'
>

export interface Database {
  readonly engine: Engine
  /** Committed data only; it refuses to write. */
  readonly read: Db
  /**
   * Runs the body as one transaction that nothing else can interleave with, and answers once it is on disk. The body may
   * run more than once and must await nothing but its tx. A failed statement fails the whole unit, caught or not.
   */
  write<T>(body: (tx: Db) => Promise<T>): Promise<T>
  /** What has happened since the start, for the metrics page. */
  readonly tally: Readonly<Tally>
  close(): Promise<void>
}

/** SQLite shares one commit among the units that wait together, so it counts fewer commits than units. */
export interface Tally {
  units: number
  commits: number
  retries: number
}

/**
 * A hot query, built once for each handle: `const byId = prepared('people.byId', (db) => db.select()…)`, then
 * `byId(tx, { id })`. Names are unique. Compare a Date or boolean column with sql.param(sql.placeholder('at'), column).
 */
export function prepared<Rows>(name: string, build: (db: Db) => Preparable<Rows>): Prepared<Rows> {
  // A Database has exactly two handles, read and tx, for its whole life, so this cannot grow.
  const ready = new WeakMap<Db, ReturnType<Preparable<Rows>['prepare']>>()
  return async (db, values) => {
    const query = ready.get(db) ?? build(db).prepare(name)
    ready.set(db, query)
    return query.execute(values)
  }
}

export type Prepared<Rows> = (db: Db, values?: Record<string, unknown>) => Promise<Rows>

interface Preparable<Rows> {
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Rows> }
}
