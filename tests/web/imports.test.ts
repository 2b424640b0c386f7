import { beforeEach, describe, expect, it } from 'vitest'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { openFeed } from '../../src/sources/feed.ts'
import { openFile } from '../../src/sources/file.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { TestUser } from '../support/given.ts'
import { aService, type OddFeed, serveFeed } from '../support/odd-feed.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const PATH = '/o/trellis/imports'

let test: TestApp
let admin: TestUser
let operator: Visitor

beforeEach(async () => {
  test = await openApp()
  const place = await test.given.organisation('operator', { slug: 'trellis' })
  admin = await test.given.user('system_admin', place, { name: 'Ola Operator' })
  operator = visitor(test.app, admin)
})

const readFile = (name: string, services: unknown[]) =>
  importDirectory(test.context, admin, openFile(name, Buffer.from(JSON.stringify(services))))

async function readFeed(feed: OddFeed) {
  const source = await openFeed(await serveFeed(feed), ['127.0.0.1'])
  const row = await importDirectory(test.context, 'system', source)
  source.close()
  return row
}

const words = async (path: string) => readable((await operator.get(path)).html)

describe('the list of imports', () => {
  it('says how one is made where there is none, and is found from the navigation', async () => {
    const { html } = await operator.get('/o/trellis')
    expect(html).toContain(`href="${PATH}"`)
    const empty = await words(PATH)
    expect(empty).toContain('No other directory was read in yet.')
    expect(empty).toContain('npm run cli -- directory import ADDRESS')
    expect(empty).toContain('IMPORT_HOSTS')
  })

  it('tells of each what, when, by whom and with what end', async () => {
    await readFile('theirs.json', [aService(1), aService(2), 'none'])
    test.clock.set('2026-11-23T10:30:00Z')
    await readFeed({ pages: [[]] })
    const all = await words(PATH)
    expect(all).toMatch(/127\.0\.0\.1:\d+\/ Stopped No entry There is no entry in it\./)
    expect(all).toMatch(/Mon 23 November 2026, 10:30am · The command line/)
    expect(all).toMatch(/theirs\.json Done 2 new · 1 left out .* · Ola Operator/)
    // Newest first.
    expect(all.indexOf('127.0.0.1')).toBeLessThan(all.indexOf('theirs.json'))
  })

  it('goes on page by page, and begins again where a page is none', async () => {
    for (let number = 1; number <= 31; number++) {
      test.clock.set(new Date(Date.UTC(2026, 10, 23, 9, number)))
      await readFile(`file-${number}.json`, [aService(number)])
    }
    const { html } = await operator.get(PATH)
    expect(html).toContain('file-31.json')
    expect(html).not.toContain('file-1.json')
    const [, next = ''] = /href="([^"]+after=[^"]+)"/.exec(html) ?? []
    const second = await operator.get(next)
    expect(second.html).toContain('file-1.json')
    expect(second.html).not.toContain('file-2.json')
    expect(readable(second.html)).toContain('Back to the newest')
    for (const after of ['nonsense', '%00', 'WzEsMl0'])
      expect(await words(`${PATH}?after=${after}`)).toContain('file-31.json')
    expect(await words(`${PATH}?after=nonsense`)).toContain('That part of the list has moved on')
  })
})

describe('one import', () => {
  it('shows first what was left out and why, then what was new or changed', async () => {
    await readFile('theirs.json', [aService(1, { name: '<b>Tea</b> & cake', url: 'javascript:x' }), aService(2)])
    const row = await readFile('theirs.json', [aService(1), aService(3, { status: 'perhaps' }), aService(4)])
    const path = `${PATH}/${row.id}`
    const page = await operator.get(path)
    expect(page.html).toContain('<title>Import of theirs.json')
    const faults = readable(page.html)
    expect(faults).toMatch(
      /Status Done Began .* Took Less than a minute Started by Ola Operator New 1 Changed 2 As before 0 Left out 1/,
    )
    expect(faults).toMatch(/Service 3 \S+ Left out status must be active, temporarily closed, inactive, defunct\./)
    expect(faults).not.toContain('Service 4')
    expect(await words(`${path}?show=created`)).toMatch(/Service 4 \S+ New/)
    const changed = await words(`${path}?show=updated`)
    expect(changed).toContain('Service 1')
    expect(changed).toMatch(/Service 2 \S+ Changed It is gone from the source: kept here as inactive\./)
    for (const name of ['Service 1', 'Service 2', 'Service 3', 'Service 4'])
      expect(await words(`${path}?show=all`)).toContain(name)
    // What the address makes up is left aside.
    expect(await words(`${path}?show=__proto__&after=%00`)).toContain('Service 3')
  })

  it('says where it stopped, what its end was worth, and that nothing was wrong', async () => {
    const failed = await readFeed({ pages: [[aService(1)], [aService(1)]] })
    expect(await words(`${PATH}/${failed.id}`)).toMatch(
      /It stopped at page 2\. Page 2 of the feed is page 1 once more\. What was read stays\. Start it again within a day/,
    )
    const cut = await readFeed({ pages: [[aService(5)], []], envelope: { total_pages: 9 } })
    expect(await words(`${PATH}/${cut.id}`)).toMatch(/Note The feed says that it has 9 pages, and page 2 is empty\./)
    const places = [{ id: 'x', name: 'x', location: 'none' }]
    const two = await readFile('two.json', [
      aService(6, { url: 'x', alert: 'x'.repeat(600), service_at_locations: places }),
    ])
    const notes = (await operator.get(`${PATH}/${two.id}`)).html
    expect(notes.match(/>Note</g)).toHaveLength(1)
    expect(readable(notes)).toContain('url is no address of the web alert was longer than 500 characters: it is cut')
    const clean = await readFile('fine.json', [aService(7)])
    expect(await words(`${PATH}/${clean.id}`)).toContain('Nothing was left out or cut.')
  })

  it('says how far it is while it is read', async () => {
    const services = Array.from({ length: 60 }, (_, index) => aService(index + 1))
    const whole = openFile('long.json', Buffer.from(JSON.stringify(services)))
    let seen = ''
    await importDirectory(test.context, admin, {
      ...whole,
      page: async (number) => {
        if (number === 2) {
          const [, href = ''] = /<h2[^>]*><a href="([^"]+)"/.exec((await operator.get(PATH)).html) ?? []
          seen = await words(href)
        }
        return whole.page(number)
      },
    })
    expect(seen).toMatch(/Status Being read .* Started by Ola Operator Page 2 is next\. .* New 50/)
  })

  it('goes on line by line', async () => {
    const row = await readFile(
      'many.json',
      Array.from({ length: 230 }, (_, index) => aService(index + 1)),
    )
    const path = `${PATH}/${row.id}?show=created`
    const first = (await operator.get(path)).html
    expect(first).toContain('>Service 200<')
    expect(first).not.toContain('>Service 201<')
    const [, next = ''] = /href="([^"]+after=[^"]+)"/.exec(first) ?? []
    const second = (await operator.get(next.replaceAll('&amp;', '&'))).html
    expect(second).toContain('>Service 201<')
    expect(second).toContain('>Service 230<')
    expect(second).not.toContain('>Service 200<')
    expect(second).not.toContain('Show the next ones')
  })

  it('is for the system administrator, and for nobody else', async () => {
    const row = await readFile('theirs.json', [aService(1)])
    const city = await test.given.city()
    const boss = await test.given.user('organisation_admin', city.service)
    for (const who of [city.navigator, city.lead, boss]) {
      const other = visitor(test.app, who)
      for (const path of ['/o/so-linked/imports', `/o/so-linked/imports/${row.id}`])
        expect([who.role, (await other.get(path)).status]).toEqual([who.role, 403])
    }
    expect((await operator.get(`${PATH}/none`)).status).toBe(404)
    expect((await operator.get(`${PATH}/%00`)).status).toBe(404)
  })
})
