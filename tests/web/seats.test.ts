import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeGroup } from '../../src/actions/directory/change-group.ts'
import { openGroup } from '../../src/actions/directory/open-group.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { linkOf } from '../support/links.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/community-roots'
const [TUESDAY, FRIDAY] = ['2-1000', '5-1400']
const TIMES = {
  'pattern-0': 'week-1',
  'weekday-0': '2',
  'opens-0': '10am',
  'closes-0': '12:00',
  'pattern-1': 'week-1',
  'weekday-1': '5',
  'opens-1': '2pm',
  'closes-1': '4pm',
}

let test: TestApp
let city: City
let worker: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  worker = visitor(test.app, city.worker)
})

const words = async (who: Visitor, path: string) => readable((await who.get(path)).html)
const row = async (id: string) => (await test.context.db.read.select().from(placements).where(eq(placements.id, id)))[0]

describe('places for each session', () => {
  const edit = () => `${BASE}/groups/${city.group.id}/edit`

  /** Two sessions, with one place on Tuesdays and two on Fridays. */
  async function twice(fields: Record<string, string> = {}) {
    const version = String((await openGroup(test.context, city.worker, city.group.id)).version)
    const said = { version, name: 'Allotment', venue: 'The hall', capacityKind: 'places', places: '10' }
    return worker.send(edit(), { ...said, ...TIMES, ...fields })
  }
  const counted = async () => {
    await twice()
    return twice({ 'places-0': '1', 'places-1': '2' })
  }

  it('are asked for once the group meets more than once, with every fault said and kept', async () => {
    expect((await worker.get(edit())).html).not.toContain('Places in this session')
    await twice()
    expect((await worker.get(edit())).html).toContain('Places in this session')
    const wrong = await twice({ 'places-0': 'some', 'places-1': '501' })
    expect([wrong.status, wrong.faults]).toEqual([
      400,
      ['Enter the places of this session, from 0 to 500', 'Enter the places of this session, from 0 to 500'],
    ])
    expect(wrong.html).toMatch(/name="places-0"[^>]*value="some"/)
    expect((await twice({ 'places-0': '1', 'places-1': '2' })).status).toBe(303)
    expect((await worker.get(edit())).html).toMatch(/name="places-1"[^>]*value="2"/)
  })

  it('show what is taken in each; a request names its session, by the page or by the link', async () => {
    await counted()
    const [first, second, third] = [
      await test.given.referral(city).sent(),
      await test.given.referral(city).sent(),
      await test.given.referral(city).sent(),
    ]
    const page = `${BASE}/placements/${first.id}`
    expect(await words(worker, page)).toMatch(/Which session\? Tuesdays, 10am to 12 noon .*Fridays, 2pm to 4pm/)
    const asked = await worker.send(`${page}/accept`, {}, page)
    expect(asked.faults).toEqual(['Choose a session: Tuesdays, 10am to 12 noon or Fridays, 2pm to 4pm'])
    expect(asked.html).toContain('href="#sessionTimeId"')
    expect((await worker.send(`${page}/accept`, { sessionTimeId: TUESDAY }, page)).status).toBe(303)
    expect(await words(worker, page)).toContain('Their session: Tuesdays, 10am to 12 noon')
    expect(await words(worker, `${BASE}/places`)).toMatch(
      /Tuesdays, 10am to 12 noon: 1 of 1 taken.*Fridays, 2pm to 4pm: 0 of 2 taken/,
    )
    // Only one session has room: nobody is asked which.
    const link = await linkOf(test.context, 'placement-to-decide', { placementId: second.id })
    const anybody = visitor(test.app)
    expect(await words(anybody, link)).not.toContain('Which session?')
    expect((await anybody.post(link, { do: 'accept' })).status).toBe(303)
    expect((await row(second.id))?.sessionTimeId).toBe(FRIDAY)
    await acceptPlacement(test.context, city.worker, third.id)
    const last = await test.given.referral(city).sent()
    expect(await words(worker, `${BASE}/placements/${last.id}`)).toContain('Every place is taken')
  })

  it('can be changed for somebody: only to where there is room, even where that is one', async () => {
    await counted()
    const { id } = await test.given.referral(city).sent()
    await acceptPlacement(test.context, city.worker, id, { sessionTimeId: TUESDAY })
    const page = `${BASE}/placements/${id}/do/rematch`
    const shown = await worker.get(page)
    expect(readable(shown.html)).toMatch(/Choose another session for .*They come to Tuesdays, 10am to 12 noon now/)
    expect(shown.html).not.toContain(`value="${TUESDAY}"`)
    expect(shown.html).toMatch(new RegExp(`value="${FRIDAY}" checked`))
    const none = await worker.send(page, {})
    expect([none.status, none.faults]).toEqual([400, ['Choose one']])
    expect(none.html).toContain('href="#sessionTimeId"')
    expect((await worker.send(page, { sessionTimeId: TUESDAY })).faults).toEqual([
      'They are there already. Choose another',
    ])
    expect((await worker.send(page, { sessionTimeId: FRIDAY })).status).toBe(303)
    expect(await words(worker, `${BASE}/placements/${id}`)).toContain('Their session: Fridays, 2pm to 4pm')
    // The place they had is another's now: there is nowhere to go, and nothing to press.
    const other = await test.given.referral(city).sent()
    await acceptPlacement(test.context, city.worker, other.id, { sessionTimeId: TUESDAY })
    const full = await worker.get(page)
    expect(readable(full.html)).toContain('No other session has room at the moment')
    expect(full.html).not.toMatch(/<button[^>]*>\s*Save/)
  })
})

describe('somebody who waits in several places and has one', () => {
  it('leaves the lists that they name, and no other', async () => {
    const choir = await test.given.group(await test.given.project(city.provider, { name: 'Choir' }), { name: 'Tenors' })
    const shed = await test.given.group(await test.given.project(city.provider, { name: 'Shed' }), { name: 'Mornings' })
    const { id } = await test.given.referral(city).accepted()
    const referralId = (await row(id))?.referralId ?? ''
    const lists = []
    for (const { id: groupId } of [choir, shed]) {
      const one = await sendPlacement(test.context, city.navigator, referralId, { groupId })
      await waitlistPlacement(test.context, city.worker, one.id)
      lists.push(one.id)
    }
    const navigator = visitor(test.app, city.navigator)
    const referral = `/o/so-linked/referrals/${referralId}`
    const page = `/o/so-linked/placements/${id}/do/release-others`
    expect((await navigator.get(referral)).html).toContain(page)
    expect(await words(navigator, page)).toMatch(
      /They have a place at Community Roots\. Ask them first.*They no longer need Choir, Tenors Shed, Mornings/,
    )
    const none = await navigator.send(page, {})
    expect([none.status, none.faults]).toEqual([400, ['Choose at least one list, or go back to keep them all']])
    const foreign = await test.given.referral(city).sent()
    expect((await navigator.send(page, { ids: foreign.id })).faults).toEqual([
      'Choose waiting lists of the same referral',
    ])
    const [first = '', second = ''] = lists
    expect(await navigator.send(page, { ids: first })).toMatchObject({
      status: 303,
      location: `${referral}?done=place-release-others`,
    })
    expect([(await row(first))?.status, (await row(second))?.status, (await row(id))?.status]).toEqual([
      'withdrawn',
      'waitlisted',
      'accepted',
    ])
    expect(await words(navigator, `${referral}?done=place-release-others`)).toContain(
      'They have left the lists you chose',
    )
    // The project is not shown that they wait elsewhere, and cannot answer for them.
    expect(await words(worker, `${BASE}/placements/${id}`)).not.toContain('Tenors')
    expect((await worker.get(`${BASE}/placements/${id}/do/release-others`)).status).toBe(403)
  })
})

describe('where there is room', () => {
  const decided = async (id: string) => [
    (await worker.get(`${BASE}/placements/${id}`)).html,
    (await visitor(test.app).get(await linkOf(test.context, 'placement-to-decide', { placementId: id }))).html,
  ]
  const buttons = (html: string) =>
    [...(/<ul class="trellis-buttons">[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '').matchAll(/<li>([\s\S]*?)<\/li>/g)].map(
      ([, item]) => readable(item ?? ''),
    )

  it('the waiting list does not stand beside the yes, and can still be chosen', async () => {
    const { id } = await test.given.referral(city).sent()
    for (const html of await decided(id)) {
      expect(buttons(html)).toEqual(['Yes, accept', 'No, decline'])
      expect(readable(html)).toMatch(/Must they wait all the same\? You have room, and nobody else waits\./)
    }
    expect((await worker.send(`${BASE}/placements/${id}/do/waitlist`)).status).toBe(303)
    expect((await row(id))?.status).toBe('waitlisted')
  })

  const isBeside = async (id: string) =>
    (await decided(id)).map((html) => buttons(html).includes('Put on the waiting list'))

  it('it stands there where others wait', async () => {
    const first = await test.given.referral(city).sent()
    const { id } = await test.given.referral(city).sent()
    await waitlistPlacement(test.context, city.worker, first.id)
    expect(await isBeside(id)).toEqual([true, true])
  })

  it('and where the group is paused, which is said', async () => {
    const { id } = await test.given.referral(city).sent()
    const intake = { paused: true, reopensOn: '2026-12-08' }
    await changeGroup(test.context, city.worker, city.group.id, 1, { intake })
    expect(await isBeside(id)).toEqual([true, true])
    for (const html of await decided(id)) expect(readable(html)).toContain('Paused until Tue 8 December')
  })

  it('and where nobody knows what is free', async () => {
    const group = await test.given.group(city.project, { capacityConfirmedAt: null })
    const { id } = await test.given.referral({ ...city, group }).sent()
    expect(await isBeside(id)).toEqual([true, true])
  })
})

describe('a group that is paused', () => {
  it('says so, and until when, wherever its project or anybody looks', async () => {
    await test.given.referral(city).accepted()
    const empty = await test.given.group(city.project, { name: 'Evenings' })
    for (const { id } of [city.group, empty])
      await changeGroup(test.context, city.worker, id, 1, { intake: { paused: true, reopensOn: '2026-12-08' } })
    const week = await words(worker, `${BASE}/placements`)
    expect(week).toMatch(/Paused until Tue 8 December Thursdays/)
    expect(week).toContain('Evenings: paused until Tue 8 December')
    expect(await words(worker, `${BASE}/places`)).toContain('Paused until Tue 8 December')
    expect(await words(worker, `${BASE}/projects/${city.project.id}`)).toContain('Paused until Tue 8 December')
    for (const who of [visitor(test.app), visitor(test.app, city.navigator)])
      expect(await words(who, `/directory/${city.project.slug}`)).toContain(
        'Paused: takes nobody new until Tuesday 8 December',
      )
    await changeGroup(test.context, city.worker, city.group.id, 2, { intake: { paused: true, reopensOn: null } })
    expect(await words(worker, `${BASE}/placements`)).toContain('Paused until you open it')
    expect(await words(visitor(test.app), `/directory/${city.project.slug}`)).toContain(
      'Paused: takes nobody new at the moment',
    )
  })
})
