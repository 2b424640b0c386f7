import { type SQL, sql } from 'drizzle-orm'
import { engine, int, table } from './columns.ts'
import { type Db, prepared } from './database.ts'
import { groups, locations, organisations, projectResponses, projects } from './schema.ts'

/** On SQLite triggers count here each change of a row that matching reads, whoever makes it (migration 0008). */
const stamps = table('directory_stamp', { number: int('number').notNull() })

const READ = [projects, groups, locations, organisations, projectResponses]

// PostgreSQL keeps with each row which transaction wrote it. What a transaction wrote can only become less, and a number
// comes never again, so the same writers of as many rows are the same rows.
const writersOf = (rows: (typeof READ)[number]): SQL =>
  sql`(select count(*) || ':' || coalesce(sum(hashtextextended(xmin::text, 0)), 0) from ${rows})`

const stampOf = prepared('directory.stamp', (db) =>
  engine === 'sqlite'
    ? db.select({ stamp: sql<string>`cast(${stamps.number} as text)` }).from(stamps)
    : db
        .select({ stamp: sql<string>`concat_ws(' ', ${sql.join(READ.map(writersOf), sql`, `)})` })
        .from(sql`(select 1) as one`),
)

/**
 * What the directory that matching reads is at this moment, as committed: as long as it stays the same, so do its rows, in
 * whichever process they were written. Undefined where it cannot be told. Who has which place is not part of it.
 * @param read a handle that reads committed data only: a transaction may yet be undone
 */
export async function directoryStamp(read: Db): Promise<string | undefined> {
  const [row] = await stampOf(read)
  return row?.stamp
}
