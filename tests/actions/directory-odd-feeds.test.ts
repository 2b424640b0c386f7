import { beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { exportDirectory } from '../../src/actions/directory/export-directory.ts'
import { openFeed } from '../../src/sources/feed.ts'
import type { Limits } from '../../src/sources/fetch-json.ts'
import { directoryImportLines } from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { aService, json, type OddFeed, readFeed, serve, serveFeed } from '../support/odd-feed.ts'
import { testContext } from '../support/small-city.ts'

let context: Context
beforeEach(async () => {
  context = testContext(await freshDatabase()).context
})

const HERE = ['127.0.0.1']

const read = (address: string, limits: Partial<Limits> = {}) => readFeed(context, address, limits)

const readAll = async (feed: OddFeed) => read(await serveFeed(feed))
const names = async () => (await exportDirectory(context)).map(({ name }) => name).sort()
const lines = () => context.db.read.select().from(directoryImportLines).orderBy(directoryImportLines.id)

describe('a feed that stops in the middle', () => {
  test('keeps the pages that were read, and goes on there the next time', async () => {
    let isBroken = true
    const asked: string[] = []
    const instead: OddFeed['instead'] = (path, response) => {
      asked.push(path.replace(/&.*/, ''))
      if (!isBroken || !path.includes('page=3')) return false
      response.end('{"contents": [')
      return true
    }
    const address = await serveFeed({ pages: [[aService(1)], [aService(2)], [aService(3)]], instead })
    const failed = await read(address)
    expect(failed).toMatchObject({
      status: 'failed',
      nextPage: 3,
      created: 2,
      failure: '/services is not JSON that can be read.',
    })
    expect(await names()).toEqual(['Service 1', 'Service 2'])
    isBroken = false
    asked.length = 0
    expect(await read(address)).toMatchObject({ id: failed.id, status: 'done', created: 3, failure: null })
    expect(asked).toEqual(['/', '/services?page=3'])
    // What vanished is not guessed from a part: nothing was retired.
    expect((await exportDirectory(context)).map(({ status }) => status)).toEqual(['active', 'active', 'active'])
    expect((await lines()).at(-1)?.detail).toMatch(/^It went on where another one stopped/)
  })

  test('changes nothing where its first page cannot be used', async () => {
    const odd: [string, OddFeed, string][] = [
      ['no list', { pages: [[]], envelope: { contents: 'none' } }, 'has no contents'],
      ['empty', { pages: [[]] }, 'There is no entry in it.'],
      ['older', { pages: [[]], envelope: { contents: undefined, content: [] } }, 'speaks an older version'],
      ['not there', { pages: [], instead: (path, to) => path !== '/' && status(to, 404) }, 'There are no services'],
      ['broken', { pages: [], instead: (path, to) => path !== '/' && status(to, 500) }, 'answered with status 500'],
      ['a page for people', { pages: [], instead: (path, to) => path !== '/' && html(to) }, 'is text/html, not JSON'],
    ]
    for (const [what, feed, failure] of odd)
      expect({ what, ...(await readAll(feed)) }).toMatchObject({
        what,
        status: 'failed',
        failure: expect.stringContaining(failure),
      })
    expect(await names()).toEqual([])
  })

  test('is stopped where it goes on for ever, or says so', async () => {
    const same = await readAll({ pages: [[aService(1)], [aService(1)]], envelope: { total_pages: 1_000_000 } })
    expect(same).toMatchObject({ status: 'failed', created: 1, failure: 'Page 2 of the feed is page 1 once more.' })
    const lying = await readAll({
      pages: [[aService(2)], [aService(3)]],
      envelope: { total_pages: 900, last_page: false },
    })
    expect(lying).toMatchObject({ status: 'done', created: 2 })
  })

  test('is given up where it is slow, large, packed or cut off', async () => {
    const page = (answer: (to: Parameters<NonNullable<OddFeed['instead']>>[1]) => void): OddFeed => ({
      pages: [],
      instead: (path, to) => {
        if (path === '/') return false
        answer(to)
        return true
      },
    })
    const cases: [OddFeed, Partial<Limits>, string][] = [
      [page((to) => void to.write('{')), { requestMs: 300 }, 'did not answer within 0.3 seconds'],
      [page((to) => to.end('x'.repeat(5000))), { answerBytes: 4000 }, 'is larger than 4000 bytes'],
      [page((to) => json(to, { contents: [] })), { totalBytes: 20 }, 'The whole is larger'],
      [page((to) => json(to, {})), { totalMs: -1 }, 'The whole took longer'],
      [page((to) => void to.setHeader('content-encoding', 'gzip').end('x')), {}, 'packs its answers'],
      [page((to) => void to.writeHead(200, { 'content-length': 99 }).write('{', () => to.destroy())), {}, 'broke off'],
      [
        page((to) => to.setHeader('content-type', 'application/json').end(Buffer.from([0x22, 0xff, 0x22]))),
        {},
        'utf-8',
      ],
    ]
    for (const [feed, limits, failure] of cases) {
      const address = await serveFeed(feed)
      const outcome = await read(address, limits).then(
        (row) => row.failure,
        (error: Error) => error.message,
      )
      expect(outcome).toContain(failure)
    }
    expect(await names()).toEqual([])
  })
})

describe('what is not asked', () => {
  const refusal = (address: string, hosts = HERE) =>
    openFeed(address, hosts).then(
      () => 'opened',
      (error: Error) => `${error.name}: ${error.message}`,
    )

  test('a host that the setting does not name, or by a way that is none', async () => {
    expect(await refusal('https://feed.example/', [])).toMatch(/^SourceFault: feed.example is not in IMPORT_HOSTS/)
    expect(await refusal('http://127.0.0.1:81/', ['127.0.0.1:80'])).toMatch(/is not in IMPORT_HOSTS/)
    expect(await refusal('http://2130706433/', ['2130706433'])).toMatch(/is not in IMPORT_HOSTS/)
    expect(await refusal('file:///etc/passwd')).toMatch(/must begin with https/)
    expect(await refusal('http://me:secret@127.0.0.1/')).toMatch(/password/)
    expect(await refusal('http://[::ffff:127.0.0.1]/', HERE)).toMatch(/is not in IMPORT_HOSTS/)
    expect(await refusal('http://127.0.0.1:9/')).toMatch(/cannot be reached/)
  })

  test('another host or port that it leads on to; the same one is followed, but not round and round', async () => {
    const other = await serveFeed({ pages: [[aService(1)]] })
    const away = await serve((_, to) => void to.writeHead(302, { location: `${other}/` }).end())
    expect(await refusal(away)).toMatch(/leads on to 127.0.0.1:\d+, which was not asked for/)
    const round = await serve((_, to) => void to.writeHead(302, { location: '/again' }).end())
    expect(await refusal(round)).toMatch(/round in circles/)
    const nowhere = await serve((_, to) => void to.writeHead(302, { location: 'http://[' }).end())
    expect(await refusal(nowhere)).toMatch(/^SourceFault: .* leads on to no address/)
    const moved = await serveFeed({
      pages: [[aService(1)]],
      instead: (path, to) => !path.startsWith('/new/') && path.startsWith('/old/') && redirect(to, path.slice(4)),
    })
    expect((await read(`${moved}/old`)).created).toBe(1)
  })

  test('a feed that speaks another version', async () => {
    expect(await refusal(await serveFeed({ pages: [], about: { version: 'HSDS-UK-1.0' } }))).toMatch(
      /speaks HSDS-UK-1.0/,
    )
    expect(await refusal(await serveFeed({ pages: [], about: { version: '3.0' } }))).toBe('opened')
    expect(await refusal(await serveFeed({ pages: [], instead: (_, to) => status(to, 404) }))).toBe('opened')
  })
})

type Response = Parameters<NonNullable<OddFeed['instead']>>[1]

function status(to: Response, code: number): boolean {
  to.writeHead(code).end()
  return true
}

function redirect(to: Response, location: string): boolean {
  to.writeHead(301, { location }).end()
  return true
}

function html(to: Response): boolean {
  json(to, '<!doctype html>', 'text/html')
  return true
}
