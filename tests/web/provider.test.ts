import { beforeEach, describe, expect, it } from 'vitest'
import { attendances, placements } from '../../src/store/schema.ts'
import { openApp, type TestApp, tokenOf } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/community-roots'

let test: TestApp
let city: City
let worker: Visitor

async function start(places: number | null = 10) {
  test = await openApp()
  city = await test.given.city({ places })
  worker = visitor(test.app, city.worker)
}

beforeEach(() => start())

const words = async (path: string) => readable((await worker.get(path)).html)
const send = (path: string, fields: Record<string, string | string[]> = {}) =>
  worker.send(path, fields, `${BASE}/places`)

describe('deciding', () => {
  it('marks a request as seen when somebody opens it, but not when a browser only fetches it', async () => {
    const { id } = await test.given.referral(city).sent()
    const headers = { accept: 'text/html', 'sec-purpose': 'prefetch' }
    const cookie = `trellis=${tokenOf(test.app, city.worker, 'pages')}`
    const early = await test.app.inject({ url: `${BASE}/placements/${id}`, headers: { ...headers, cookie } })
    expect(early.body).toContain('>Sent</strong>')
    expect((await worker.get(`${BASE}/placements/${id}`)).html).toContain('>Seen</strong>')
  })

  it('accepts in one click, and says so when the last place is gone', async () => {
    await start(1)
    const first = await test.given.referral(city).sent()
    const second = await test.given.referral(city).sent()
    expect((await send(`${BASE}/placements/${first.id}/accept`)).status).toBe(303)
    const full = await send(`${BASE}/placements/${second.id}/accept`)
    expect([full.status, full.faults[0]]).toEqual([409, expect.stringContaining('All 1 places are taken')])
    expect(full.html).not.toContain('Maria Okafor')
  })

  it('declines with a reason, and with the rule where a rule is the reason', async () => {
    const { id } = await test.given.referral(city).sent()
    const page = `${BASE}/placements/${id}/decline`
    expect((await send(page)).faults).toEqual(['Choose a reason'])
    expect((await send(page, { reason: 'not_eligible', note: 'Sorry' })).faults).toEqual([
      'Choose the rule that they do not fit',
    ])
    expect((await send(page, { reason: 'unsafe', note: 'Sorry' })).location).toBe(`${BASE}/placements?done=declined`)
    const [row] = await test.context.db.read.select().from(placements)
    expect(row).toMatchObject({ status: 'declined', reason: 'unsafe', note: 'Sorry' })
  })
})

describe('going', () => {
  it('books, keeps the register, and records how it ended', async () => {
    const { id } = await test.given.referral(city).accepted()
    const page = `${BASE}/placements/${id}`
    expect((await send(`${page}/book`, { day: '', time: '25:00' })).faults).toEqual([
      'Enter the day of the session',
      'Enter the time, like 10:00',
    ])
    expect((await send(`${page}/book`, { day: '2026-11-26', time: '10:00' })).status).toBe(303)
    expect(await words(page)).toContain('First session: Thu 26 November at 10am')
    const early = await send(`${page}/attendance`, { sessionOn: '2026-11-26', attended: 'yes' })
    expect([early.status, early.faults]).toEqual([400, ['Enter today or an earlier day']])
    test.clock.set('2026-11-23T14:00:00Z')
    const came = { sessionOn: '2026-11-23', attended: 'yes', from: 'week' }
    const hidden = await worker.hiddenOf(`${BASE}/placements`)
    const [one, two] = await Promise.all([
      worker.post(`${page}/attendance`, { ...hidden, ...came }),
      worker.post(`${page}/attendance`, { ...hidden, ...came }),
    ])
    expect([one.location, two.location]).toEqual(Array(2).fill(`${BASE}/placements?day=2026-11-23#register`))
    expect(await test.context.db.read.$count(attendances)).toBe(1)
    expect(await words(`${BASE}/placements?day=2026-11-23`)).toMatch(/Maria Okafor Came 1 time Came/)
    expect((await send(`${page}/end`)).faults).toEqual(['Choose how it ended'])
    expect((await send(`${page}/end`, { outcome: 'completed', note: 'Brings cake.' })).status).toBe(303)
    const over = await words(page)
    expect(over).toContain('Completed')
    expect(over).not.toContain('Record how it ended')
  })

  it('teaches on a quiet week', async () => {
    expect(await words(`${BASE}/placements`)).toContain('No one this week.')
  })
})

describe('places', () => {
  it('are saved and confirmed; never below the people who have one', async () => {
    await test.given.referral(city).accepted()
    await test.given.referral(city).accepted()
    const page = `${BASE}/places`
    const group = `${page}/${city.group.id}`
    expect((await send(group, { version: '1', places: '' })).faults).toEqual([
      'Enter the number of places, from 0 to 500',
    ])
    const version = /name="version" value="(\d+)"/.exec((await worker.get(page)).html)?.[1] ?? ''
    const below = await send(group, { version, places: '1' })
    expect([below.status, below.faults[0]]).toEqual([409, expect.stringContaining('cannot go below 2')])
    expect(below.html).toContain(`href="#places-${city.group.id}"`)
    expect(below.html).toMatch(/name="places"[^>]*value="1"/)
    expect((await send(group, { version, places: '12' })).location).toBe(`${page}?done=saved#group-${city.group.id}`)
    expect(await words(page)).toContain('10 places free · 2 of 12 taken')
    const stale = await send(group, { version, places: '13' })
    expect([stale.status, stale.faults[0]]).toEqual([409, expect.stringContaining('Somebody changed this group')])
  })

  it('are confirmed in one click when they have aged, and a group may pause', async () => {
    const group = `${BASE}/places/${city.group.id}`
    expect((await send(`${group}/confirm`)).status).toBe(303)
    const version = () =>
      worker.get(`${BASE}/places`).then(({ html }) => /"version" value="(\d+)"/.exec(html)?.[1] ?? '')
    const past = await send(group, { version: await version(), pause: 'yes', reopensOn: '2026-11-01' })
    expect([past.status, past.faults]).toEqual([400, ['Enter a day after today.']])
    const paused = await send(group, { version: await version(), pause: 'yes', reopensOn: '2026-12-01' })
    expect(paused.status).toBe(303)
    expect(await words(`${BASE}/places`)).toContain('Paused until Tue 1 December')
    expect((await send(group, { version: await version(), pause: 'no' })).status).toBe(303)
    expect(await words(`${BASE}/places`)).not.toContain('Paused')
  })
})
