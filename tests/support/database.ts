import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'
import { engine } from '../../src/store/columns.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'

/** A migrated, empty database for this test alone, on the engine of the project; it goes when the test ends. */
export async function freshDatabase(migrations?: string): Promise<Database> {
  const database = await openDatabase(await freshUrl(migrations))
  // Last in, first out: it is closed before it is removed.
  onTestFinished(() => database.close())
  return database
}

/** The address of such a database, for tests that open it themselves or more than once. */
export const freshUrl = (migrations?: string): Promise<string> =>
  engine === 'postgres' ? freshPostgres(migrations) : freshSqlite(migrations)

/** The address of a database with nothing in it, not even tables. */
export async function emptyUrl(): Promise<string> {
  return engine === 'postgres' ? createPostgres('template0') : join(freshFolder(), 'trellis.db')
}

/** A folder that goes when the test ends. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// Migrated once for each worker and folder of migrations, then copied: a copy takes a tenth of the time.
const templates = new Map<string, Promise<unknown>>()

function template<T>(migrations: string | undefined, make: () => Promise<T>): Promise<T> {
  const key = migrations ?? ''
  const made = (templates.get(key) as Promise<T> | undefined) ?? make()
  templates.set(key, made)
  return made
}

async function freshSqlite(migrations: string | undefined): Promise<string> {
  const bytes = await template(migrations, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-template-'))
    const file = join(folder, 'trellis.db')
    try {
      await migrate(file, migrations)
      return readFileSync(file)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  const file = join(freshFolder(), 'trellis.db')
  writeFileSync(file, bytes)
  return file
}

let made = 0
const freshName = (kind: string) => `${kind}_${process.pid}_${++made}`

async function freshPostgres(migrations: string | undefined): Promise<string> {
  const original = await template(migrations, async () => {
    const name = freshName('template')
    await administer(`create database ${name}`)
    await migrate(addressOf(name), migrations)
    return name
  })
  return createPostgres(original)
}

async function createPostgres(original: string): Promise<string> {
  const name = freshName('test')
  await administer(`create database ${name} template ${original} strategy file_copy`)
  onTestFinished(() => administer(`drop database ${name} with (force)`))
  return addressOf(name)
}

function addressOf(name: string): string {
  const address = new URL(inject('postgres'))
  address.pathname = name
  return address.href
}

let administrator: Promise<pg.Client> | undefined

async function administer(statement: string): Promise<void> {
  administrator ??= (async () => {
    const client = new pg.Client({ connectionString: inject('postgres') })
    // The server may stop before this worker does.
    client.on('error', () => {})
    await client.connect()
    return client
  })()
  await (await administrator).query(statement)
}
