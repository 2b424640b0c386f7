import { beforeEach, describe, expect, test } from 'vitest'
import { writeDirectory } from '../../src/demo/directory.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { type Feed, type FeedPage, openFeed } from '../support/feed.ts'
import { empties, hasOfficialSchemas, officialFaults } from '../support/official-schemas.ts'

let feed: Feed
beforeEach(async () => {
  feed = await openFeed()
})

/** Every page of a list, as a harvester reads it. */
async function everyPage(path: string, perPage = 20): Promise<FeedPage[]> {
  const pages: FeedPage[] = []
  do pages.push(await feed.pageOf(`${path}?page=${pages.length + 1}&per_page=${perPage}`))
  while (!pages.at(-1)?.last_page)
  return pages
}

describe('the Open Referral feed of the whole demonstration', { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await writeDirectory(feed.app.context, 'nobody signs in here')
    await feed.aFullProject()
  })

  test('says what it speaks, to everybody, from every origin', async () => {
    const { status, body, headers } = await feed.get('/')
    expect([status, body.version]).toEqual([200, 'HSDS-UK-3.0'])
    expect(Object.keys(body).sort()).toEqual(['openapi_url', 'profile', 'version'])
    expect(headers['access-control-allow-origin']).toBe('*')
    expect((await feed.get('')).status).toBe(200)
  })

  test.runIf(hasOfficialSchemas)(
    'answers every list and entry as the official schemas want, nothing empty',
    async () => {
      const lists = [
        ['services', 'service'],
        ['service_at_locations', 'service_at_location'],
        ['taxonomies', 'taxonomy'],
        ['taxonomy_terms', 'taxonomy_term'],
      ] as const
      for (const [list, one] of lists) {
        const pages = await everyPage(`/${list}`)
        const entries = pages.flatMap(({ contents }) => contents)
        expect(pages.flatMap((page) => officialFaults(list, page))).toEqual([])
        expect(pages.flatMap((page) => empties(page))).toEqual([])
        expect(entries.length).toBe(pages[0]?.total_items)
        expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
        for (const { id } of entries) {
          const { body } = await feed.get(`/${list}/${id}`)
          expect(officialFaults(one, body)).toEqual([])
          expect(empties(body)).toEqual([])
          // The official description points one address at the schema of another: both are kept.
          if (one === 'service_at_location') expect(officialFaults('service', body)).toEqual([])
        }
      }
    },
  )

  test('gives the same ids every time, to whoever asks', async () => {
    const [first] = await everyPage('/services', 100)
    const [again] = await everyPage('/services', 100)
    expect(again).toEqual(first)
  })

  test('names nobody who signs in, and none of the addresses that staff are reached by', async () => {
    const pages = [...(await everyPage('/services', 100)), ...(await everyPage('/service_at_locations', 100))]
    const text = JSON.stringify(pages)
    expect(text).not.toMatch(/post@|Grace Greeter|isListed|password/)
  })
})

describe('one service', () => {
  test('tells everything that is meant for the public', async () => {
    const { provider, project, group, place } = await feed.aFullProject()
    const { body } = await feed.get(`/services/${project.id}`)
    expect(body).toMatchObject({
      id: project.id,
      organization_id: provider.id,
      name: 'Allotment mornings',
      status: 'active',
      minimum_age: 18,
      maximum_age: 64,
      assured_date: '2026-11-01',
      last_modified: '2026-11-02T10:00:00.000Z',
      application_process: 'Ring us.',
      organization: { id: provider.id, organization_identifiers: [{ identifier: '1234567' }] },
      cost_options: [{ amount: 2.5, currency: 'GBP', amount_description: 'Tea is free' }],
      contacts: [{ name: 'The office', phones: [{ number: '023 8000 0000' }] }],
      languages: [
        { code: 'en', name: 'English' },
        { code: 'pl', name: 'Polish' },
      ],
      service_areas: [{ name: 'the centre', extent: 'SO14, Bargate', extent_type: 'text' }],
      schedules: [
        {
          service_at_location_id: group.id,
          freq: 'WEEKLY',
          interval: 2,
          byday: 'TH',
          opens_at: '10:00:00',
          closes_at: '12:00:00',
          dtstart: '2026-01-08',
        },
      ],
      service_at_locations: [
        {
          id: group.id,
          location_id: place.id,
          location: { latitude: 50.9, addresses: [{ postal_code: 'SO14 3AB' }], accessibility: [{}, {}] },
        },
      ],
      capacities: [{ available: 10, maximum: 10, unit: { name: 'place' }, description: 'Thursday group' }],
    })
    const kinds = (body.attributes as { link_type: string }[]).map(({ link_type: kind }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['need', 'accessibility', 'eligibility', 'interest', 'first_visit']))
  })

  test('never shows places that nobody has confirmed lately, and none while nobody new is taken', async () => {
    const { project, group } = await feed.aFullProject({}, { intakePaused: true })
    const paused = await feed.get(`/service_at_locations/${group.id}`)
    expect(paused.body.capacities).toMatchObject([{ available: 0 }])
    feed.app.clock.set('2026-12-20T09:00:00Z')
    expect((await feed.get(`/services/${project.id}`)).body).not.toHaveProperty('capacities')
  })

  test('is not there while it is not listed, and a cancelled group is gone', async () => {
    const hidden = await feed.aFullProject({ isListed: false })
    const { project, group } = await feed.aFullProject({}, { cancelledAt: new Date('2026-11-20T09:00:00Z') })
    expect((await feed.get(`/services/${hidden.project.id}`)).status).toBe(404)
    expect((await feed.get(`/service_at_locations/${hidden.group.id}`)).status).toBe(404)
    expect((await feed.get(`/service_at_locations/${group.id}`)).status).toBe(404)
    expect((await feed.get(`/services/${project.id}`)).body).not.toHaveProperty('service_at_locations')
    expect((await feed.get('/services')).body).toMatchObject({ total_items: 1 })
  })
})

describe('pages', () => {
  test('are counted from one, and one after the last is empty', async () => {
    for (const name of ['A', 'B', 'C']) await feed.aFullProject({ name })
    expect(await feed.pageOf('/services?per_page=2')).toMatchObject({
      total_items: 3,
      total_pages: 2,
      page_number: 1,
      size: 2,
      first_page: true,
      last_page: false,
      empty: false,
    })
    const last = await feed.pageOf('/services?per_page=2&page=2')
    expect(last).toMatchObject({ size: 1, first_page: false, last_page: true })
    expect(await feed.pageOf('/services?page=9')).toMatchObject({ size: 0, empty: true, last_page: true, contents: [] })
    expect((await feed.pageOf('/services?per_page=100000')).contents).toHaveLength(3)
  })

  const BAD = [
    'page=0',
    'page=-1',
    'page=two',
    'per_page=0',
    'page=1&page=2',
    'taxonomy_term_id=food',
    'minimum_age=old',
    'start_time=25:00',
    'day=someday',
    'modified_after=yesterday',
    'near=here',
  ]

  test('refuse what they cannot read, and name it', async () => {
    for (const query of BAD) {
      const { status, body, headers } = await feed.get(`/services?${query}`)
      expect([status, body.code]).toEqual([400, 'invalid-input'])
      expect((body.errors as { pointer: string }[])[0]?.pointer).toMatch(new RegExp(`^/${query.split('=')[0]}`))
      expect(headers['access-control-allow-origin']).toBe('*')
    }
  })

  test('may be kept for a minute, and are not sent again to whoever has them', async () => {
    const { project } = await feed.aFullProject()
    const { headers } = await feed.get(`/services/${project.id}`)
    expect(headers['cache-control']).toBe('public, max-age=60')
    const again = await feed.get(`/services/${project.id}`, { 'if-none-match': String(headers.etag) })
    expect([again.status, again.body]).toEqual([304, {}])
  })

  test('are no part of what search engines should find in a demonstration', async () => {
    const shown = await openApp({ DEMO: '1' })
    const real = await openApp({ DEMO: '0' })
    const robots = async ({ app: server }: TestApp) =>
      (await server.inject({ method: 'GET', url: '/open-referral/services' })).headers['x-robots-tag']
    expect([await robots(shown), await robots(real)]).toEqual(['noindex', undefined])
  })
})

test('what is not there is a problem, for every origin', async () => {
  for (const path of [
    '/services/00000000-0000-4000-8000-000000000000',
    '/services/none',
    '/taxonomies/x',
    '/organizations',
  ]) {
    const { status, body } = await feed.get(path, { accept: 'text/html' })
    expect([path, status, body.code]).toEqual([path, 404, 'not-found'])
  }
})
