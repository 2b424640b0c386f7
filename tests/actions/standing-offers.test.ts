import { randomBytes } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { assureProject } from '../../src/actions/directory/assure-project.ts'
import { cancelGroup } from '../../src/actions/directory/cancel-group.ts'
import { changeGroup, confirmCapacity } from '../../src/actions/directory/change-group.ts'
import { changeProject } from '../../src/actions/directory/change-project.ts'
import { createGroup } from '../../src/actions/directory/create-group.ts'
import { changeLocation } from '../../src/actions/directory/keep-location.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { listMatches } from '../../src/actions/referrals/list-matches.ts'
import { standingOffers } from '../../src/actions/referrals/standing-offers.ts'
import { engine } from '../../src/store/columns.ts'
import { type Database, type Db, openDatabase } from '../../src/store/database.ts'
import { groupForecasts, groups, locations, organisations, placements, projects } from '../../src/store/schema.ts'
import { fileOf } from '../../src/store/sqlite.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { freshUrl } from '../support/database.ts'
import type { City, TestGroup, TestProject } from '../support/given.ts'
import { testContext } from '../support/small-city.ts'

// What matching keeps in memory of the directory may never be older than the directory, whoever changed it and wherever.

let test: TestApp
let clock: TestApp['clock']
let city: City
let url: string
/** Another process on the same database. */
let other: Database
let project: TestProject
let group: TestGroup
let referralId: string

async function open(): Promise<Database> {
  const database = await openDatabase(url)
  onTestFinished(() => database.close())
  return database
}

beforeEach(async () => {
  url = await freshUrl()
  const made = testContext(await open())
  clock = made.clock
  test = await openApp({}, { ...made.context, randomBytes })
  other = await open()
  city = await test.given.city()
  project = await test.given.project(city.provider, { name: 'Allotment', needs: ['loneliness'] })
  const place = { version: 1, organisationId: city.provider.id, kind: 'physical' as const, name: 'Hall' }
  await test.context.db.write(async (tx) => {
    await tx.insert(locations).values({ ...place, id: 'hall', addressLines: [], access: [] })
  })
  group = await test.given.group(project, { name: 'Digging', locationId: 'hall' })
  const forecast = { groupId: group.id, starts: 14, open: 2, lowDays: 7, highDays: 28, countedAt: test.context.now() }
  await test.context.db.write((tx) => tx.insert(groupForecasts).values(forecast))
  const person = { communicationNeeds: 'Uses a wheelchair', preferredLanguage: 'Polish', interpreter: true }
  referralId = (await test.given.referral(city, person).active()).id
})

const look = async () => listMatches(test.context, city.navigator, referralId)
const ofGroup = async (id = group.id) => (await look()).find(({ groupId }) => groupId === id)
const words = async () => (await ofGroup())?.why.map(({ text }) => text)
const verdict = async () => (await ofGroup())?.verdict
const kept = () => standingOffers(test.context.db.read)

const inProject = (set: Partial<TestProject>) => (tx: Db) =>
  tx.update(projects).set(set).where(eq(projects.id, project.id))
const inGroup = (set: Partial<TestGroup>) => (tx: Db) => tx.update(groups).set(set).where(eq(groups.id, group.id))

describe('what another process writes stands in the next answer', () => {
  // biome-ignore format: a table reads as a table
  it.each<[string, (tx: Db) => Promise<unknown>, () => Promise<unknown>, unknown]>([
    ['the rules of a project', inProject({ rules: [{ rule: 'age', max: 25 }] }), verdict, 'not_eligible'],
    ['the rules of a group', inGroup({ rules: [{ rule: 'age', max: 25 }] }), verdict, 'not_eligible'],
    ['its name', inProject({ name: 'Garden' }), async () => (await ofGroup())?.projectName, 'Garden'],
    ['the needs it meets', inProject({ needs: ['housing'] }), async () => (await ofGroup())?.meetsNeeds, []],
    ['its status', inProject({ status: 'inactive' }), async () => (await ofGroup())?.takesPeople, false],
    ['that it is not listed', inProject({ isListed: false }), ofGroup, undefined],
    ['an alert', inProject({ alert: 'Flooded' }), async () => (await ofGroup())?.alert, 'Flooded'],
    ['what it costs', inProject({ costPence: 0 }), words, expect.arrayContaining(['Free of charge'])],
    ['its languages', inProject({ languages: ['pl'] }), words, expect.arrayContaining(['In Polish'])],
    ['what one does there', inProject({ interests: ['Gardening'] }), words, expect.arrayContaining(['What they like or are good at: gardening'])],
    ['its way in', inProject({ access: ['step_free'] }), words, expect.arrayContaining(['Step-free entrance'])],
    ['the way into its place', (tx) => tx.update(locations).set({ access: ['step_free'] }), words, expect.arrayContaining(['Step-free entrance'])],
    ['that it was checked', inProject({ assuredOn: '2026-11-23' }), async () => (await ofGroup())?.isStale, false],
    ['that it is for a crisis', inProject({ isCrisis: true }), async () => (await ofGroup())?.isCrisis, true],
    ['who runs it', (tx) => tx.update(organisations).set({ name: 'New name' }), async () => (await ofGroup())?.providerName, 'New name'],
    ['how long people waited', (tx) => tx.update(groupForecasts).set({ highDays: 70 }), async () => (await ofGroup())?.expectedWaitDays, { low: 7, high: 70, n: 14 }],
    ['that nobody knows how long', (tx) => tx.delete(groupForecasts), async () => (await ofGroup())?.expectedWaitDays, null],
    ['a pause', inGroup({ intakePaused: true }), async () => (await ofGroup())?.takesPeople, false],
    ['fewer places', inGroup({ places: 3 }), async () => (await ofGroup())?.free, 3],
    ['that nobody confirmed them', inGroup({ capacityConfirmedAt: null }), async () => (await ofGroup())?.free, null],
    ['when it meets', inGroup({ schedule: 'Mondays' }), async () => (await ofGroup())?.schedule, 'Mondays'],
    ['that it was cancelled', inGroup({ cancelledAt: new Date('2026-11-23') }), ofGroup, undefined],
    ['that it is gone', async (tx) => { await tx.delete(groupForecasts); await tx.delete(groups).where(eq(groups.id, group.id)) }, ofGroup, undefined],
  ])('%s', async (_, change, seen, expected) => {
    const before = await seen()
    await seen()
    await other.write(async (tx) => {
      await change(tx)
    })
    expect(before).not.toEqual(expected)
    expect(await seen()).toEqual(expected)
  })

  it('new projects and groups', async () => {
    const count = (await look()).length
    await other.write(async (tx) => {
      await tx.insert(projects).values({ ...project, id: 'new', slug: 'new' })
    })
    expect(await look()).toHaveLength(count + 1)
    await other.write(async (tx) => {
      await tx.insert(groups).values([
        { ...group, id: 'new-1', projectId: 'new' },
        { ...group, id: 'new-2', projectId: 'new' },
      ])
    })
    expect(await look()).toHaveLength(count + 2)
  })

  it('places that are taken', async () => {
    const placed = await test.given.referral(city).accepted()
    expect(await ofGroup()).toMatchObject({ taken: 0, free: 10 })
    await other.write(async (tx) => {
      await tx.update(placements).set({ groupId: group.id }).where(eq(placements.id, placed.id))
    })
    expect(await ofGroup()).toMatchObject({ taken: 1, free: 9 })
  })
})

it('what a provider does stands in the next answer', async () => {
  const { context } = test
  const { worker } = city
  const read = async () => {
    const [row] = await context.db.read.select().from(groups).where(eq(groups.id, group.id))
    return row?.version ?? 0
  }
  await look()
  const changed = await changeProject(context, worker, project.id, 1, { alert: 'Moved to the hall', costPence: 200 })
  expect(await ofGroup()).toMatchObject({ alert: 'Moved to the hall', isStale: false })
  expect(await words()).toContain('£2 a session')
  await changeProject(context, worker, project.id, changed.version, { rules: [{ rule: 'age', max: 25 }] })
  expect(await verdict()).toBe('not_eligible')
  await assureProject(context, worker, project.id)
  await changeLocation(context, worker, 'hall', 1, {
    kind: 'physical',
    name: 'Hall',
    addressLines: [],
    access: ['step_free'],
  })
  expect(await words()).toContain('Step-free entrance')
  await changeGroup(context, worker, group.id, await read(), { places: 4 })
  expect(await ofGroup()).toMatchObject({ places: 4, free: 4 })
  await changeGroup(context, worker, group.id, await read(), { intake: { paused: true } })
  expect(await ofGroup()).toMatchObject({ takesPeople: false, intakeOpen: false })
  clock.set('2026-12-14T08:00:00Z')
  expect(await ofGroup()).toMatchObject({ free: null })
})

it('what placements do to a group stands in the next answer', async () => {
  const { context } = test
  const { worker, navigator } = city
  const { id } = await test.given.referral(city).active()
  expect(await ofGroup()).toMatchObject({ taken: 0, free: 10 })
  const sent = await sendPlacement(context, navigator, id, { groupId: group.id })
  await acceptPlacement(context, worker, sent.id)
  expect(await ofGroup()).toMatchObject({ taken: 1, free: 9 })
  await confirmCapacity(context, worker, group.id)
  const added = await createGroup(context, worker, project.id, {
    name: 'Weeding',
    schedule: 'Fridays',
    venue: 'The hall',
    capacityKind: 'places',
    places: 5,
  })
  expect(await ofGroup(added.id)).toMatchObject({ groupName: 'Weeding', takesPeople: false })
  await cancelGroup(context, worker, added.id, { reason: 'Nobody came' })
  expect(await ofGroup(added.id)).toBeUndefined()
})

/** A connection of its own, which can leave a transaction open. */
async function connection(): Promise<(statement: string) => Promise<unknown>> {
  if (engine === 'sqlite') {
    const handle = new Sqlite(fileOf(url))
    onTestFinished(() => void handle.close())
    return async (statement) => handle.exec(statement)
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return (statement) => client.query(statement)
}

describe('the directory that is kept', () => {
  it('is read again only when it has changed', async () => {
    const first = await kept()
    await look()
    await test.given.referral(city).accepted()
    const touched = await kept()
    // Accepting confirms the places, which is part of the directory.
    expect(touched).not.toBe(first)
    await test.given.referral(city).active()
    expect(await kept()).toBe(touched)
    await inTwo(other)
    expect(await kept()).not.toBe(touched)
  })

  // Nothing is changed, and yet everything could have been.
  const inTwo = (database: Database) =>
    database.write(async (tx) => {
      await tx.update(projects).set({ name: sql`${projects.name}` })
    })

  it('belongs to one database: another handle has its own', async () => {
    expect(await standingOffers(other.read)).not.toBe(await kept())
    expect(await standingOffers(other.read)).toEqual(await kept())
  })

  it('holds nothing that was not committed, and all that was', async () => {
    const names = async () => (await kept()).map((one) => one.project.name)
    const say = await connection()
    const change = `update projects set name = 'Half done' where id = '${project.id}'`
    const before = await names()
    for (const end of ['rollback', 'commit']) {
      await say(engine === 'sqlite' ? 'begin immediate' : 'begin')
      await say(change)
      expect(await names()).toEqual(before)
      await say(end)
      expect((await names()).includes('Half done')).toBe(end === 'commit')
    }
  })

  it('is not kept where reading it failed', async () => {
    const say = await connection()
    await kept()
    await say('alter table locations rename to somewhere')
    await inTwo(other)
    await expect(kept()).rejects.toThrow()
    await say('alter table somewhere rename to locations')
    expect(await kept()).toHaveLength((await look()).length)
  })
})
