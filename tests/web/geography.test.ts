import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { importGeography } from '../../src/actions/geography/import-geography.ts'
import { checkFiles, ShowReading } from '../../src/load-geography.ts'
import { auditRows, people, wards } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestUser } from '../support/given.ts'
import { wholeAuthority } from '../support/official-files.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'

let test: TestApp
let city: City
let boss: TestUser
let admin: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  boss = await test.given.user('organisation_admin', city.service)
  admin = visitor(test.app, boss)
})

async function load(): Promise<void> {
  const shown = new ShowReading()
  shown.checked = shown.imported = shown.placed = () => {}
  await importGeography(test.context, await checkFiles(wholeAuthority(), shown), shown)
}

describe('what is loaded', () => {
  it('is said to whoever runs the service, with its edition, and what is missing without it', async () => {
    const operator = await test.given.organisation('operator', { slug: 'trellis' })
    const system = visitor(test.app, await test.given.user('system_admin', operator))
    const before = readable((await system.get('/o/trellis/geography')).html)
    expect(before.match(/Not loaded yet/g)).toHaveLength(4)
    expect(before).toContain('geography import --nspl FILE')
    await load()
    const after = readable((await system.get('/o/trellis/geography')).html)
    expect(after).not.toContain('Not loaded yet')
    expect(after).toContain('NSPL, wards of 2026, neighbourhoods of 2021')
    expect(after).toContain('Contains OS data © Crown copyright')
    expect((await admin.get(`${BASE}/geography`)).status).toBe(403)
  })
})

describe('localities', () => {
  it('are empty until the service sorts its wards, also before any file; people’s pages show them', async () => {
    const { html } = await admin.get(`${BASE}/localities`)
    expect(readable(html)).toContain('17 wards are not sorted yet.')
    expect(html).toContain('North &amp; Central')
    const path = `${BASE}/localities?authority=E06000045`
    const sorting = { 'was.E05015493': '', E05015493: ' Central ', 'was.E05015506': '', E05015506: 'East' }
    expect((await admin.send(path, sorting)).location).toBe(`${path}&done=sorted`)
    expect(readable((await admin.get(path)).html)).toContain('15 wards are not sorted yet.')
    const rows = await test.context.db.read.select().from(wards)
    expect(rows).toMatchObject([
      { code: 'E05015493', name: 'Bevois', locality: 'Central' },
      { code: 'E05015506', locality: 'East' },
    ])
    const acts = await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'localities.changed'))
    expect(acts).toMatchObject([{ actorId: boss.userId, subjectId: 'E06000045' }])

    await test.given.referral(city).assigned()
    await test.context.db.write((tx) => tx.update(people).set({ wardCode: 'E05015493' }))
    const navigator = visitor(test.app, city.navigator)
    const list = await test.context.db.read.select({ id: people.id }).from(people)
    const correct = await navigator.get(`${BASE}/people/${list[0]?.id}/correct`)
    expect(readable(correct.html)).toContain('Bevois, Central')
  })

  it('say who was first, and what is too long, and keep what was typed', async () => {
    const path = `${BASE}/localities?authority=E06000045`
    await admin.send(path, { 'was.E05015493': '', E05015493: 'Central' })
    expect(readable((await admin.get(path)).html)).toContain('Sort the wards of Southampton')
    const late = await admin.send(path, { 'was.E05015493': '', E05015493: 'West' })
    expect([late.status, late.faults]).toEqual([409, ['Somebody sorted Bevois in the meantime. Look at it again.']])
    const long = await admin.send(path, { 'was.E05015506': '', E05015506: 'East '.repeat(12) })
    expect([long.status, long.faults]).toEqual([400, ['The name of a locality must be 40 characters or fewer']])
    expect(long.html).toContain('East East')
    expect(await test.context.db.read.$count(wards)).toBe(1)
  })

  it('are what lists are narrowed down by: of the loaded list, and before it the city’s own', async () => {
    const navigator = visitor(test.app, city.navigator)
    const offered = async (path: string, name: string) =>
      [
        ...(
          new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`).exec((await navigator.get(path)).html)?.[0] ?? ''
        ).matchAll(/value="(?:ward:)?(E05\d+)"/g),
      ].map(([, code]) => code)
    const pages = [
      [`${BASE}/board`, 'ward'],
      [`${BASE}/list`, 'ward'],
      [`${BASE}/stuck`, 'ward'],
      [`${BASE}/directory`, 'area'],
    ] as const
    const giving = (code: string) =>
      test.call(boss, 'PATCH', `/users/${city.navigator.userId}`, { body: { wards: [code] } })
    for (const [path, name] of pages) expect([path, (await offered(path, name)).length]).toEqual([path, 17])
    expect((await giving('E05015490')).status).toBe(200)
    await load()
    const loaded = (await test.context.db.read.select().from(wards)).map(({ code }) => code).sort()
    for (const [path, name] of pages) expect([path, (await offered(path, name)).sort()]).toEqual([path, loaded])
    expect(readable((await navigator.get(`${BASE}/board?ward=${loaded[0]}`)).html)).not.toContain('It was left out')
    expect((await giving(String(loaded[0]))).status).toBe(200)
    expect(await giving('E05015490')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/wards/0' }] } })
  })

  it('are of any authority once its wards are loaded', async () => {
    await load()
    const page = readable((await admin.get(`${BASE}/localities`)).html)
    expect(page).toContain('Sort the wards of Overwater')
    const lead = visitor(test.app, city.lead)
    const path = `${BASE}/localities?authority=E06999999`
    const sorting = { 'was.E05999002': '', E05999002: 'By the river', 'was.E05015493': '', E05015493: 'West' }
    expect((await lead.send(path, sorting)).status).toBe(303)
    // A lead comes from the directory, and goes back there: settings are for administrators.
    expect((await lead.get(`${BASE}/directory`)).html).toContain(`href="${BASE}/localities"`)
    expect((await lead.get(path)).html).not.toContain(`"${BASE}/settings"`)
    const sorted = await test.context.db.read.select({ code: wards.code, locality: wards.locality }).from(wards)
    expect(sorted.filter(({ locality }) => locality)).toEqual([{ code: 'E05999002', locality: 'By the river' }])
  })

  it('are no business of a navigator, a practice or a project', async () => {
    const practice = await test.given.user('organisation_admin', city.practice)
    const tried = [
      await visitor(test.app, city.navigator).get(`${BASE}/localities`),
      await visitor(test.app, practice).get('/o/st-marys-surgery/localities'),
      await visitor(test.app, city.worker).get('/o/community-roots/localities'),
    ]
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403])
  })
})
