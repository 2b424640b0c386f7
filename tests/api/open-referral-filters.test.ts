import { beforeEach, describe, expect, test } from 'vitest'
import { locations, postcodes } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { TestGroup, TestProject } from '../support/given.ts'

interface Answer {
  status: number
  headers: Record<string, unknown>
  body: Record<string, unknown>
}

interface FeedPage extends Record<string, unknown> {
  total_items: number
  total_pages: number
  last_page: boolean
  contents: (Record<string, unknown> & { id: string; name: string })[]
}

let app: TestApp
beforeEach(async () => {
  app = await openApp()
})

async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await app.app.inject({ method: 'GET', url: `/open-referral${path}`, headers })
  return { status: response.statusCode, headers: response.headers, body: response.body ? response.json() : {} }
}

async function pageOf(path: string): Promise<FeedPage> {
  const { status, body } = await get(path)
  expect({ path, status, body: status === 200 ? null : body }).toEqual({ path, status: 200, body: null })
  return body as FeedPage
}

const namesIn = ({ contents }: FeedPage) => contents.map(({ name }) => name).sort()

async function aPlace(organisationId: string, more: Partial<typeof locations.$inferInsert> = {}) {
  const row = {
    id: app.context.newId(),
    version: 1,
    organisationId,
    kind: 'physical' as const,
    name: 'Church hall',
    addressLines: ['1 High Street'],
    city: 'Southampton',
    postcode: 'SO14 3AB',
    latitude: 50.9,
    longitude: -1.4,
    access: ['step_free' as const],
    accessNote: 'Ring the bell',
    ...more,
  }
  await app.context.db.write((tx) => tx.insert(locations).values(row))
  return row
}

/** A project with everything said about it, which the demonstration need not have. */
async function aFullProject(more: Partial<TestProject> = {}, ofGroup: Partial<TestGroup> = {}) {
  const { given } = app
  const provider = await given.organisation('provider', { charityNumber: '1234567', url: 'https://provider.example' })
  const project = await given.project(provider, {
    name: 'Allotment mornings',
    firstVisit: 'Somebody meets you at the gate.',
    rules: [
      { rule: 'age', min: 18, max: 64 },
      { rule: 'area', districts: ['SO14'], wards: ['E05015491'], name: 'the centre' },
    ],
    needs: ['loneliness', 'physical_activity'],
    greeter: 'Grace Greeter',
    howToRefer: 'Ring us.',
    url: 'https://provider.example/allotment',
    contactName: 'The office',
    contactPhone: '023 8000 0000',
    contactEmail: 'office@provider.example',
    costPence: 250,
    costNote: 'Tea is free',
    languages: ['en', 'pl'],
    access: ['by_bus'],
    interests: ['gardening'],
    alert: 'Closed on 2 January',
    assuredOn: '2026-11-01',
    changedAt: new Date('2026-11-02T10:00:00Z'),
    ...more,
  })
  const place = await aPlace(provider.id)
  const group = await given.group(project, {
    name: 'Thursday group',
    places: 10,
    locationId: place.id,
    times: [{ every: 'week', interval: 2, weekday: 4, opensAt: '10:00', closesAt: '12:00', from: '2026-01-08' }],
    ...ofGroup,
  })
  return { provider, project, group, place }
}

describe('filters', () => {
  beforeEach(async () => {
    await aFullProject({ name: 'Garden', needs: ['loneliness'], rules: [{ rule: 'age', min: 18, max: 30 }] })
    await aFullProject(
      { name: 'Food 100% club', needs: ['food'], rules: [{ rule: 'age', min: 50 }], changedAt: null, access: null },
      { times: [{ every: 'week', weekday: 1, opensAt: '14:00', closesAt: '15:30' }] },
    )
    await aFullProject({ name: 'Quiet', needs: ['food', 'loneliness'], rules: [] }, { times: null })
  })

  const term = async (name: string) => {
    const { contents } = await pageOf('/taxonomy_terms?per_page=100')
    return contents.find((one) => one.name === name) as unknown as { id: string; taxonomy_id: string }
  }

  const FOUND: [query: string, names: string[]][] = [
    ['search=garden', ['Garden']],
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
      expect([query, namesIn(await pageOf(`/services?${query}`))]).toEqual([query, names])
      const { contents } = await pageOf(`/service_at_locations?${query}`)
      expect(contents.map(({ service }) => (service as { name: string }).name).sort()).toEqual(names)
    }
  })

  test('by a term, by a taxonomy, and by both with the rest', async () => {
    const food = await term('Food')
    const bus = await term('Near a bus stop')
    const age = await term('Age')
    expect(namesIn(await pageOf(`/services?taxonomy_term_id=${food.id}`))).toEqual(['Food 100% club', 'Quiet'])
    expect(namesIn(await pageOf(`/services?taxonomy_term_id=${bus.id}`))).toEqual(['Garden', 'Quiet'])
    expect(namesIn(await pageOf(`/services?taxonomy_term_id=${age.id}`))).toEqual(['Food 100% club', 'Garden'])
    expect(namesIn(await pageOf(`/services?taxonomy_id=${age.taxonomy_id}`))).toEqual(['Food 100% club', 'Garden'])
    expect(namesIn(await pageOf(`/services?taxonomy_id=${bus.taxonomy_id}`))).toEqual(['Garden', 'Quiet'])
    const both = await pageOf(`/services?taxonomy_term_id=${food.id}&taxonomy_id=${bus.taxonomy_id}`)
    expect(namesIn(both)).toEqual(['Quiet'])
    expect(await pageOf(`/services?taxonomy_id=${crypto.randomUUID()}`)).toMatchObject({ empty: true, total_items: 0 })
  })

  test('near a postcode: within so many metres of its middle, of what has a place', async () => {
    await app.context.db.write((tx) =>
      tx.insert(postcodes).values({ postcode: 'SO17 1BJ', latitude: 50.9, longitude: -1.4 }),
    )
    const { provider } = await aFullProject({ name: 'Far away' })
    // About 2.2 km to the north, by its own postcode only.
    await app.context.db.write((tx) =>
      tx.insert(postcodes).values({ postcode: 'SO16 1AA', latitude: 50.92, longitude: -1.4 }),
    )
    const place = await aPlace(provider.id, { postcode: 'SO16 1AA', latitude: null, longitude: null })
    const project = await app.given.project(provider, { name: 'North' })
    await app.given.group(project, { name: 'Northern group', locationId: place.id })
    const names = async (query: string) => namesIn(await pageOf(`/service_at_locations?${query}`))
    expect(await names('postcode=so171bj&proximity=2000')).not.toContain('Northern group')
    expect(await names('postcode=SO17%201BJ&proximity=2400')).toContain('Northern group')
    expect(await names('postcode=SO17%201BJ&proximity=2400&search=north')).toEqual(['Northern group'])
  })

  test('by distance where no postcodes are loaded, or of an unknown or impossible one, is refused and says why', async () => {
    const detail = async (query: string) => (await get(`/service_at_locations?${query}`)).body.detail
    expect(await detail('postcode=SO17%201BJ')).toMatch(/^No list of postcodes is loaded/)
    await app.context.db.write((tx) => tx.insert(postcodes).values({ postcode: 'SO16 1AA', latitude: 1, longitude: 1 }))
    expect(await detail('postcode=SO17%201BJ')).toMatch(/is not in the list/)
    expect(await detail('postcode=nowhere')).toMatch(/must be a full postcode/)
    expect(await detail('proximity=100')).toMatch(/from a postcode/)
  })
})
