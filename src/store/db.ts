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
