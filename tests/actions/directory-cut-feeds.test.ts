import { beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { exportDirectory } from '../../src/actions/directory/export-directory.ts'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { openFile } from '../../src/sources/file.ts'
import { directoryImportLines } from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { aService, type OddFeed, readFeed, serveFeed } from '../support/odd-feed.ts'
import { testContext } from '../support/small-city.ts'

let context: Context
beforeEach(async () => {
  context = testContext(await freshDatabase()).context
})

const read = (address: string) => readFeed(context, address)

const running = async () =>
  (await exportDirectory(context)).flatMap(({ name, status }) => (status === 'active' ? [name] : [])).sort()

async function lastNote() {
  const lines = await context.db.read.select().from(directoryImportLines).orderBy(directoryImportLines.id)
  const last = lines.at(-1)
  return last?.did === 'noted' ? last.detail : null
}

const ALL = [[aService(1)], [aService(2)], [aService(3)]]
const KEPT = ['Service 1', 'Service 2', 'Service 3']

describe('a feed that ends too early', () => {
  // Each as it comes the second time: the whole feed was read before.
  const CUT: [what: string, feed: OddFeed, note: RegExp][] = [
    [
      'an empty page before the last that it names',
      { pages: [[aService(1)], [], [aService(3)]], envelope: { total_items: undefined } },
      /^The feed says that it has 3 pages, and page 2 is empty\. It may not be whole/,
    ],
    [
      'one that names 900 pages and never the last',
      { pages: [[aService(1)]], envelope: { total_pages: 900, last_page: false } },
      /^The feed says that it has 900 pages, and page 2 is empty\./,
    ],
    [
      'more entries than came',
      { pages: [[aService(1)], [aService(2)]], envelope: { total_items: 3 } },
      /^The feed says that it has 3 entries, and 2 came\./,
    ],
    [
      'an entry that comes twice where another should be',
      { pages: [[aService(1)], [aService(1, { name: 'Service 1' }), aService(2)]] },
      /^The feed says that it has 3 entries, and 2 came\./,
    ],
    [
      'a last page that says it is not the last',
      { pages: [[aService(1)], [aService(2)]], envelope: { last_page: false } },
      /^Page 2 of 2 of the feed says that it is not the last\./,
    ],
    [
      'fewer on a page than it says',
      { pages: [[aService(1)]], envelope: { size: 3, total_items: undefined } },
      /^Page 1 of the feed says that it has 3 entries, and 1 came\./,
    ],
  ]

  test.each(CUT)('%s: is done, and retires nothing', async (_what, cut, note) => {
    const feed: OddFeed = { pages: ALL }
    const address = await serveFeed(feed)
    expect(await read(address)).toMatchObject({ status: 'done', created: 3 })
    Object.assign(feed, cut)
    expect(await read(address)).toMatchObject({ status: 'done', updated: 0, failure: null })
    expect(await running()).toEqual(KEPT)
    expect(await lastNote()).toMatch(note)
    // Whole again, and one is really gone.
    Object.assign(feed, { pages: [[aService(1)], [aService(3)]], envelope: undefined })
    expect(await read(address)).toMatchObject({ status: 'done', updated: 1 })
    expect(await running()).toEqual(['Service 1', 'Service 3'])
  })

  test('one that lost pages while it was read, and one that says nothing of a full page', async () => {
    const feed: OddFeed = { pages: ALL }
    const address = await serveFeed(feed)
    await read(address)
    feed.instead = (path, response) => {
      if (path.includes('page=2')) feed.envelope = { total_pages: 2, total_items: undefined, last_page: true }
      return !response
    }
    expect(await read(address)).toMatchObject({ status: 'done' })
    expect(await lastNote()).toMatch(/^The feed said that it has 3 pages, and ended with 2\./)
    const silent = { total_pages: undefined, total_items: undefined, last_page: undefined, size: undefined }
    const full = Array.from({ length: 50 }, (_, index) => aService(index + 10))
    Object.assign(feed, { pages: [full], envelope: silent, instead: undefined })
    await read(address)
    expect(await lastNote()).toMatch(/^The feed does not say how long it is, and its page is full\./)
    expect(await running()).toEqual(expect.arrayContaining(KEPT))
  })

  test('is read on where only the number of entries tells that there is more', async () => {
    const envelope = { total_pages: undefined, last_page: undefined }
    expect(await read(await serveFeed({ pages: ALL, envelope }))).toMatchObject({ created: 3 })
    expect(await lastNote()).toBeNull()
  })

  test('believes a whole feed that counts its pages as full, or one entry twice', async () => {
    const feed: OddFeed = { pages: [[aService(1), aService(1), aService(2)], [aService(3)]], envelope: { size: 50 } }
    const address = await serveFeed(feed)
    expect(await read(address)).toMatchObject({ created: 3, leftOut: 1 })
    feed.pages = [[aService(1), aService(1)], [aService(3)]]
    expect(await read(address)).toMatchObject({ updated: 1 })
    expect(await running()).toEqual(['Service 1', 'Service 3'])
  })
})

describe('a file that is not all of it', () => {
  const readFile = (name: string, content: unknown, retire = false) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return importDirectory(context, 'system', openFile(name, Buffer.from(text)), { retire })
  }

  test('retires nothing: one page of a feed, one service, or a table that breaks off', async () => {
    const name = 'theirs.json'
    await readFile(name, ALL.flat())
    const cut: [unknown, RegExp][] = [
      [{ contents: [aService(1)], total_pages: 3 }, /^The file is one page of 3\. It may not be whole/],
      [{ contents: [aService(1)], total_items: 3 }, /^The file says that it has 3 entries, and 1 came\./],
      [{ contents: [aService(1)], last_page: false }, /^The file is a page that says it is not the last\./],
      [aService(1), /^The file has one service and no list\./],
    ]
    for (const [content, note] of cut) {
      expect(await readFile(name, content)).toMatchObject({ status: 'done', updated: 0 })
      expect(await lastNote()).toMatch(note)
    }
    expect(await running()).toEqual(KEPT)
    await readFile(name, { contents: [aService(1)], total_items: 1, total_pages: 1, last_page: true }, true)
    expect(await running()).toEqual(['Service 1'])
  })

  test('a table', async () => {
    const rows = ['project,organisation,cost', 'One,Us,free', 'Two,Us,1', 'Three,Us,2']
    await readFile('ours.csv', rows.join('\n'))
    await readFile('ours.csv', `${rows.slice(0, 2).join('\n')}\nTwo,Us`)
    expect(await lastNote()).toMatch(/^The last line of the file breaks off\./)
    expect(await running()).toEqual(['One', 'Three', 'Two'])
    await readFile('ours.csv', rows.slice(0, 2).join('\n'), true)
    expect(await running()).toEqual(['One'])
  })
})
