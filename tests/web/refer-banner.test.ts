import { beforeEach, describe, expect, it } from 'vitest'
import { auditRows, drafts, people } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/st-marys-surgery'
const JANE = `SMITH, Jane (Mrs)  Born 04-May-1956 (70y)  Gender Female  NHS No. 999 000 0018  Usual GP SINGH, Raj (Dr)
Address 12 High Street, Southampton, SO14 3AB  Mobile 07700 900123`

let test: TestApp
let city: City
let practice: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  practice = visitor(test.app, city.referrer)
})

/** What the page's fields hold. */
function boxOf(html: string, name: string): string | undefined {
  const input = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(html)?.[0]
  return input && (/\bvalue="([^"]*)"/.exec(input)?.[1] ?? '')
}

describe('a text from the record, without any script', () => {
  it('fills the form, says what it filled, and is kept nowhere', async () => {
    const answer = await practice.send(`${BASE}/refer`, { _banner: JANE, read: 'yes' })
    expect(answer.status).toBe(200)
    const of = (name: string) => boxOf(answer.html, name)
    expect(['fullName', 'nhsNumber', 'phone', 'postcode'].map(of)).toEqual([
      'Jane Smith',
      '999 000 0018',
      '07700 900123',
      'SO14 3AB',
    ])
    expect(['day', 'month', 'year'].map((part) => of(`dateOfBirth-${part}`))).toEqual(['4', '5', '1956'])
    expect(readable(answer.html)).toContain(
      'Read from the text: check it Filled in below: name, date of birth, NHS number, phone number, address and postcode.',
    )
    expect(answer.html).not.toContain('SINGH')
    expect(await test.context.db.read.$count(drafts)).toBe(0)
    const next = await practice.send(`${BASE}/refer`, {
      fullName: 'Jane Smith',
      'dateOfBirth-day': '4',
      'dateOfBirth-month': '5',
      'dateOfBirth-year': '1956',
      phone: '07700 900123',
      postcode: 'SO14 3AB',
      agrees: 'yes',
      wasRead: 'fullName phone',
      _banner: JANE,
    })
    expect(next.location).toMatch(/\/why$/)
    const kept = JSON.stringify(await test.context.db.read.select().from(drafts))
    for (const gone of ['SINGH', 'Gender', 'wasRead', '_banner']) expect(kept).not.toContain(gone)
  })

  it('is read by Continue too, where nothing else was typed', async () => {
    const answer = await practice.send(`${BASE}/refer`, { _banner: JANE })
    expect([answer.status, boxOf(answer.html, 'fullName')]).toEqual([200, 'Jane Smith'])
  })

  it('says what it left out, and keeps what was typed and the text says nothing of', async () => {
    const text = 'SMITH, Jane (Mrs) Born 04/05/1956 NHS No. 999 000 0019'
    const answer = await practice.send(`${BASE}/refer`, {
      _banner: text,
      read: 'yes',
      phone: '023 8000 0000',
      agrees: 'yes',
    })
    const page = readable(answer.html)
    for (const words of [
      '999 000 0019 is not a valid NHS number, so it was left out. Check each digit.',
      'The date 04/05/1956 can be read in two ways. Type the date of birth.',
      'Date of birth, phone number and postcode: not read. Type them below.',
    ])
      expect(page).toContain(words)
    expect(boxOf(answer.html, 'phone')).toBe('023 8000 0000')
    expect(answer.html).toMatch(/name="agrees"[^>]*checked/)
  })

  it('lets go of the person before when another text is read', async () => {
    const text = 'Name: Tom Brown\nDOB: 27 March 1958'
    const answer = await practice.send(`${BASE}/refer`, {
      _banner: text,
      read: 'yes',
      wasRead: 'fullName nhsNumber phone',
      fullName: 'Jane Smith',
      nhsNumber: '999 000 0018',
      phone: '07700 900123',
      postcode: 'SO14 3AB',
    })
    expect(['fullName', 'nhsNumber', 'phone', 'postcode'].map((name) => boxOf(answer.html, name))).toEqual([
      'Tom Brown',
      '',
      '',
      'SO14 3AB',
    ])
  })

  it('keeps a text in which there is nothing, and goes on by typing', async () => {
    const answer = await practice.send(`${BASE}/refer`, { _banner: 'Thank you <b>so</b> much', read: 'yes' })
    expect(answer.status).toBe(200)
    expect(answer.html).toContain('Thank you &lt;b&gt;so&lt;/b&gt; much</textarea>')
    expect(readable(answer.html)).toContain('Nothing could be read')
    expect(answer.html).not.toContain('There is a problem')
  })

  it('is not for those who do not refer', async () => {
    const worker = visitor(test.app, city.worker)
    const hidden = await worker.hiddenOf('/o/community-roots/placements')
    const answer = await worker.post('/o/community-roots/refer', { ...hidden, _banner: JANE, read: 'yes' })
    expect(answer.status).toBe(403)
  })
})

describe('somebody referred before', () => {
  const WHO = {
    fullName: 'Jane Smith',
    'dateOfBirth-day': '4',
    'dateOfBirth-month': '5',
    'dateOfBirth-year': '1956',
    phone: '07700 900123',
    postcode: 'SO14 3AB',
    agrees: 'yes',
  }
  const PERSON = { fullName: 'Mrs Jayne Smith', dateOfBirth: '1956-05-04', postcode: 'SO14 3AB' }

  it('is said before going on, with the state and a link, and one click goes on', async () => {
    const { id, reference } = await test.given.referral(city, PERSON).assigned()
    const before = await test.context.db.read.$count(auditRows)
    const { location = '' } = await practice.send(`${BASE}/refer`, WHO)
    expect(location).toMatch(/\/known$/)
    const page = await practice.get(location)
    expect(page.html).toContain(`href="${BASE}/referrals/${id}"`)
    const words = readable(page.html)
    expect(words).toContain('You may have referred this person already')
    for (const known of ['Mrs Jayne Smith', 'Assigned', reference]) expect(words).toContain(known)
    expect(await test.context.db.read.$count(auditRows)).toBeGreaterThan(before)
    const why = location.replace(/known$/, 'why')
    expect(page.html.match(new RegExp(`href="${why}"`, 'g'))).toHaveLength(2)
    expect((await practice.get(why)).status).toBe(200)
  })

  it('is said of a referral that closed within a year, as what it is', async () => {
    const { id } = await test.given.referral(city, PERSON).submitted()
    await practice.send(`${BASE}/referrals/${id}/withdraw`, { reason: 'sent_in_error' })
    const { location = '' } = await practice.send(`${BASE}/refer`, WHO)
    const words = readable((await practice.get(location)).html)
    expect(words).toContain('You may have referred this person before')
    expect(words).toContain('closed on Mon 23 November 2026')
  })

  it('never tells of another organisation’s referral', async () => {
    const elsewhere = await test.given.user('referrer', await test.given.organisation('gp_practice'))
    await test.given.referral({ ...city, referrer: elsewhere }, PERSON).submitted()
    expect(await test.context.db.read.$count(people)).toBe(1)
    const { location = '' } = await practice.send(`${BASE}/refer`, WHO)
    expect(location).toMatch(/\/why$/)
    expect((await practice.get(location.replace(/why$/, 'known'))).location).toBe(location)
  })

  it('throws the draft away by one click', async () => {
    await test.given.referral(city, PERSON).submitted()
    const { location = '' } = await practice.send(`${BASE}/refer`, WHO)
    const gone = await practice.send(location.replace(/known$/, 'delete'), {}, location)
    expect(gone.location).toBe(`${BASE}/referrals?done=draft-deleted`)
    expect(readable((await practice.get(gone.location ?? '')).html)).toContain('The draft is deleted.')
    expect(await test.context.db.read.$count(drafts)).toBe(0)
  })
})
