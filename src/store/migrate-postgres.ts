import pg from 'pg'
import { type Migration, pendingOf } from './migrations.ts'

// Any number will do, as long as every Trellis process takes the same one.
const LOCK = 7_387_355

// Drizzle's own schema, table and columns, so that its tools still understand the database.
const JOURNAL = `create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`

export async function migratePostgres(url: string, migrations: Migration[]): Promise<Migration[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'trellis migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    // Another process that starts now waits here, and then finds nothing left to do.
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await client.query(JOURNAL)
    const { rows } = await client.query<{ created_at: string }>('select created_at from drizzle.__drizzle_migrations')
    const pending = pendingOf(
      migrations,
      rows.map(({ created_at }) => Number(created_at)),
    )
    for (const { statements, hash, when } of pending) {
      for (const statement of statements) await client.query(statement)
      await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [hash, when])
    }
    await client.query('commit')
    return pending
  } finally {
    // Ending the connection rolls back whatever was not committed.
    await client.end()
  }
}
