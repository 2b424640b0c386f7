import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { exportDirectory } from '../../src/actions/directory/export-directory.ts'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { writeDirectory } from '../../src/demo/directory.ts'
import { openFeed } from '../../src/sources/feed.ts'
import { openFile } from '../../src/sources/file.ts'
import { directoryCsv } from '../../src/standards/csv.ts'
import { locations } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'

type Json = Record<string, unknown>

async function everyService({ app }: TestApp): Promise<Json[]> {
  const all: Json[] = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const url = `/open-referral/services?page=${page}&per_page=15`
    const body = (await app.inject({ method: 'GET', url })).json<{ total_pages: number; contents: Json[] }>()
    pages = body.total_pages
    all.push(...body.contents)
  }
  return all
}

/** How many places are free is known to whoever keeps the register, and to nobody who only read of it. */
function withoutCapacities(services: Json[]): unknown {
  return JSON.parse(JSON.stringify(services), (key, value: unknown) => (key === 'capacities' ? undefined : value))
}

/** A city that says everything there is to say, beside the demonstration. */
async function aWholeCity(): Promise<TestApp> {
  const here = await openApp()
  const { given, context } = here
  await writeDirectory(context, 'nobody signs in here')
  const provider = await given.organisation('provider', {
    name: 'Say & Do',
    description: 'A charity.\nFor everybody.',
    charityNumber: '1234567',
    url: 'https://provider.example/',
  })
  const place = {
    id: context.newId(),
    version: 1,
    organisationId: provider.id,
    kind: 'physical' as const,
    name: 'Church hall',
    addressLines: ['Room 2', '1 High Street'],
    city: 'Southampton',
    postcode: 'SO14 3AB',
    latitude: 50.9012,
    longitude: -1.4044,
    access: ['step_free' as const, 'hearing_loop' as const],
    accessNote: 'Ring the bell',
  }
  const vague = {
    ...place,
    id: context.newId(),
    name: 'The park',
    addressLines: ['By the oak'],
    postcode: null,
    city: null,
  }
  await context.db.write((tx) => tx.insert(locations).values([place, vague]))
  const project = await given.project(provider, {
    name: 'Everything said',
    summary: 'For people < 30 & > 18.\n\nTwo paragraphs.',
    status: 'temporarily closed',
    firstVisit: 'Somebody meets you.',
    howToRefer: 'Ring us.',
    url: 'https://provider.example/all?x=1',
    contactName: 'The office',
    contactPhone: '023 8000 0000',
    contactEmail: 'office@provider.example',
    costPence: 255,
    costNote: 'Tea is free; bring a cup',
    languages: ['en', 'pl', 'zh-Hans'],
    access: ['by_bus', 'carers_welcome'],
    interests: ['gardening', 'cooking for others'],
    alert: 'Closed for repairs',
    assuredOn: '2026-11-01',
    changedAt: new Date('2026-11-02T10:00:00.123Z'),
    needs: ['food', 'loneliness'],
    rules: [
      { rule: 'age', min: 18, max: 30 },
      { rule: 'area', districts: ['SO14'], wards: ['E05015491'], name: 'the centre' },
      { rule: 'need', anyOf: ['food'] },
    ],
  })
  await given.group(project, {
    name: 'Two times',
    locationId: place.id,
    venue: 'Upstairs',
    rules: [{ rule: 'gender_focus', gender: 'woman', refuses: false }],
    times: [
      { every: 'week', interval: 2, weekday: 4, opensAt: '10:00', closesAt: '12:00', from: '2026-01-08' },
      { every: 'month', weekday: 1, nth: -1, opensAt: '14:00' },
    ],
  })
  await given.group(project, {
    name: 'A course',
    places: null,
    courseStartsOn: '2026-12-01',
    courseEndsOn: '2027-02-01',
  })
  await given.group(project, { name: 'Outside', locationId: vague.id, venue: 'The park' })
  // Nothing at all is said of this one.
  await given.project(provider, { name: 'Hardly anything', rules: [], summary: '' })
  return here
}

test('what one directory publishes and another reads in, that one publishes again, word for word', async () => {
  const here = await aWholeCity()
  const there = await openApp()
  await here.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = here.app.server.address() as AddressInfo
  const published = await everyService(here)
  expect(published.length).toBeGreaterThan(20)

  const read = async () => {
    const source = await openFeed(`http://127.0.0.1:${port}/open-referral`, ['127.0.0.1'])
    const row = await importDirectory(there.context, 'system', source)
    source.close()
    return row
  }
  expect(await read()).toMatchObject({ status: 'done', created: published.length, leftOut: 0, failure: null })
  const again = await everyService(there)
  expect(withoutCapacities(again)).toEqual(withoutCapacities(published))
  expect(JSON.stringify(again)).not.toContain('"capacities"')

  // Nothing is new the second time.
  expect(await read()).toMatchObject({ created: 0, updated: 0, unchanged: published.length, leftOut: 0 })
  expect(await everyService(there)).toEqual(again)
}, 120_000)

test('the table of the directory carries what its columns hold, and reads back without a change', async () => {
  const here = await aWholeCity()
  const there = await openApp()
  const listings = await exportDirectory(here.context)
  const table = directoryCsv(listings)
  expect(table.charCodeAt(0)).toBe(0xfeff)
  const read = () => importDirectory(there.context, 'system', openFile('city.csv', Buffer.from(table)))
  expect(await read()).toMatchObject({ status: 'done', created: listings.length, leftOut: 0 })
  const copy = directoryCsv(await exportDirectory(there.context))
  expect(copy.split('\r\n').sort()).toEqual(table.split('\r\n').sort())
  expect(await read()).toMatchObject({ created: 0, updated: 0, unchanged: listings.length })
}, 120_000)
