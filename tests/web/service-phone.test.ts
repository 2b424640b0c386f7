import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { listMail, openMail } from '../../src/actions/outbox/mailbox.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { auditRows, organisations } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { POST } from '../support/links.ts'
import { aRequest } from '../support/small-city.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const SETTINGS = '/o/so-linked/settings'
const PHONE = '01632 960100'
const BORN = { 'born-day': '27', 'born-month': '03', 'born-year': '1958' }

let test: TestApp
let city: City
let admin: Visitor
let anybody: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  admin = visitor(test.app, await test.given.user('organisation_admin', city.service))
  anybody = visitor(test.app)
})

const set = (phone: string, was = '') => admin.send(`${SETTINGS}/phone`, { phone, was }, SETTINGS)
const kept = async () => {
  const [row] = await test.context.db.read.select().from(organisations).where(eq(organisations.slug, 'so-linked'))
  return row?.phone
}
const words = async (path: string) => readable((await anybody.get(path)).html)

describe('the number of a service', () => {
  it('is set by its administrator, against what was read, and taken out again', async () => {
    expect((await set(PHONE)).location).toBe(`${SETTINGS}?done=phone`)
    expect(await kept()).toBe(PHONE)
    const late = await set('01632 960199')
    expect([late.status, await kept()]).toEqual([409, PHONE])
    expect(readable(late.html)).toContain(`Somebody set it to ${PHONE} in the meantime`)
    expect(late.html).toContain('value="01632 960199"')
    await set('', PHONE)
    expect(await kept()).toBeNull()
    const acts = await test.context.db.read
      .select()
      .from(auditRows)
      .where(eq(auditRows.action, 'organisation.configured'))
    expect(acts.map(({ detail }) => detail)).toEqual([{ changed: 'phone' }, { changed: 'phone' }])
  })

  it('must be a number that can be rung; what was typed stays', async () => {
    const wrong = await set('ring the bell')
    expect([wrong.status, wrong.faults]).toEqual([400, ['Enter a phone number, like 023 8000 0000 or 07700 900123']])
    expect(wrong.html).toContain('value="ring the bell"')
    expect(await kept()).toBeNull()
  })

  it('is asked of navigation services only', async () => {
    const practice = visitor(test.app, await test.given.user('organisation_admin', city.practice))
    const own = '/o/st-marys-surgery/settings'
    expect(readable((await practice.get(own)).html)).not.toContain('Phone number')
    expect((await practice.send(`${own}/phone`, { phone: PHONE, was: '' }, own)).status).toBe(404)
    expect((await visitor(test.app, city.navigator).post(`${SETTINGS}/phone`, { phone: PHONE })).status).toBe(403)
  })
})

describe('whoever is told to call the service', () => {
  it('is told the number, on open pages and behind links that are dead', async () => {
    const pages = ['/where', '/refer-yourself', '/l/nothing', '/visit/nothing']
    for (const path of pages) expect([path, (await words(path)).includes('01632')]).toEqual([path, false])
    await set(PHONE)
    for (const path of pages) expect([path, (await words(path)).includes(PHONE)]).toEqual([path, true])
    expect((await anybody.get('/where')).html).toContain('href="tel:01632960100"')
    expect(await words('/o/nobody/nothing')).not.toContain('01632')
  })

  it('finds it with their own referral, as the API does', async () => {
    await set(PHONE)
    const { reference } = await submitReferral(test.context, city.referrer, aRequest())
    const { html } = await anybody.send('/where', { reference, ...BORN })
    expect(readable(html)).toContain(`Call so-linked: ${PHONE}`)
    const body = { reference, dateOfBirth: '1958-03-27' }
    expect((await test.call(null, 'POST', '/status-lookups', { body })).body.servicePhone).toBe(PHONE)
  })

  it('reads it in their letters, as it is when they are sent', async () => {
    const email = 'maria@home.example'
    const safeContact = { voicemail: false, text: false, email: true, post: false }
    const { person, ...request } = aRequest()
    await submitReferral(test.context, city.referrer, { ...request, person: { ...person, email, safeContact } })
    await set(PHONE)
    await deliverMessages(test.context, POST)
    const letter = (await listMail(test.context)).find(({ to }) => to === email)
    const { text } = await openMail(test.context, letter?.id ?? '')
    expect(text).toContain(`Would you rather talk? Call ${PHONE}.`)
  })
})
