import { type SQL, sql } from 'drizzle-orm'
import type { AnyColumn } from '../columns.ts'

/** Nothing open without an owner, a step and a day, and none of them left on what is closed. */
export function nextActionCheck(status: AnyColumn, openStatuses: SQL): SQL {
  const all = (what: string) =>
    ['next_owner_kind', 'next_owner_id', 'next_step', 'next_due_on']
      .map((column) => `${column} is ${what}`)
      .join(' and ')
  return sql`case when ${status} in (${openStatuses}) then ${sql.raw(all('not null'))} else ${sql.raw(all('null'))} end`
}
