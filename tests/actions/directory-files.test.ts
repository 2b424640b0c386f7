import { beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { exportDirectory } from '../../src/actions/directory/export-directory.ts'
import { type ImportOptions, importDirectory } from '../../src/actions/directory/import-directory.ts'
import { openFeed } from '../../src/sources/feed.ts'
import { openFile } from '../../src/sources/file.ts'
import { directoryCsv, readDirectoryCsv } from '../../src/standards/csv.ts'
import { directoryImportLines } from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { givenIn } from '../support/given.ts'
import { aService, serveFeed, uuid } from '../support/odd-feed.ts'
import { testContext } from '../support/small-city.ts'

let context: Context
beforeEach(async () => {
  context = testContext(await freshDatabase()).context
})

const open = (name: string, content: string) => openFile(name, Buffer.from(content))
const table = (...names: string[]) => ['project,organisation', ...names.map((name) => `${name},Us`), ''].join('\n')
const read = (name: string, content: string, options: ImportOptions = {}) =>
  importDirectory(context, 'system', open(name, content), options)
const running = async () =>
  (await exportDirectory(context)).flatMap(({ name, status }) => (status === 'active' ? [name] : [])).sort()
const lines = () => context.db.read.select().from(directoryImportLines).orderBy(directoryImportLines.id)

describe('a file by the name of another one', () => {
  const NAME = 'directory.csv'
  const OURS = ['Art', 'Bingo', 'Choir', 'Drama']

  test('changes what the last one brought, and what is gone becomes inactive, line by line', async () => {
    await read(NAME, table(...OURS))
    expect(await read(NAME, table('Art', 'Bingo', 'Choir', 'Earth'))).toMatchObject({ created: 1, updated: 1 })
    expect(await running()).toEqual(['Art', 'Bingo', 'Choir', 'Earth'])
    expect((await lines()).at(-1)).toMatchObject({ name: 'Drama', detail: expect.stringContaining('gone from') })
  })

  test('retires nothing where it leaves out more than half, and says how to go on', async () => {
    await read(NAME, table(...OURS))
    expect(await read(NAME, table('Art'))).toMatchObject({ status: 'done', updated: 0, unchanged: 1 })
    expect(await running()).toEqual(OURS)
    expect((await lines()).at(-1)).toMatchObject({
      did: 'noted',
      detail:
        'It leaves out 3 of the 4 entries that “directory.csv” brought before. They stay here as they are. If they are gone, read it in once more with --retire.',
    })
    expect(await read(NAME, table('Art'), { retire: true })).toMatchObject({ status: 'done', updated: 3 })
    expect(await running()).toEqual(['Art'])
  })

  test('is not read in where it is another directory; with a name of its own both stand, week after week', async () => {
    const theirs = ['Walks', 'Swims']
    await read(NAME, table(...OURS))
    const refused = await read(NAME, table(...theirs))
    expect(refused).toMatchObject({ status: 'failed', nextPage: 1, created: 0 })
    expect(refused.failure).toMatch(/^It leaves out 4 of the 4 entries .* --as NAME\. .* say --retire/)
    expect(await running()).toEqual(OURS)
    expect(await read('walkers', table(...theirs))).toMatchObject({ status: 'done', created: 2 })
    await read(NAME, table(...OURS))
    await read('walkers', table(...theirs, 'Climbs'))
    expect(await running()).toEqual(['Art', 'Bingo', 'Choir', 'Climbs', 'Drama', 'Swims', 'Walks'])
    // Whoever knows better may say so.
    expect(await read(NAME, table('Wholly', 'New'), { retire: true })).toMatchObject({ created: 2, updated: 4 })
    expect(await running()).toEqual(['Climbs', 'New', 'Swims', 'Walks', 'Wholly'])
  })

  test('is gone on with in the middle only where it is the very same file', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `Group ${1000 + index}`)
    const source = open(NAME, table(...names))
    const broken = {
      ...source,
      page: (number: number) => (number === 3 ? Promise.reject(new Error('The light went out')) : source.page(number)),
    }
    await expect(importDirectory(context, 'system', broken)).rejects.toThrow('The light went out')
    expect(await running()).toEqual(names.slice(0, 100))
    // Of other content: from its own beginning.
    const other = [...names.slice(0, 60), 'Alpha']
    expect(await read(NAME, table(...other))).toMatchObject({ created: 1, unchanged: 60, updated: 40 })
    const again = await read(NAME, table(...names))
    expect(again).toMatchObject({ status: 'done', created: 120, nextPage: 4 })
    expect((await lines()).at(-1)?.detail).toMatch(/^It went on where another one stopped/)
  })

  test('has a name that can be shown', () => {
    for (const name of ['', ' x', 'a\nb', 'x'.repeat(201)])
      expect(() => open(name, table('Art'))).toThrow(/The name of a source/)
  })
})

test('a table that we wrote ourselves makes nothing twice, wherever its entries came from', async () => {
  const given = givenIn(context)
  await given.group(await given.project(await given.organisation('provider'), { name: 'Our own' }))
  const address = await serveFeed({ pages: [[aService(1, { name: 'Sewing Circle' }), aService(2)]] })
  const source = await openFeed(address, ['127.0.0.1'])
  await importDirectory(context, 'system', source)
  source.close()
  await read('theirs.csv', table('Tea'))
  const before = await exportDirectory(context)
  const own = directoryCsv(before)
  expect(await read('export.csv', own)).toMatchObject({ created: 0, updated: 0, leftOut: 4 })
  expect(await exportDirectory(context)).toEqual(before)
  const said = (await lines()).slice(-4)
  expect(new Map(said.map(({ name, detail }) => [name, detail]))).toEqual(
    new Map([
      ['Our own', 'This entry is kept here already: only its own provider changes it.'],
      ['Sewing Circle', `This entry is here already: it was read from ${source.feed}, and only that changes it.`],
      ['Service 2', `This entry is here already: it was read from ${source.feed}, and only that changes it.`],
      ['Tea', 'This entry is here already: it was read from the file “theirs.csv”, and only that changes it.'],
    ]),
  )
  // The same file by its own name is at home.
  expect(await read('theirs.csv', own)).toMatchObject({ created: 0, leftOut: 3, unchanged: 1 })
  // One id and another name are two things: feeds count from 1.
  const clash = `project_id,project,organisation\n${uuid(1)},Chess,Us\n`
  expect(await read('chess.csv', clash)).toMatchObject({ created: 1, leftOut: 0 })
  expect(await read('chess.csv', clash)).toMatchObject({ created: 0, unchanged: 1 })
})

test('a venue that moved is a change of what meets there', async () => {
  const at = (address: string) =>
    `project,organisation,group,venue,address,city\nTea,Us,Mondays,Hall,1 Road,${address}\n`
  await read('ours.csv', at('Southampton'))
  expect(await read('ours.csv', at('Eastleigh'))).toMatchObject({ updated: 1, unchanged: 0 })
  expect(await read('ours.csv', at('Eastleigh'))).toMatchObject({ updated: 0, unchanged: 1 })
})

describe('a table with very many lines', () => {
  const HEAD = 'project,organisation,group\n'
  const rows = (project: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${project},Us,Group ${index}\n`).join('')

  test('keeps 500 groups of a project, as a feed does, and says so', () => {
    const [entry] = readDirectoryCsv(HEAD + rows('Large', 2000), 'file:x')
    expect(entry?.listing?.groups).toHaveLength(500)
    expect(entry?.notes).toEqual(['it has 2000 lines: the groups of the first 500 are read'])
    expect(entry?.entry).toMatch(/^line 2, 3, .*, 21 and 1980 more$/)
  })

  test('is written in pages of a few hundred groups, so that others can write between them', async () => {
    const projects = Array.from({ length: 12 }, (_, index) => `Project ${index}`)
    const source = open('large.csv', HEAD + projects.map((name) => rows(name, 200)).join(''))
    const pages = await Promise.all(Array.from({ length: 6 }, (_, index) => source.page(index + 1)))
    const counts = pages.map(({ entries }) => entries.flatMap(({ listing }) => listing?.groups ?? []).length)
    expect(counts).toEqual([400, 400, 400, 400, 400, 400])
    expect(pages.map(({ isLast }) => isLast)).toEqual([false, false, false, false, false, true])
    const services = [1, 2].map((number) => {
      const places = Array.from({ length: 300 }, (_, index) => ({ id: uuid(index, number) }))
      return aService(number, { service_at_locations: places })
    })
    expect(await open('large.json', JSON.stringify(services)).page(1)).toMatchObject({ of: 2, entries: { length: 1 } })
  })
})
