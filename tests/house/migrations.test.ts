import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { filesUnder, readText } from './files.ts'
import { driftFaults, engineFaults, type Journal, journalFaults, type Tables } from './migrations.ts'

const ENGINES = ['sqlite', 'postgres'] as const
type Engine = (typeof ENGINES)[number]

const run = promisify(execFile)

async function schemaOf(engine: Engine): Promise<Tables> {
  const script = join(import.meta.dirname, 'print-schema.ts')
  const env = { ...process.env, ENGINE: engine, NODE_OPTIONS: '' }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], { env, maxBuffer: 16 * 1024 * 1024 })
  return JSON.parse(stdout) as Tables
}

function journalOf(engine: Engine): Journal {
  return JSON.parse(readText(`drizzle/${engine}/meta/_journal.json`)) as Journal
}

function newestState(engine: Engine): Tables {
  const place = String(journalOf(engine).entries.length - 1).padStart(4, '0')
  return (JSON.parse(readText(`drizzle/${engine}/meta/${place}_snapshot.json`)) as { tables: Tables }).tables
}

describe('the migrations of both engines', () => {
  // Two processes at once, each of which loads drizzle-kit: seconds on a busy machine.
  test('leave nothing to generate', { timeout: 60_000 }, async () => {
    const schemas = await Promise.all(ENGINES.map(schemaOf))
    for (const [index, engine] of ENGINES.entries()) {
      const schema = schemas[index] ?? {}
      expect(Object.keys(schema).length, engine).toBeGreaterThan(15)
      expect(driftFaults(schema, newestState(engine)), engine).toEqual([])
    }
  })

  test('describe the same tables and columns', () => {
    expect(engineFaults(newestState('sqlite'), newestState('postgres'))).toEqual([])
    const tags = (engine: Engine) => journalOf(engine).entries.map(({ tag }) => tag)
    expect(tags('postgres')).toEqual(tags('sqlite'))
  })

  test.each(ENGINES)('%s: the journal names every file, and its times increase', (engine) => {
    const files = filesUnder(`drizzle/${engine}`, '.sql').map(({ path }) => path.slice(`drizzle/${engine}/`.length))
    expect(journalFaults(journalOf(engine), files)).toEqual([])
  })

  test.each(ENGINES)('%s: no row goes because another went', (engine) => {
    for (const { text } of filesUnder(`drizzle/${engine}`, '.sql')) expect(text).not.toMatch(/on delete cascade/i)
  })
})

describe('the rules notice', () => {
  const people: Tables = { people: { columns: { id: { type: 'text' }, name: { type: 'text' } }, indexes: {} } }

  test.each<[string, Tables, string]>([
    ['a table that is not migrated', {}, 'people is not migrated'],
    ['a table that is gone from the schema', { ...people, pets: { columns: {} } }, 'pets is not in the schema'],
    ['a new column', { people: { columns: { id: { type: 'text' } }, indexes: {} } }, 'people.name is not migrated'],
    [
      'a column that is gone',
      { people: { columns: { ...people.people?.columns, age: {} }, indexes: {} } },
      'people.age is not in the schema',
    ],
    [
      'a column of another type',
      { people: { columns: { ...people.people?.columns, name: { type: 'integer' } }, indexes: {} } },
      'people.name was changed and not migrated',
    ],
    [
      'an index',
      { people: { columns: people.people?.columns ?? {}, indexes: { by_name: {} } } },
      'people: indexes were changed and not migrated',
    ],
  ])('%s', (_, written, fault) => {
    expect(driftFaults(people, written)).toEqual([fault])
    expect(driftFaults(people, people)).toEqual([])
  })

  test('a column that only one engine has', () => {
    const other: Tables = { 'public.people': { columns: { id: {} } } }
    expect(engineFaults(people, other)).toEqual(['people.name is on one engine only'])
    expect(engineFaults(people, { 'public.people': { columns: { name: {}, id: {} } } })).toEqual([])
  })

  test('a journal that would skip or lose a migration', () => {
    const entries = [
      { idx: 0, tag: '0000_a', when: 10 },
      { idx: 1, tag: '0001_b', when: 20 },
    ]
    const files = ['0000_a.sql', '0001_b.sql']
    const late = entries.map((entry) => ({ ...entry, when: entry.idx === 1 ? 10 : 10 }))
    expect(journalFaults({ entries }, files)).toEqual([])
    expect(journalFaults({ entries: late }, files)).toEqual(['0001_b is not younger than the one before it'])
    expect(journalFaults({ entries: entries.toReversed() }, files)).toContain('0001_b is out of order')
    expect(journalFaults({ entries }, ['0000_a.sql'])).toEqual(['0001_b.sql is missing'])
    expect(journalFaults({ entries }, [...files, '0002_c.sql'])).toEqual(['0002_c.sql is not in the journal'])
  })
})
