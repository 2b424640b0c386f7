import { beforeEach, describe, expect, test } from 'vitest'
import { indexDirectory } from '../../src/actions/directory/index-directory.ts'
import { searchDirectory } from '../../src/actions/directory/search-directory.ts'
import { writeDirectory } from '../../src/demo/directory.ts'
import { postcodes } from '../../src/store/schema.ts'
import { type Feed, type FeedPage, openFeed } from '../support/feed.ts'

let feed: Feed
beforeEach(async () => {
  feed = await openFeed()
})

const namesIn = ({ contents }: FeedPage) => contents.map(({ name }) => name).sort()

describe('filters', () => {
  beforeEach(async () => {
    await feed.aFullProject({ name: 'Garden', needs: ['loneliness'], rules: [{ rule: 'age', min: 18, max: 30 }] })
    await feed.aFullProject(
      { name: 'Food 100% club', needs: ['food'], rules: [{ rule: 'age', min: 50 }], changedAt: null, access: null },
      { times: [{ every: 'week', weekday: 1, opensAt: '14:00', closesAt: '15:30' }] },
    )
    await feed.aFullProject({ name: 'Quiet', needs: ['food', 'loneliness'], rules: [] }, { times: null })
    await indexDirectory(feed.app.context)
  })

  const term = async (name: string) => {
    const { contents } = await feed.pageOf('/taxonomy_terms?per_page=100')
    return contents.find((one) => one.name === name) as unknown as { id: string; taxonomy_id: string }
  }

  const FOUND: [query: string, names: string[]][] = [
    ['search=quie', ['Quiet']],
    // Gardening is what people enjoy at each of them.
    ['search=garden', ['Food 100% club', 'Garden', 'Quiet']],
    ['search=100%25', ['Food 100% club']],
    ['search=CLUB%20food', ['Food 100% club']],
    ['search=nothing-like-it', []],
    ['minimum_age=18', ['Food 100% club', 'Garden']],
    ['minimum_age=19', ['Food 100% club']],
    ['maximum_age=30', ['Garden']],
    ['maximum_age=29', []],
    ['day=MO', ['Food 100% club']],
    ['day=Thursday', ['Garden']],
    ['start_time=10:01', ['Food 100% club']],
    ['end_time=12:00', ['Garden']],
    ['day=MO&end_time=15:00', []],
    ['minimum_age=18&day=TH', ['Garden']],
    ['modified_after=2026-11-02', ['Garden', 'Quiet']],
    ['modified_after=2026-11-03T00:00:00Z', []],
  ]

  test('find what they say, of services and of services at locations alike', async () => {
    for (const [query, names] of FOUND) {
      expect([query, namesIn(await feed.pageOf(`/services?${query}`))]).toEqual([query, names])
      const { contents } = await feed.pageOf(`/service_at_locations?${query}`)
      expect(contents.map(({ service }) => (service as { name: string }).name).sort()).toEqual(names)
    }
  })

  test('by a term, by a taxonomy, and by both with the rest', async () => {
    const food = await term('Food')
    const bus = await term('Near a bus stop')
    const age = await term('Age')
    expect(namesIn(await feed.pageOf(`/services?taxonomy_term_id=${food.id}`))).toEqual(['Food 100% club', 'Quiet'])
    expect(namesIn(await feed.pageOf(`/services?taxonomy_term_id=${bus.id}`))).toEqual(['Garden', 'Quiet'])
    expect(namesIn(await feed.pageOf(`/services?taxonomy_term_id=${age.id}`))).toEqual(['Food 100% club', 'Garden'])
    expect(namesIn(await feed.pageOf(`/services?taxonomy_id=${age.taxonomy_id}`))).toEqual(['Food 100% club', 'Garden'])
    expect(namesIn(await feed.pageOf(`/services?taxonomy_id=${bus.taxonomy_id}`))).toEqual(['Garden', 'Quiet'])
    const both = await feed.pageOf(`/services?taxonomy_term_id=${food.id}&taxonomy_id=${bus.taxonomy_id}`)
    expect(namesIn(both)).toEqual(['Quiet'])
    expect(await feed.pageOf(`/services?taxonomy_id=${crypto.randomUUID()}`)).toMatchObject({
      empty: true,
      total_items: 0,
    })
  })

  test('near a postcode: within so many metres of its middle, of what has a place', async () => {
    await feed.app.context.db.write((tx) =>
      tx.insert(postcodes).values({ postcode: 'SO17 1BJ', latitude: 50.9, longitude: -1.4 }),
    )
    const { provider } = await feed.aFullProject({ name: 'Far away' })
    // About 2.2 km to the north, by its own postcode only.
    await feed.app.context.db.write((tx) =>
      tx.insert(postcodes).values({ postcode: 'SO16 1AA', latitude: 50.92, longitude: -1.4 }),
    )
    const place = await feed.aPlace(provider.id, { postcode: 'SO16 1AA', latitude: null, longitude: null })
    const project = await feed.app.given.project(provider, { name: 'North' })
    await feed.app.given.group(project, { name: 'Northern group', locationId: place.id })
    await indexDirectory(feed.app.context)
    const names = async (query: string) => namesIn(await feed.pageOf(`/service_at_locations?${query}`))
    expect(await names('postcode=so171bj&proximity=2000')).not.toContain('Northern group')
    expect(await names('postcode=SO17%201BJ&proximity=2400')).toContain('Northern group')
    expect(await names('postcode=SO17%201BJ&proximity=2400&search=north')).toEqual(['Northern group'])
  })

  test('by distance where no postcodes are loaded, or of an unknown or impossible one, is refused and says why', async () => {
    const detail = async (query: string) => (await feed.get(`/service_at_locations?${query}`)).body.detail
    expect(await detail('postcode=SO17%201BJ')).toMatch(/^No list of postcodes is loaded/)
    await feed.app.context.db.write((tx) =>
      tx.insert(postcodes).values({ postcode: 'SO16 1AA', latitude: 1, longitude: 1 }),
    )
    expect(await detail('postcode=SO17%201BJ')).toMatch(/is not in the list/)
    expect(await detail('postcode=nowhere')).toMatch(/must be a full postcode/)
    expect(await detail('proximity=100')).toMatch(/from a postcode/)
  })
})

describe('the search', () => {
  test('finds what the directory’s own page finds, with the other filters, page by page', async () => {
    const { context } = feed.app
    await writeDirectory(context, 'nobody signs in here')
    const found = async (query: string, list = 'services') =>
      namesIn(await feed.pageOf(`/${list}?per_page=100&${query}`))
    for (const q of ["men's shed", 'mens shed', 'Men’s Shed', 'MEMORY cafe', 'memory café', 'gardening', 'allot']) {
      const names = (await searchDirectory(context, { q }, { limit: 100 })).items.map(({ name }) => name).sort()
      expect(names.length).toBeGreaterThan(0)
      expect([q, await found(`search=${encodeURIComponent(q)}`)]).toEqual([q, names])
    }
    expect(await found("search=men's%20shed")).toHaveLength(1)
    expect(await found("search=men's%20shed", 'service_at_locations')).not.toHaveLength(0)
    expect(await found("search=men's%20shed&day=SU")).toEqual([])
    expect(await found('search=woodwork%20xylophone')).toEqual([])
    const all = await found('search=you')
    const paged: string[] = []
    for (let page = 1, isLast = false; !isLast; page++) {
      const part = await feed.pageOf(`/services?search=you&per_page=3&page=${page}`)
      expect(part.total_items).toBe(all.length)
      paged.push(...part.contents.map(({ name }) => name))
      isLast = part.last_page
    }
    expect(paged.sort()).toEqual(all)
  })

  test('takes signs and operators for what they are: nothing', async () => {
    await feed.aFullProject({ name: 'The shed' })
    await indexDirectory(feed.app.context)
    for (const sign of ['"shed', 'shed*', 'shed:*', '(shed', "shed'", '-shed', 'shed & |', 'shed)'])
      expect(namesIn(await feed.pageOf(`/services?search=${encodeURIComponent(sign)}`))).toEqual(['The shed'])
  })
})
