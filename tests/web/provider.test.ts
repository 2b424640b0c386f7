import { beforeEach, describe, expect, it } from 'vitest'
import { cancelGroup } from '../../src/actions/directory/cancel-group.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
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
    expect([full.status, full.faults[0]]).toEqual([409, expect.stringContaining('The only place is taken')])
    expect(full.html).not.toContain('Maria Okafor')
  })

  it('says who came first, when, and what to do: a colleague, the navigator, or the last place gone', async () => {
    await start(1)
    const colleague = visitor(test.app, await test.given.user('provider_worker', city.provider, { name: 'Sam Shed' }))
    const { id } = await test.given.referral(city).sent()
    const page = `${BASE}/placements/${id}`
    const [here, there] = [await worker.hiddenOf(page), await colleague.hiddenOf(page)]
    expect((await colleague.post(`${page}/accept`, there)).status).toBe(303)
    const late = await worker.post(`${page}/accept`, here)
    const said = 'Sam Shed said yes on Mon 23 November at 9am. You see who it is below.'
    expect([late.status, late.faults]).toEqual([409, [said]])
    expect(readable(late.html)).toContain('Maria Okafor')
    const twice = await colleague.post(`${page}/accept`, { ...there, _key: 'another-tab' })
    expect(twice.faults).toEqual(['You already said yes on Mon 23 November at 9am. You see who it is below.'])

    const full = await test.given.referral(city).sent()
    expect(await words(`${BASE}/placements/${full.id}`)).toContain('Every place is taken. Put them on the waiting list')
    await recallPlacement(test.context, city.navigator, full.id)
    const gone = await worker.post(`${BASE}/placements/${full.id}/accept`, here)
    expect([gone.status, gone.faults]).toEqual([
      409,
      [expect.stringMatching(/^navigator \d+ took the request back on Mon/)],
    ])
    const declined = await worker.get(`${BASE}/placements/${full.id}/decline`)
    expect([declined.status, declined.faults]).toEqual([409, gone.faults])
    expect(readable(declined.html)).toContain('This is over for you')
  })

  it('leads on to the next one to decide, and says when none is left', async () => {
    const [first, second] = [await test.given.referral(city).sent(), await test.given.referral(city).sent()]
    await send(`${BASE}/placements/${first.id}/accept`)
    const accepted = await worker.get(`${BASE}/placements/${first.id}?done=accepted`)
    expect(accepted.html).toContain(`href="${BASE}/placements/${second.id}">Go on to the next one to decide`)
    await send(`${BASE}/placements/${second.id}/accept`)
    expect(await words(`${BASE}/placements/${second.id}?done=accepted`)).toContain('Nothing more to decide.')
  })

  it('declines by one choice where a rule of their own does not fit', async () => {
    const { id } = await test.given.referral(city).sent()
    const page = `${BASE}/placements/${id}/decline`
    expect(await words(page)).toContain('Does not fit our rules: age For adults')
    expect((await send(page, { reason: 'not_eligible:age' })).status).toBe(303)
    const [row] = await test.context.db.read.select().from(placements)
    expect(row).toMatchObject({ status: 'declined', reason: 'not_eligible', declinedRule: 'age' })
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
    const past = await send(`${page}/book`, { day: '2026-11-20', time: '10:00' })
    expect([past.status, past.faults.join()]).toEqual([400, expect.stringContaining('This day has passed')])
    expect(past.html).toContain('value="2026-11-20"')
    expect((await send(`${page}/book`, { day: '2026-11-26', time: '10:00' })).status).toBe(303)
    expect(await words(page)).toContain('First session: Thu 26 November at 10am')
    const early = await send(`${page}/attendance`, { sessionOn: '2026-11-26', attended: 'yes' })
    expect([early.status, early.faults]).toEqual([400, ['Enter today or an earlier day']])
    test.clock.set('2026-11-23T14:00:00Z')
    const came = { sessionOn: '2026-11-23', attended: 'yes' }
    const hidden = await worker.hiddenOf(`${BASE}/placements`)
    const [one, two] = await Promise.all([
      worker.post(`${page}/attendance`, { ...hidden, ...came }),
      worker.post(`${page}/attendance`, { ...hidden, ...came }),
    ])
    expect([one.location, two.location]).toEqual(Array(2).fill(`${page}?done=attended`))
    expect(await test.context.db.read.$count(attendances)).toBe(1)
    expect(await words(page)).toContain('Came once')
    expect((await send(`${page}/end`)).faults).toEqual(['Choose how it ended'])
    expect((await send(`${page}/end`, { outcome: 'completed', note: 'Brings cake.' })).status).toBe(303)
    const over = await words(page)
    expect(over).toContain('Completed')
    expect(over).not.toContain('Record how it ended')
    expect(over).toContain('This is over: completed')
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
    await send(group, { version: await version(), pause: 'yes', pauseFor: '14' })
    expect(await words(`${BASE}/places`)).toContain('Paused until Mon 7 December')
    await send(group, { version: await version(), pause: 'yes', pauseFor: 'open' })
    expect(await words(`${BASE}/places`)).toContain('Paused until you open it')
  })

  it('are stepped to by a link and then saved, and say how old they are', async () => {
    const page = await worker.get(`${BASE}/places?set=${city.group.id}.11`)
    expect(page.html).toMatch(/name="places"[^>]*value="11"/)
    expect(page.html).toContain(`?set=${city.group.id}.12#group-`)
    expect(readable(page.html)).toContain('Not saved yet. Press Save.')
    expect((await worker.get(`${BASE}/places?set=${city.group.id}.9999`)).html).toMatch(/name="places"[^>]*value="10"/)
    test.clock.set('2026-11-23T17:00:00Z')
    expect(await words(`${BASE}/places`)).toContain('Last confirmed today.')
  })

  it('show who was sent and who finished in eight weeks, in words and as a table', async () => {
    expect(await words(`${BASE}/places`)).toContain('Nobody was sent to you and nobody finished in the last 8 weeks')
    const { id } = await test.given.referral(city).started()
    await send(`${BASE}/placements/${id}/end`, { outcome: 'completed' })
    await test.given.referral(city).sent()
    const { html } = await worker.get(`${BASE}/places`)
    expect(readable(html)).toContain(
      'More were sent to you than finished: 2 people sent, 1 finished, in the last 8 weeks',
    )
    expect(readable(html)).toContain('Tue 17 November 2 1 All 2 1')
  })

  it('of a cancelled group are gone, and so is its register', async () => {
    await cancelGroup(test.context, city.worker, city.group.id, { reason: 'The hall is closed' })
    expect(await words(`${BASE}/places`)).toContain('This project has no group now.')
    expect((await send(`${BASE}/places/${city.group.id}`, { version: '2', places: '4' })).status).toBe(404)
    const register = await worker.get(`${BASE}/groups/${city.group.id}/register`)
    expect([register.status, readable(register.html)]).toEqual([
      404,
      expect.stringContaining('This group was cancelled.'),
    ])
  })
})
