import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { exportDirectory } from '../../src/actions/directory/export-directory.ts'
import { importDirectory } from '../../src/actions/directory/import-directory.ts'
import { openImport } from '../../src/actions/directory/list-imports.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import type { Limits } from '../../src/sources/fetch-json.ts'
import { openFile } from '../../src/sources/file.ts'
import { readDirectoryCsv } from '../../src/standards/csv.ts'
import { auditRows, directoryImportLines, groups, organisations, projects } from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { type Given, givenIn } from '../support/given.ts'
import { aService, json, type OddFeed, readFeed, serveFeed, uuid } from '../support/odd-feed.ts'
import { testContext } from '../support/small-city.ts'

let context: Context
let given: Given
beforeEach(async () => {
  context = testContext(await freshDatabase()).context
  given = givenIn(context)
})

const read = (address: string, limits: Partial<Limits> = {}) => readFeed(context, address, limits)

const readAll = async (feed: OddFeed) => read(await serveFeed(feed))
const names = async () => (await exportDirectory(context)).map(({ name }) => name).sort()
const lines = () => context.db.read.select().from(directoryImportLines).orderBy(directoryImportLines.id)
const projectNamed = async (name: string) =>
  (await context.db.read.select().from(projects).where(eq(projects.name, name)))[0]

describe('a feed that is read in', () => {
  test('makes, changes, and retires what is gone; a second time nothing changes, and each reading is audited', async () => {
    const feed = { pages: [[aService(1), aService(2)], [aService(3)]] }
    const address = await serveFeed(feed)
    expect(await read(`${address}/services?page=4`)).toMatchObject({ status: 'done', created: 3, leftOut: 0 })
    expect(await read(address)).toMatchObject({ created: 0, updated: 0, unchanged: 3 })

    const places = [{ id: uuid(9, 3), name: 'Another group' }]
    feed.pages = [[aService(1, { name: 'Renamed', service_at_locations: places })], [aService(3)]]
    expect(await read(address)).toMatchObject({ status: 'done', created: 0, updated: 2, unchanged: 1 })
    expect(await names()).toEqual(['Renamed', 'Service 2', 'Service 3'])
    expect(await projectNamed('Renamed')).toMatchObject({
      id: uuid(1),
      version: 2,
      isOpenAccess: true,
      isCrisis: false,
    })
    expect(await projectNamed('Service 2')).toMatchObject({ status: 'inactive' })
    const meets = await context.db.read
      .select()
      .from(groups)
      .where(eq(groups.projectId, uuid(1)))
    expect(meets.map(({ name, cancelledAt }) => [name, cancelledAt !== null]).sort()).toEqual([
      ['Another group', false],
      ['Service 1', true],
    ])
    expect(meets.every(({ capacityKind }) => capacityKind === 'open')).toBe(true)

    feed.pages = [[aService(1), aService(2), aService(3)]]
    expect(await read(address)).toMatchObject({ updated: 2, unchanged: 1 })
    expect(await projectNamed('Service 2')).toMatchObject({ status: 'active' })
    const trail = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'directory.imported'))
    expect(trail).toHaveLength(4)
    expect(trail[0]?.detail).toMatchObject({ created: 3, status: 'done' })
  })

  test('whose lists only name their services is asked for each of them', async () => {
    const whole = aService(1, { contacts: [{ id: uuid(1, 5), phones: [{ id: uuid(1, 6), number: '023 8000 0000' }] }] })
    const { service_at_locations: _places, ...thin } = aService(1)
    const instead: OddFeed['instead'] = (path, response) => {
      if (path !== `/services/${uuid(1)}`) return false
      json(response, whole)
      return true
    }
    expect(await readAll({ pages: [[thin]], instead })).toMatchObject({ created: 1 })
    expect((await exportDirectory(context))[0]).toMatchObject({ contactPhone: '023 8000 0000', groups: [{}] })
  })

  test('leaves out what is half valid and says why, line by line; the rest is kept', async () => {
    const bad = [
      'no service',
      aService(1, { id: null }),
      aService(2, { name: ' ' }),
      aService(3, { status: 'perhaps' }),
      aService(4, { organization: undefined }),
      aService(5, { url: 'javascript:alert(1)', email: 'nobody', assured_date: '2026-02-31', minimum_age: 'old' }),
      aService(6),
      aService(6, { name: 'Again' }),
      aService(7, { id: 'seven' }),
    ]
    expect(await readAll({ pages: [bad] })).toMatchObject({ status: 'done', created: 3, leftOut: 6 })
    const said = await lines()
    expect(said.filter(({ did }) => did === 'left_out').map(({ detail }) => detail)).toEqual([
      'This is no service.',
      'id is missing.',
      'name is missing.',
      'status must be active, temporarily closed, inactive, defunct.',
      'organization is missing, or has no id or no name.',
      expect.stringMatching(/^The same id stood in the source before/),
    ])
    expect(said.filter(({ did }) => did === 'noted').map(({ detail }) => detail)).toEqual([
      'url is no address of the web',
      'assured_date is no day',
      'the e-mail address is none',
      'minimum_age is no number from 0 to 120',
    ])
    expect(await projectNamed('Service 5')).toMatchObject({ url: null, contactEmail: null, assuredOn: null })
    expect((await projectNamed('Service 7'))?.id).toMatch(/^[\da-f]{8}-/)
    // The same derived id the next time: no second entry.
    const again = openFile('seven.json', Buffer.from(JSON.stringify([aService(7, { id: 'seven' })])))
    expect(await importDirectory(context, 'system', again)).toMatchObject({ created: 1 })
    expect(await importDirectory(context, 'system', again)).toMatchObject({ created: 0, unchanged: 1 })
  })

  test('does not keep a day that lies in the future, so that every entry grows old', async () => {
    const days = { assured_date: '2031-01-01', last_modified: '2026-11-24T00:00:00Z' }
    const today = { assured_date: '2026-11-23', last_modified: '2026-11-23T23:30:00Z' }
    const olden = { assured_date: '0000-01-01', last_modified: '0000-12-31T23:00:00-14:00' }
    const feed = { pages: [[aService(1, days), aService(2, today), aService(3, olden)]] }
    const address = await serveFeed(feed)
    expect(await read(address)).toMatchObject({ status: 'done', created: 3 })
    expect(await projectNamed('Service 1')).toMatchObject({ assuredOn: null, changedAt: null })
    expect(await projectNamed('Service 2')).toMatchObject({
      assuredOn: '2026-11-23',
      changedAt: new Date('2026-11-23T23:30:00Z'),
    })
    expect((await lines()).flatMap(({ did, detail }) => (did === 'noted' ? [detail] : []))).toEqual([
      'the day on which it was assured, 2031-01-01, lies in the future: not kept',
      'the day of its last change lies in the future: not kept',
      'assured_date is no day',
      'last_modified is no moment',
    ])
    expect(await read(address)).toMatchObject({ unchanged: 3 })
    const table = 'project,organisation,assured_on\nLater,Us,2027-01-01\nNow,Us,2026-11-23'
    await importDirectory(context, 'system', openFile('ours.csv', Buffer.from(table)))
    expect(await projectNamed('Later')).toMatchObject({ assuredOn: null })
    expect(await projectNamed('Now')).toMatchObject({ assuredOn: '2026-11-23' })
    expect((await lines()).at(-2)?.detail).toBe(
      'the day on which it was assured, 2027-01-01, lies in the future: not kept',
    )
  })

  test('keeps ages and areas as far as a rule can hold them, and says what it left', async () => {
    const area = (name: string, extent = '') => ({ id: uuid(1, 9), name, extent })
    const districts = Array.from({ length: 78 }, (_, number) => `SO${number + 10}`).join(' ')
    const entries = [
      aService(1, { minimum_age: 18, maximum_age: 150 }),
      aService(2, { minimum_age: 130 }),
      aService(3, { minimum_age: 17.5, maximum_age: 17.8 }),
      aService(4, { maximum_age: 25.9 }),
      aService(5, { service_areas: [area('a'.repeat(150)), area('b'.repeat(150))] }),
      aService(6, { service_areas: [area('Hampshire', districts)] }),
    ]
    expect(await readAll({ pages: [entries] })).toMatchObject({ status: 'done', created: 6 })
    const rulesOf = async (number: number) => (await projectNamed(`Service ${number}`))?.rules
    expect(await rulesOf(1)).toEqual([{ rule: 'age', min: 18 }])
    expect(await rulesOf(2)).toEqual([])
    expect(await rulesOf(3)).toEqual([])
    expect(await rulesOf(4)).toEqual([{ rule: 'age', max: 25 }])
    expect(await rulesOf(5)).toMatchObject([{ rule: 'area', name: expect.stringMatching(/^a{150} or b+…$/) }])
    expect(await rulesOf(6)).toMatchObject([{ rule: 'area', name: 'Hampshire', districts: { length: 60 } }])
    expect((await lines()).filter(({ did }) => did === 'noted').map(({ detail }) => detail)).toEqual([
      'minimum_age is no number from 0 to 120',
      'minimum_age is above maximum_age: neither is kept',
      'service_areas name more than 60 districts: the first are kept',
    ])
  })

  test('a table with ages that no rule can hold is read all the same', async () => {
    const table =
      'project,organisation,minimum_age,maximum_age\nWalks,Friends of the park,60,150\nTea,Friends of the park,5,4\n'
    const source = openFile('table.csv', Buffer.from(table))
    expect(await importDirectory(context, 'system', source)).toMatchObject({ status: 'done', created: 2 })
    expect((await projectNamed('Walks'))?.rules).toEqual([{ rule: 'age', min: 60 }])
    expect((await projectNamed('Tea'))?.rules).toEqual([])
  })

  test('blanks where a number belongs are nothing: what costs nobody knows how much is not free', async () => {
    await readAll({ pages: [[aService(1, { cost_options: [{ amount: ' ' }], minimum_age: '' })]] })
    expect(await projectNamed('Service 1')).toMatchObject({ costPence: null, rules: [] })
    expect((await lines()).filter(({ did }) => did === 'noted')).toEqual([])
  })

  test('a row whose names are too long to be known again by is left out, and says so', () => {
    const [row] = readDirectoryCsv(`project,organisation\n${'a'.repeat(150)},${'b'.repeat(150)}`, 'file:x.csv')
    expect(row).toMatchObject({ listing: null, fault: expect.stringContaining('longer than 200 characters') })
  })

  test('keeps words and no mark-up, of any length that a page can show', async () => {
    const description =
      '<p>Come &amp; see<br>us</p><script>alert(1)</script><img src=x onerror=alert(2)>\u202e&lt;b&gt; <a href="javascript:x">here</a>'
    const rich = aService(1, { name: '<b>Bold</b> name\u0000', description, alert: 'x'.repeat(3000) })
    const brackets = aService(2, { description: '<script'.repeat(20_000), name: '<'.repeat(50_000) })
    expect(await readAll({ pages: [[rich, brackets]] })).toMatchObject({ created: 2 })
    const [one] = (await exportDirectory(context)).filter(({ id }) => id === uuid(1))
    expect(one).toMatchObject({ name: 'Bold name', summary: 'Come & see\nus\n<b> here' })
    expect(one?.alert).toHaveLength(500)
    expect((await lines()).map(({ detail }) => detail)).toContain('alert was longer than 500 characters: it is cut')
  })

  test('never changes what is kept here, nor what another feed brought', async () => {
    const ours = await given.organisation('provider', { id: uuid(1, 2), name: 'Our own charity' })
    const project = await given.project(ours, { id: uuid(1), name: 'Our own project' })
    const group = await given.group(project, { id: uuid(2, 3), name: 'Our own group' })
    expect(await readAll({ pages: [[aService(1), aService(2)]] })).toMatchObject({ created: 1, leftOut: 1 })
    const theirs = await projectNamed('Service 2')
    expect(await projectNamed('Our own project')).toEqual(project)
    expect((await context.db.read.select().from(groups).where(eq(groups.id, group.id)))[0]).toEqual(group)
    expect((await context.db.read.select().from(organisations).where(eq(organisations.id, ours.id)))[0]).toEqual(ours)
    expect(theirs?.providerOrganisationId).not.toBe(ours.id)

    // Another feed with the same ids gets entries of its own, and retires none of the first one's.
    expect(await readAll({ pages: [[aService(2, { name: 'Copy' })]] })).toMatchObject({ created: 1 })
    expect(await projectNamed('Service 2')).toEqual(theirs)
    expect((await projectNamed('Copy'))?.id).not.toBe(uuid(2))
  })

  test('can be reached by no message, and nobody works for it', async () => {
    const organization = { id: uuid(1, 2), name: 'Theirs', description: 'x', email: 'post@theirs.example' }
    await readAll({ pages: [[aService(1, { organization })]] })
    expect(await context.db.read.select().from(organisations)).toMatchObject([
      { name: 'Theirs', email: null, kind: 'provider', isDefaultService: false, odsCode: null },
    ])
  })
})

test('nobody is sent to what was read in: a request would lie there unread', async () => {
  const city = await given.city()
  await readAll({ pages: [[aService(1)]] })
  const { id } = await given.referral(city).active()
  await expect(sendPlacement(context, city.navigator, id, { groupId: uuid(1, 3) })).rejects.toMatchObject({
    code: 'not-eligible',
    message: expect.stringContaining('Signpost'),
  })
})

describe('who may read in, and look at what was done', () => {
  test('a system administrator, and nobody else', async () => {
    const admin = await given.user('system_admin', await given.organisation('operator'))
    const navigator = await given.user('navigator', await given.organisation('navigation_service'))
    const file = () => openFile('theirs.json', Buffer.from(JSON.stringify({ contents: [aService(1)] })))
    await expect(importDirectory(context, navigator, file())).rejects.toMatchObject({ code: 'not-allowed' })
    const row = await importDirectory(context, admin, file())
    expect(row).toMatchObject({ startedBy: admin.userId, created: 1 })
    expect(await openImport(context, admin, row.id)).toMatchObject({
      lines: [{ did: 'created', name: 'Service 1' }],
      next: null,
    })
    await expect(openImport(context, navigator, row.id)).rejects.toMatchObject({ code: 'not-allowed' })
  })

  test('a file that is none is named as such', () => {
    expect(() => openFile('x.json', Buffer.from('{"contents": ['))).toThrow(/It may be cut off/)
    expect(() => openFile('x.csv', Buffer.from('name,town\nA,B'))).toThrow(/project and organisation missing/)
    expect(() => openFile('x.csv', Buffer.from('project,organisation,colour\n'))).toThrow(/no column “colour”/)
    expect(() => openFile('x.csv', Buffer.from([0xff, 0xfe, 0x41, 0x00]))).toThrow(/UTF-8/)
    expect(() => openFile('x.csv', Buffer.from('project,organisation\n"A,B'))).toThrow(/no table/)
    expect(() => openFile('x.json', Buffer.from('[]'))).toThrow(/no entry/)
  })

  test('a table reports by its lines, and a formula in it is a text', async () => {
    const rows = [
      'project,organisation,group,needs,cost',
      "'=1+1,Us,Mondays,food; magic,2.50",
      ',Us,,,',
      'Walks,Us,Fridays,,free',
    ]
    const row = await importDirectory(context, 'system', openFile('ours.csv', Buffer.from(rows.join('\r\n'))))
    expect(row).toMatchObject({ created: 2, leftOut: 1 })
    expect(await projectNamed('=1+1')).toMatchObject({ needs: ['food'], costPence: 250 })
    expect((await lines()).map(({ entry, did, detail }) => [entry, did, detail])).toEqual([
      ['line 2', 'created', null],
      ['line 2', 'noted', 'needs: there is no “magic”'],
      ['line 3', 'left_out', 'project is missing.'],
      ['line 4', 'created', null],
      ['line 4', 'noted', 'cost is no number from 0 to 100000'],
    ])
  })
})
