import { desc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { remindNavigators } from '../../src/actions/clocks/remind.ts'
import { askReferrer } from '../../src/actions/referrals/ask-referrer.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { listReferrals } from '../../src/actions/referrals/list-referrals.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { drafts, events, sessions } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/st-marys-surgery'
const LIST = `${BASE}/referrals`

let test: TestApp
let city: City
let practice: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  practice = visitor(test.app, city.referrer)
})

const words = async (path: string) => readable((await practice.get(path)).html)

async function closed(fullName: string) {
  const { id } = await test.given.referral(city, { fullName }).contacted()
  const summary = 'Walks with a group on Fridays.'
  return closeReferral(test.context, city.navigator, id, { outcome: 'completed', summary })
}

describe('filters', () => {
  it('keep to the open, the closed, or what waits for them, and stay in the address', async () => {
    await test.given.referral(city, { fullName: 'Open One' }).assigned()
    const asked = await test.given.referral(city, { fullName: 'Asked One' }).assigned()
    await askReferrer(test.context, city.navigator, asked.id, { question: 'Which days?' })
    const shut = await test.given.referral(city, { fullName: 'Shut One' }).submitted()
    await practice.send(`${LIST}/${shut.id}/withdraw`, { reason: 'sent_in_error' })
    const names = (show: string) => words(`${LIST}${show}`)
    expect(await names('?show=open')).toMatch(/Asked One.*Open One/)
    expect(await names('?show=open')).not.toContain('Shut One')
    expect(await names('?show=closed')).toMatch(/Shut One/)
    expect(await names('?show=closed')).not.toContain('Open One')
    const waiting = await practice.get(`${LIST}?show=waiting`)
    expect(readable(waiting.html)).toMatch(/Asked One.*Answer the question by Mon 30 November/)
    expect(readable(waiting.html)).not.toContain('Open One')
    expect(waiting.html).toMatch(/href="\/o\/st-marys-surgery\/referrals" aria-current="true">Waiting for you/)
    expect(waiting.html).toContain(`href="${LIST}/${asked.id}#question"`)
    expect((await practice.get(`${LIST}/${asked.id}`)).html).toContain('id="question"')
  })

  it('teach when nothing is left, and know nothing of a filter that nobody offers', async () => {
    await test.given.referral(city).submitted()
    expect(await words(`${LIST}?show=waiting`)).toContain('No question waits for you. See all your referrals')
    expect(await words(`${LIST}?show=everything`)).toContain('Newest news first')
  })
})

describe('pages of the list', () => {
  it('go on to the end, and say that it is the end', async () => {
    for (let made = 0; made < 27; made++) await test.given.referral(city, { fullName: `Person ${made}` }).submitted()
    const first = await practice.get(LIST)
    const older = /href="([^"]+after=[^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await words(older)
    expect(second).toContain('That is the end of the list')
    expect(readable(first.html)).not.toContain('That is the end of the list')
    expect(second).not.toContain('Person 26')
    expect(second).toContain('Person 0')
  })

  it('lead to the newest where an address has been cut or is no longer one', async () => {
    await test.given.referral(city).submitted()
    for (const after of ['gone', 'WyIyMDI2', '%00'])
      expect(await words(`${LIST}?after=${after}`)).toMatch(
        /(That part of the list has moved on|Newest news first).*Maria Okafor/,
      )
  })
})

describe('news', () => {
  async function signedInBefore(at: string) {
    const { userId } = city.referrer
    const row = { id: `before-${at}`, userId, createdAt: new Date(at), expiresAt: new Date('2027-01-01T00:00:00Z') }
    await test.context.db.write(async (tx) => void (await tx.insert(sessions).values(row)))
  }

  it('is marked where somebody else did something since the last time', async () => {
    await test.given.referral(city, { fullName: 'Other News' }).assigned()
    await test.given.referral(city, { fullName: 'Fresh News' }).assigned()
    expect(await words(LIST)).not.toContain('since you signed in')
    await signedInBefore('2026-11-23T08:00:00Z')
    expect(await words(LIST)).toContain('2 referrals have news since you signed in on Mon 23 November at 8am.')
    expect((await practice.get(LIST)).html.match(/trellis-row--new/g)).toHaveLength(2)
  })

  it('is neither their own doing nor work that is not for them', async () => {
    await signedInBefore('2026-11-23T08:59:59Z')
    const { id } = await test.given.referral(city).submitted()
    await practice.send(`${LIST}/${id}/withdraw`, { reason: 'sent_in_error' })
    expect(await words(LIST)).toContain('No news on this page since you signed in on Mon 23 November')
    const { id: other } = await test.given.referral(city, { fullName: 'Not Reached' }).assigned()
    await logContact(test.context, city.navigator, other, { outcome: 'no_answer', channel: 'phone' })
    const list = await words(LIST)
    expect(list).toMatch(/Not Reached.* Assigned to a navigator, Mon 23 November/)
    expect(list).not.toContain('Contact logged')
  })
})

describe('a reminder', () => {
  it('is no news: the line keeps what somebody did', async () => {
    const { id } = await test.given.referral(city, { fullName: 'Long Wait' }).assigned()
    const event = { id: 'reminder', type: 'referral.reminded' as const, referralId: id, at: new Date('2026-12-01') }
    await test.context.db.write(async (tx) => {
      const [last] = await tx.select().from(events).where(eq(events.referralId, id)).orderBy(desc(events.at)).limit(1)
      if (last) await tx.insert(events).values({ ...last, ...event, subjectVersion: last.subjectVersion + 1 })
    })
    expect(await words(LIST)).toMatch(/Long Wait.* Assigned to a navigator, /)
    expect(await words(LIST)).not.toContain('A reminder was sent')
  })

  it('moves no line up: what somebody did last stays on top', async () => {
    await test.given.referral(city, { fullName: 'Long Wait' }).assigned()
    test.clock.set('2026-12-07T09:00:00Z')
    await test.given.referral(city, { fullName: 'New Today' }).submitted()
    test.clock.set('2026-12-08T08:00:00Z')
    expect(await remindNavigators(test.context, new AbortController().signal)).toBe(1)
    const { items } = await listReferrals(test.context, city.referrer, { as: 'referring', order: 'news' })
    expect(items.map(({ personName }) => personName)).toEqual(['New Today', 'Long Wait'])
  })
})

describe('the line for the record', () => {
  it('stands with each that closed or moved, on the list and on its page', async () => {
    const { id, reference } = await closed('Ended Well')
    const line = `Social prescribing ${reference}: completed 23 November 2026. Walks with a group on Fridays.`
    expect(await words(LIST)).toContain(line)
    expect(await words(`${LIST}/${id}`)).toContain(line)
    await test.given.referral(city, { fullName: 'On The Way' }).sent()
    const open = await words(LIST)
    expect(open).toMatch(
      /Social prescribing SP-\w{4}-\w{4}, 23 November 2026: Waiting for an answer from Community Roots\./,
    )
    const fresh = await test.given.referral(city, { fullName: 'Only Sent' }).submitted()
    expect(await words(`${LIST}/${fresh.id}`)).not.toContain('A line for the record')
  })
})

describe('drafts', () => {
  const WHO = {
    fullName: 'Nadia Half',
    'dateOfBirth-day': '4',
    'dateOfBirth-month': '5',
    'dateOfBirth-year': '1956',
    phone: '07700 900123',
    postcode: 'SO14 3AB',
    agrees: 'yes',
  }
  const WHY = { groups: ['0'], reason: 'Lonely.', priority: 'routine', riskKnown: 'none' }

  it('say who, how far and until when, and lead to where it goes on', async () => {
    const { location: why = '' } = await practice.send(`${BASE}/refer`, WHO)
    expect(await words(LIST)).toContain(
      'Nadia Half : why is next Started Mon 23 November. Kept until 21 February 2027.',
    )
    expect((await practice.get(LIST)).html).toContain(`href="${why}"`)
    await practice.send(why, WHY)
    expect(await words(LIST)).toContain('Nadia Half : ready to check and send')
    expect((await practice.get(LIST)).html).toContain(`href="${why.replace(/why$/, 'check')}"`)
  })

  it('go by one click, which may come twice, and are nobody else’s to throw away', async () => {
    const { location = '' } = await practice.send(`${BASE}/refer`, WHO)
    const address = location.replace(/why$/, 'delete')
    const colleague = visitor(test.app, await test.given.user('referrer', city.practice))
    expect((await colleague.send(address, {}, LIST)).status).toBe(303)
    expect(await test.context.db.read.$count(drafts)).toBe(1)
    const hidden = await practice.hiddenOf(LIST)
    const [first, second] = [await practice.post(address, hidden), await practice.post(address, hidden)]
    expect([first.location, second.location]).toEqual([`${LIST}?done=draft-deleted`, `${LIST}?done=draft-deleted`])
    expect(await test.context.db.read.$count(drafts)).toBe(0)
  })
})

describe('the last twelve months', () => {
  it('stand under the list with the finding, and in a table', async () => {
    await closed('Ended Well')
    await test.given.referral(city, { fullName: 'Still Here' }).submitted()
    const shut = await test.given.referral(city, { fullName: 'Shut One' }).submitted()
    await practice.send(`${LIST}/${shut.id}/withdraw`, { reason: 'sent_in_error' })
    const page = await words(LIST)
    expect(page).toContain('3 referrals in 12 months: 1 completed, 1 ended another way, 1 still open')
    expect(page).toMatch(/December 2025 0 0 0 0 .*November 2026 1 1 1 3/)
    expect(await words(`${LIST}?show=open`)).not.toContain('in 12 months')
  })

  it('count only their own, and nothing where there is nothing', async () => {
    const elsewhere = await test.given.user('referrer', await test.given.organisation('gp_practice'))
    await test.given.referral({ ...city, referrer: elsewhere }).submitted()
    expect(await words(LIST)).not.toContain('in 12 months')
  })
})
