import { expect } from 'vitest'
import { locations } from '../../src/store/schema.ts'
import { openApp } from './app.ts'
import type { TestGroup, TestProject } from './given.ts'

export interface FeedAnswer {
  status: number
  headers: Record<string, unknown>
  body: Record<string, unknown>
}

export interface FeedPage extends Record<string, unknown> {
  total_items: number
  total_pages: number
  last_page: boolean
  contents: (Record<string, unknown> & { id: string; name: string })[]
}

/** An empty service as a harvester meets it, and projects with everything said about them. */
export async function openFeed() {
  const app = await openApp()

  async function get(path: string, headers: Record<string, string> = {}): Promise<FeedAnswer> {
    const response = await app.app.inject({ method: 'GET', url: `/open-referral${path}`, headers })
    return { status: response.statusCode, headers: response.headers, body: response.body ? response.json() : {} }
  }

  async function pageOf(path: string): Promise<FeedPage> {
    const { status, body } = await get(path)
    expect({ path, status, body: status === 200 ? null : body }).toEqual({ path, status: 200, body: null })
    return body as FeedPage
  }

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

  return { app, get, pageOf, aPlace, aFullProject }
}

export type Feed = Awaited<ReturnType<typeof openFeed>>
