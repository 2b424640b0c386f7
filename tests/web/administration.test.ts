import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { breakGlass } from '../../src/actions/referrals/break-glass.ts'
import { auditRows, events, organisations, people } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestUser } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'

let test: TestApp
let city: City
let boss: TestUser
let admin: Visitor
let navigator: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  boss = await test.given.user('organisation_admin', city.service)
  admin = visitor(test.app, boss)
  navigator = visitor(test.app, city.navigator)
})

const words = async (who: Visitor, path: string) => readable((await who.get(path)).html)
const isRow = (action: string) => eq(auditRows.action, action)

describe('settings', () => {
  const fields = async () => {
    const { html } = await admin.get(`${BASE}/settings`)
    const inputs = [...html.matchAll(/<input[^>]*name="([\w.]+)"[^>]*value="(\d*)"/g)]
    return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value]))
  }

  it('shows the limits in force and sets them; faults come all at once, with what was typed', async () => {
    const usual = await fields()
    expect(usual).toMatchObject({ plan: '5', 'triage.routine': '2', reopenDays: '90' })
    const wrong = await admin.send(
      `${BASE}/settings/limits`,
      { ...usual, plan: '99', decide: 'soon' },
      `${BASE}/settings`,
    )
    expect([wrong.status, wrong.faults.length]).toEqual([400, 2])
    expect(wrong.html).toContain('value="soon"')
    const saved = await admin.send(`${BASE}/settings/limits`, { ...usual, plan: '7' }, `${BASE}/settings`)
    expect(saved.location).toBe(`${BASE}/settings?done=limits`)
    expect((await fields()).plan).toBe('7')
    const [row] = await test.context.db.read.select().from(organisations).where(eq(organisations.slug, 'so-linked'))
    expect(row?.settings).toMatchObject({ limits: { plan: 7 } })
  })

  it('shows both where somebody else was first, and writes nothing', async () => {
    const read = await fields()
    await admin.send(`${BASE}/settings/limits`, { ...read, plan: '7' }, `${BASE}/settings`)
    const late = await admin.send(`${BASE}/settings/limits`, { ...read, plan: '9' }, `${BASE}/settings`)
    expect(late.status).toBe(409)
    expect(readable(late.html)).toContain('Somebody set it to 7 in the meantime')
    expect(late.html).toContain('value="9"')
    expect((await fields()).plan).toBe('7')
  })

  it('keeps a shared address, against what was read', async () => {
    const send = (email: string, was: string) =>
      admin.send(`${BASE}/settings/email`, { email, was }, `${BASE}/settings`)
    expect((await send('nowhere', 'team@so-linked.example')).faults).toEqual([
      'Enter an e-mail address, like team@example.com',
    ])
    expect((await send('New@so-linked.example', 'team@so-linked.example')).status).toBe(303)
    expect((await send('other@so-linked.example', 'team@so-linked.example')).status).toBe(409)
    const [row] = await test.context.db.read.select().from(organisations).where(eq(organisations.slug, 'so-linked'))
    expect(row?.email).toBe('new@so-linked.example')
  })

  it('is for administrators; those of a practice have an address and no limits', async () => {
    expect((await navigator.get(`${BASE}/settings`)).status).toBe(403)
    const practice = visitor(test.app, await test.given.user('organisation_admin', city.practice))
    const text = await words(practice, '/o/st-marys-surgery/settings')
    expect(text).toContain('Shared e-mail address')
    expect(text).not.toContain('How long each step may take')
  })
})

describe('who looked', () => {
  it('names who, when, what and why, and is itself a look', async () => {
    const { id, reference } = await test.given.referral(city).assigned()
    await navigator.get(`${BASE}/referrals/${id}`)
    await visitor(test.app, city.referrer).get(`/o/st-marys-surgery/referrals/${id}`)
    const operator = await test.given.user('system_admin', await test.given.organisation('operator'))
    await breakGlass(test.context, operator, { referral: reference, reason: 'The police asked after a missing person' })
    const path = `${BASE}/looks/referral/${id}`
    const text = await words(admin, path)
    for (const part of [
      city.navigator.name,
      city.referrer.name,
      'outside your team',
      'The police asked after a missing person',
    ])
      expect(text).toContain(part)
    expect(await test.context.db.read.$count(auditRows, isRow('looks.viewed'))).toBe(1)
    expect(await words(admin, `${BASE}/looks/by/${city.navigator.userId}`)).toContain(reference)
    expect(await words(admin, `${BASE}/break-glass`)).toContain('The police asked')
  })

  it('is found by a name within the own records, and by nobody else', async () => {
    const { id } = await test.given.referral(city).submitted()
    const found = await admin.send(`${BASE}/looks`, { q: 'okafor' })
    expect(found.location).not.toMatch(/okafor/i)
    expect((await admin.get(found.location ?? '')).html).toContain(`${BASE}/looks/referral/${id}`)
    const strange = await test.given.user('organisation_admin', await test.given.organisation('gp_practice'))
    const stranger = visitor(test.app, strange)
    const theirs = `/o/${strange.organisation}/looks`
    const nobody = await stranger.send(theirs, { q: 'okafor' })
    expect(await words(stranger, nobody.location ?? '')).toContain('Nobody found')
    const before = await test.context.db.read.$count(auditRows)
    expect((await stranger.get(`${theirs}/referral/${id}`)).status).toBe(404)
    expect(await test.context.db.read.$count(auditRows)).toBe(before + 1)
    for (const who of [navigator, visitor(test.app, city.lead)])
      expect((await who.get(`${BASE}/looks`)).status).toBe(403)
  })
})

describe('the search page', () => {
  it('keeps names out of the address, and a reference in it', async () => {
    const { id, reference } = await test.given.referral(city).submitted()
    const named = await navigator.send(`${BASE}/search`, { q: 'Okafor 27/3/1958' })
    expect(named.location).toMatch(new RegExp(`^${BASE}/search\\?found=[\\w-]{500,}$`))
    const text = await words(navigator, named.location ?? '')
    for (const part of ['1 person found', 'the name “okafor”', 'born 27 March 1958', reference])
      expect(text).toContain(part)
    expect(await words(visitor(test.app, city.lead), named.location ?? '')).not.toContain('found:')
    expect((await navigator.send(`${BASE}/search`, { q: reference })).location).toBe(`${BASE}/search?q=${reference}`)
    expect((await navigator.get(`${BASE}/search?q=${reference}`)).html).toContain(`${BASE}/referrals/${id}`)
    for (const q of [`${reference} Maria Okafor`, `${reference} مريم`, 'Jack Dunn'])
      expect((await navigator.send(`${BASE}/search`, { q })).location).toMatch(/\?found=[\w-]+$/)
    const before = await test.context.db.read.$count(auditRows)
    expect(await words(navigator, `${BASE}/search?q=okafor`)).toContain('If you search by')
    expect(await test.context.db.read.$count(auditRows)).toBe(before)
  })

  it('is not for analysts and administrators, and tires of whoever never stops', async () => {
    const analyst = await test.given.user('analyst')
    expect((await visitor(test.app, analyst).get(`/o/${analyst.organisation}/search`)).status).toBe(403)
    expect((await admin.get(`${BASE}/search`)).status).toBe(403)
    const { location = '' } = await navigator.send(`${BASE}/search`, { q: 'nobody' })
    let last = 200
    for (let count = 0; count < 61 && last === 200; count++) last = (await navigator.get(location)).status
    expect(last).toBe(429)
  })
})

describe('a person’s details and rows', () => {
  it('are corrected with a reason, and both are shown where somebody else was first', async () => {
    const { id, person } = await test.given.referral(city).assigned()
    const path = `${BASE}/people/${person.id}/correct`
    const page = await navigator.get(`${path}?referral=${id}`)
    const version = /name="version" value="(\d+)"/.exec(page.html)?.[1] ?? ''
    const same = {
      fullName: person.fullName,
      phone: '07700 900999',
      postcode: 'SO14 0YN',
      messages: 'allowed',
      version,
    }
    expect((await navigator.send(path, same)).faults).toEqual(['Say why this is corrected'])
    const saved = await navigator.send(`${path}?referral=${id}`, { ...same, reason: 'Told us on the phone' })
    expect(saved.location).toBe(`${BASE}/referrals/${id}?done=corrected`)
    const [event] = await test.context.db.read.select().from(events).where(eq(events.type, 'person.changed'))
    expect(event).toMatchObject({ reason: 'Told us on the phone', detail: { fields: ['phone'] } })
    const late = await navigator.send(path, { ...same, phone: '07700 900111', reason: 'Another call' })
    expect(late.status).toBe(409)
    expect(readable(late.html)).toContain('Phone is now: 07700 900999')
    expect(late.html).toContain('07700 900111')
    const [row] = await test.context.db.read.select().from(people).where(eq(people.id, person.id))
    expect(row?.phone).toBe('07700 900999')
  })

  it('are recognised as one person, and told apart again', async () => {
    const one = await test.given.referral(city).submitted()
    const other = await test.given.referral(city).submitted()
    const path = `${BASE}/referrals/${other.id}/same-person`
    expect(await words(navigator, path)).toContain(one.reference)
    expect((await navigator.send(path, {})).faults).toEqual(['Choose a referral, or type its reference'])
    expect((await navigator.send(path, { reference: one.reference })).location).toBe(`${path}?done=same`)
    expect(await words(navigator, path)).toContain('Recognised as the same person')
    await navigator.send(`${BASE}/referrals/${other.id}/not-same-person`, {}, path)
    expect(await words(navigator, path)).not.toContain('Recognised as the same person')
    expect(
      (await visitor(test.app, city.referrer).get(`/o/st-marys-surgery/referrals/${other.id}/same-person`)).status,
    ).toBe(403)
  })

  it('are opened by an operator in an emergency, with a reason', async () => {
    const { reference } = await test.given.referral(city).assigned()
    const operator = await test.given.user('system_admin', await test.given.organisation('operator'))
    const page = visitor(test.app, operator)
    const path = `/o/${operator.organisation}/break-glass`
    const short = await page.send(path, { referral: reference, reason: 'Because' })
    expect([short.status, await test.context.db.read.$count(auditRows, isRow('referral.glass-broken'))]).toEqual([
      400, 0,
    ])
    const opened = await page.send(path, { referral: reference, reason: 'The police asked after a missing person' })
    expect([opened.status, readable(opened.html)]).toEqual([201, expect.stringContaining('Maria Okafor')])
    expect((await navigator.get(`${BASE}/break-glass`)).status).toBe(403)
  })
})
