import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { searchDirectory } from '../../src/actions/directory/search-directory.ts'
import type { DirectoryFilter } from '../../src/domain/directory-filter.ts'
import { engine } from '../../src/store/columns.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { directoryStamp } from '../../src/store/directory-stamp.ts'
import { countOffered } from '../../src/store/matching.ts'
import { fileOf } from '../../src/store/sqlite.ts'
import { freshUrl } from '../support/database.ts'
import { testContext } from '../support/small-city.ts'

const EVERYTHING: DirectoryFilter = {
  q: 'gardening together',
  need: 'loneliness',
  ward: 'E05015490',
  day: 2,
  language: 'pl',
  access: ['step_free', 'quiet_space'],
  free: true,
  self: true,
  room: true,
}

interface Asked {
  text: string
  values: unknown[]
}

/** What the database is asked meanwhile. Only listens: nothing is changed on its way. */
async function statementsOf(url: string, run: (db: Database) => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = []
  if (engine === 'postgres') {
    const spy = vi.spyOn(pg.Pool.prototype, 'query') as unknown as { mock: { calls: [{ text: string }, unknown[]][] } }
    await using(url, run)
    for (const [{ text }, values] of spy.mock.calls) asked.push({ text, values })
  } else {
    const spy = vi.spyOn(Sqlite.prototype, 'prepare')
    await using(url, run)
    for (const [text] of spy.mock.calls) asked.push({ text, values: Array(text.split('?').length - 1).fill(null) })
  }
  vi.restoreAllMocks()
  return asked.filter(({ text }) => /^select/i.test(text ?? ''))
}

async function using(url: string, run: (db: Database) => Promise<unknown>): Promise<void> {
  const db = await openDatabase(url)
  try {
    await run(db)
  } finally {
    await db.close()
  }
}

async function planOf(url: string, { text, values }: Asked): Promise<string> {
  if (engine === 'sqlite') {
    const db = new Sqlite(fileOf(url), { readonly: true })
    const rows = db.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
    db.close()
    return rows.map(({ detail }) => detail).join('\n')
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Of an empty table PostgreSQL reads the whole: asked not to, it shows whether it could do otherwise.
  await client.query('set enable_seqscan = off')
  const { rows } = await client.query(`explain ${text}`, values)
  await client.end()
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

const WHOLE = engine === 'sqlite' ? /^SCAN (project_texts|project_facets|placements|groups)\b/m : /Seq Scan/

const searching = (filter: DirectoryFilter) => (db: Database) => searchDirectory(testContext(db).context, filter)

test('words are looked for in their index', async () => {
  const url = await freshUrl()
  const asked = await statementsOf(url, searching({ q: 'gardening together' }))
  const searches = asked.filter(({ text }) => text.includes('hits'))
  // The page, and how many there are in all.
  expect(searches).toHaveLength(2)
  for (const search of searches) {
    const plan = await planOf(url, search)
    expect(plan).toMatch(engine === 'sqlite' ? /project_index VIRTUAL TABLE INDEX \d+:M/ : /project_texts_search/)
    expect(plan).not.toMatch(WHOLE)
  }
})

test.each([
  ['with words', EVERYTHING],
  ['without', { ...EVERYTHING, q: undefined }],
])('every filter of the directory is an index, %s', async (_, filter) => {
  const url = await freshUrl()
  const asked = await statementsOf(url, searching(filter))
  const searches = asked.filter(({ text }) => text.includes('from "projects"'))
  expect(searches.length).toBeGreaterThan(1)
  for (const search of searches) {
    const plan = await planOf(url, search)
    expect(plan).toMatch(/project_facets\w* .*USING COVERING INDEX|on project_facets_facet_project_id_pk/)
    expect(plan).not.toMatch(WHOLE)
  }
})

test('who has which place is counted from an index that holds nobody else', async () => {
  const url = await freshUrl()
  const [counting] = await statementsOf(url, (db) => countOffered(db.read, [], new Date()))
  const plan = await planOf(url, counting ?? { text: '', values: [] })
  expect(plan).toMatch(/placements_places/)
  if (engine === 'sqlite') expect(plan).toBe('SEARCH placements USING COVERING INDEX placements_places (status=?)')
})

test.runIf(engine === 'sqlite')('whether the directory has changed is one number', async () => {
  const url = await freshUrl()
  const [stamp] = await statementsOf(url, (db) => directoryStamp(db.read))
  expect(await planOf(url, stamp ?? { text: '', values: [] })).toBe('SCAN directory_stamp')
})
