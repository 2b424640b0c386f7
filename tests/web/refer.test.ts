import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { auditRows, drafts, memberships, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const WHO = {
  fullName: 'Maria Okafor',
  'dateOfBirth-day': '27',
  'dateOfBirth-month': '3',
  'dateOfBirth-year': '1958',
  nhsNumber: '999 000 0018',
  phone: '07700 900123',
  postcode: 'so14 0yn',
  safe: ['text', 'voicemail'],
  agrees: 'yes',
}
const WHY = { groups: ['0'], reason: 'Lives alone since her husband died.', priority: 'routine', riskKnown: 'none' }
const BASE = '/o/st-marys-surgery'

let test: TestApp
let city: City
let practice: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  practice = visitor(test.app, city.referrer)
})

async function draftUpTo(step: 'why' | 'check', who = WHO, why: Record<string, string | string[]> = WHY) {
  const first = await practice.send(`${BASE}/refer`, who)
  const address = first.location ?? ''
  if (step === 'why') return address
  return (await practice.send(address, why)).location ?? ''
}

describe('who', () => {
  it('says every fault at once beside its field and in the title, and keeps what was typed', async () => {
    const sent = { fullName: '', 'dateOfBirth-day': '31', 'dateOfBirth-month': '2', 'dateOfBirth-year': '1958' }
    const answer = await practice.send(`${BASE}/refer`, { ...sent, email: 'not an address', nhsNumber: '999 000 0019' })
    expect(answer.status).toBe(400)
    expect(answer.html).toContain('<title>Error: Who are you referring?')
    expect(answer.faults).toEqual([
      "Enter the person's full name",
      'The date of birth must be a real date, like 1955-03-27',
      'This is not a valid NHS number. Check the last digit',
      'Enter the postcode, or tick “No fixed address”',
      'Tick that the person agrees, or choose another legal reason to share',
      'Enter an e-mail address, like name@example.com',
    ])
    for (const kept of ['value="31"', 'value="not an address"', 'value="999 000 0019"'])
      expect(answer.html).toContain(kept)
    for (const id of answer.html.matchAll(/<a href="#([^"]+)"/g)) expect(answer.html).toContain(`id="${id[1]}"`)
    expect(await test.context.db.read.$count(drafts)).toBe(0)
  })

  it('asks for a day that has been', async () => {
    const answer = await practice.send(`${BASE}/refer`, { ...WHO, 'dateOfBirth-year': '2031' })
    expect(answer.faults).toEqual(['The date of birth must be in the past'])
  })

  it('takes another basis with its reason instead of agreement, and no fixed address instead of a postcode', async () => {
    const { agrees: _, postcode: __, ...who } = WHO
    const without = await practice.send(`${BASE}/refer`, { ...who, noFixedAddress: 'yes', basis: 'safeguarding' })
    expect(without.faults).toEqual(['Say why the details are shared without the person’s agreement'])
    const sent = { ...who, noFixedAddress: 'yes', basis: 'safeguarding', basisReason: 'Adult at risk' }
    expect((await practice.send(`${BASE}/refer`, sent)).status).toBe(303)
  })

  it('keeps one draft for a second click, and for Back and Continue again', async () => {
    const hidden = await practice.hiddenOf(`${BASE}/refer`)
    const first = await practice.post(`${BASE}/refer`, { ...hidden, ...WHO })
    const [second, third] = await Promise.all([
      practice.post(`${BASE}/refer`, { ...hidden, ...WHO }),
      practice.post(`${BASE}/refer`, { ...hidden, ...WHO, fullName: 'Maria O. Okafor' }),
    ])
    expect([second.location, third.location]).toEqual([first.location, first.location])
    expect(await test.context.db.read.$count(drafts)).toBe(1)
    expect(readable((await practice.get(`${BASE}/referrals`)).html)).toContain('Not sent yet Maria')
  })
})

describe('the browser’s Back to who', () => {
  it('finds what was typed, makes no second draft, and keeps what the second screen said', async () => {
    const { location: form = '' } = await practice.get(`${BASE}/refer`)
    expect(form).toMatch(/\/refer\?new=[\w-]{36}$/)
    const { location: why = '' } = await practice.send(form, WHO)
    await practice.send(why, WHY)
    expect((await practice.get(form)).html).toContain(`value="${WHO.fullName}"`)
    const again = await practice.send(form, { ...WHO, fullName: 'Maria Okafor-Smith' })
    expect(again.location).toBe(why)
    expect(await test.context.db.read.$count(drafts)).toBe(1)
    expect((await practice.get(why)).html).toContain(WHY.reason)
  })

  it('is an empty form once the draft was sent, and nobody else’s', async () => {
    const { location: form = '' } = await practice.get(`${BASE}/refer`)
    const { location: why = '' } = await practice.send(form, WHO)
    const colleague = visitor(test.app, await test.given.user('referrer', city.practice))
    expect((await colleague.get(form)).html).not.toContain(WHO.fullName)
    const { location: check = '' } = await practice.send(why, WHY)
    await practice.send(check)
    expect((await practice.get(form)).html).not.toContain(WHO.fullName)
    const gone = await practice.get(why)
    expect([gone.status, readable(gone.html)]).toEqual([
      404,
      expect.stringContaining('This draft is gone. It was sent'),
    ])
  })
})

describe('why', () => {
  it('asks for a need, a reason and a word on risks, and says what urgent is not', async () => {
    const address = await draftUpTo('why')
    const page = readable((await practice.get(address)).html)
    expect(page).toContain('Urgent means a call the same working day, not now.')
    for (const number of ['999', '111', 'The Lighthouse']) expect(page).toContain(number)
    const answer = await practice.send(address, { reason: '' })
    expect(answer.status).toBe(400)
    expect(answer.faults).toEqual([
      'Choose at least one need',
      'Say why you are referring this person',
      'Say whether you know of a risk',
    ])
  })

  it('counts the reason’s characters as the person does, and keeps it', async () => {
    const address = await draftUpTo('why')
    const lines = `${'x'.repeat(149)}\r\n${'y'.repeat(150)}`
    expect((await practice.send(address, { ...WHY, reason: lines })).status).toBe(303)
    const long = await practice.send(address, { ...WHY, reason: `${lines}z` })
    expect(long.faults).toEqual(['The reason must be 300 characters or fewer'])
    expect(long.html).toContain(`${'y'.repeat(150)}z</textarea>`)
  })

  it('cannot be made to run what somebody typed', async () => {
    const address = await draftUpTo('why', { ...WHO, fullName: '<script>alert(1)</script>' })
    const { html } = await practice.send(address, { ...WHY, reason: '', preferredLanguage: '"><img src=x>' })
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;script&gt;')
  })
})

describe('check and send', () => {
  it('shows everything on one card, sends once, and says who acts next and by when', async () => {
    const address = await draftUpTo('check')
    const card = readable((await practice.get(address)).html)
    for (const words of [
      'Maria Okafor',
      '27 March 1958',
      '999 000 0018',
      'Monday 7 December',
      'Safe to leave a voicemail',
    ])
      expect(card).toContain(words)
    const hidden = await practice.hiddenOf(address)
    const [first, second] = await Promise.all([practice.post(address, hidden), practice.post(address, hidden)])
    const again = await practice.post(address, hidden)
    expect(first.status).toBe(303)
    expect([second.location, again.location]).toEqual([first.location, first.location])
    expect(await test.context.db.read.$count(referrals)).toBe(1)
    expect(await test.context.db.read.$count(drafts)).toBe(0)
    const sent = readable((await practice.get(first.location ?? '')).html)
    expect(sent).toMatch(/Reference SP-\w{4}-\w{4}/)
    expect(sent).toContain('so-linked decides who takes the referral, by Wed 25 November')
    expect(sent).toContain('A navigator calls Maria Okafor by Mon 7 December')
  })

  it('refines a plain group by its exact codes', async () => {
    const address = await draftUpTo('check', WHO, { ...WHY, groups: ['0', '4'], needs: ['bereavement'] })
    const card = readable((await practice.get(address)).html)
    expect(card).toContain('Money or debt, bereavement')
    expect(card).not.toContain('Loneliness')
  })

  it('takes risks, which the card names and the list for the practice does not', async () => {
    const why = { ...WHY, riskKnown: 'some', risks: ['aggression'], riskDetail: 'Keeps a large dog' }
    const address = await draftUpTo('check', WHO, why)
    expect((await practice.get(address)).html).toContain('Keeps a large dog')
    const { location } = await practice.send(address)
    expect((await practice.get(String(location).replace(/\/sent$/, ''))).html).not.toContain('large dog')
  })

  it('is nobody else’s draft', async () => {
    const address = await draftUpTo('check')
    const other = visitor(test.app, await test.given.user('referrer', city.practice))
    const before = await test.context.db.read.$count(auditRows)
    expect((await other.get(address)).status).toBe(404)
    expect((await other.send(address, {}, `${BASE}/refer`)).status).toBe(404)
    expect(await test.context.db.read.$count(auditRows)).toBe(before)
  })

  it('is refused to whoever may no longer refer, as every other page of it', async () => {
    const address = await draftUpTo('check')
    await test.context.db.write((tx) =>
      tx.update(memberships).set({ role: 'organisation_admin' }).where(eq(memberships.userId, city.referrer.userId)),
    )
    for (const path of [address, address.replace('check', 'why'), address.replace('check', 'known')])
      expect([path, (await practice.get(path)).status]).toEqual([path, 403])
  })
})

describe('my referrals', () => {
  it('teaches when empty, and then says how far each is', async () => {
    expect(readable((await practice.get(`${BASE}/referrals`)).html)).toContain('No referrals yet. Refer someone')
    const { reference } = await test.given.referral(city).sent()
    const list = (await practice.get(`${BASE}/referrals`)).html
    expect(list).toContain(reference)
    expect(list).toContain('aria-label="Step 2 of 5, called: Waiting for an answer from Community Roots"')
  })

  it('lets the practice withdraw until contact, with a reason', async () => {
    const { id } = await test.given.referral(city).submitted()
    const page = `${BASE}/referrals/${id}`
    expect((await practice.send(`${page}/withdraw`)).faults).toEqual(['Choose a reason'])
    const done = await practice.send(`${page}/withdraw`, { reason: 'sent_in_error' })
    expect(done.location).toBe(`${page}?done=withdrawn`)
    expect(readable((await practice.get(`${page}?done=withdrawn`)).html)).toContain('Withdrawn on Mon 23 November')
    const contacted = await test.given.referral(city).contacted()
    expect((await practice.get(`${BASE}/referrals/${contacted.id}/withdraw`)).status).toBe(403)
  })
})
