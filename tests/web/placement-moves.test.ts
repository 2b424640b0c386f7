import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { askNavigator } from '../../src/actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { recordNoStart } from '../../src/actions/placements/record-no-start.ts'
import { pauseWaiting, waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City } from '../support/given.ts'
import { carriedOutOnce, type Fields } from './small-moves.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const PROJECT = '/o/community-roots'
const SERVICE = '/o/so-linked'
const NAME = /Maria|Okafor|900123/

let test: TestApp
let city: City
let worker: Visitor
let navigator: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  worker = visitor(test.app, city.worker)
  navigator = visitor(test.app, city.navigator)
})

const words = async (who: Visitor, path: string) => readable((await who.get(path)).html)

async function rowOf(id: string) {
  const [row] = await test.context.db.read.select().from(placements).where(eq(placements.id, id))
  return row
}

const from = {
  sent: () => test.given.referral(city).sent(),
  accepted: () => test.given.referral(city).accepted(),
  started: () => test.given.referral(city).started(),
  asked: async () => askNavigator(test.context, city.worker, (await from.sent()).id, { question: 'Stairs?' }),
  waiting: async () => waitlistPlacement(test.context, city.worker, (await from.sent()).id),
  paused: async () =>
    pauseWaiting(test.context, city.navigator, (await from.waiting()).id, { restartsOn: '2026-12-14' }),
  offered: async () => offerPlacement(test.context, city.worker, (await from.waiting()).id),
  notStarted: async () => recordNoStart(test.context, city.worker, (await from.accepted()).id, { note: 'Called.' }),
}
type Stage = keyof typeof from

describe('each small move of a project', () => {
  it.each<[string, Stage, Fields, string, string]>([
    ['ask', 'sent', { question: 'Is a ramp needed?' }, 'information_needed', 'usually by Thu 26 November'],
    ['waitlist', 'sent', {}, 'waitlisted', 'There is room now. If you could take them, go back and say yes'],
    ['offer', 'waiting', { outOfOrder: '' }, 'offered', 'usually until Thu 26 November'],
    ['answer-offer', 'offered', { answer: 'accept' }, 'accepted', 'Record here that the person takes the place'],
    ['did-not-start', 'accepted', { note: 'Called twice' }, 'did_not_start', 'usually by Wed 25 November'],
    ['review', 'started', { note: 'Likes it' }, 'started', 'The next review is by Mon 15 February'],
    ['contacts', 'accepted', { outcome: 'no_answer', channel: 'phone' }, 'accepted', 'stays as it is'],
    ['undo', 'waiting', {}, 'sent', 'it is “on the waiting list” now'],
  ])('%s is carried out once, and says what is next', async (verb, stage, fields, status, said) => {
    const { id } = await from[stage]()
    const page = `${PROJECT}/placements/${id}/do/${verb}`
    const { shown, location } = await carriedOutOnce(test, worker, page, fields)
    expect(shown).toContain(said)
    if (stage !== 'accepted' && stage !== 'started') expect(shown).not.toMatch(NAME)
    expect(location).toBe(`${PROJECT}/placements/${id}?done=${verb}`)
    expect((await rowOf(id))?.status).toBe(status)
    expect((await worker.get(location)).html).toContain('trellis-done')
  })

  it.each<[string, Stage, Fields, string]>([
    ['ask', 'sent', { question: '' }, 'Write your question'],
    ['redirect', 'sent', { projectId: '' }, 'Choose a project'],
    ['redirect', 'sent', { projectId: 'no-such-project', note: 'Kept' }, 'Choose another project of the directory'],
    ['did-not-start', 'accepted', { note: ' ' }, 'Write down how you tried to reach the person'],
    ['contacts', 'accepted', { channel: 'phone', note: 'Kept' }, 'Say how it went'],
  ])('%s says what is wrong and keeps what was typed', async (verb, stage, fields, fault) => {
    const { id } = await from[stage]()
    const before = await rowOf(id)
    const answer = await worker.send(`${PROJECT}/placements/${id}/do/${verb}`, fields)
    expect([answer.status, answer.faults]).toEqual([400, [fault]])
    if (fields.note === 'Kept') expect(answer.html).toContain('Kept</textarea>')
    expect(await rowOf(id)).toEqual(before)
  })

  it('names a project that suits better, and the week says so', async () => {
    const { id } = await from.sent()
    const better = await test.given.project(city.provider, { name: 'Men’s Shed' })
    const page = `${PROJECT}/placements/${id}/do/redirect`
    expect(await words(worker, page)).not.toMatch(/<option[^>]*>Community Roots/)
    const { location } = await carriedOutOnce(test, worker, page, { projectId: better.id, note: 'Closer' })
    expect(location).toBe(`${PROJECT}/placements?done=redirect`)
    expect(await words(worker, location)).toContain('The navigator is told of the project you named.')
  })

  it('offers out of order only with a reason', async () => {
    await from.waiting()
    test.clock.set('2026-11-23T10:00:00Z')
    const { id } = await from.waiting()
    const page = `${PROJECT}/placements/${id}/do/offer`
    const refused = await worker.send(page, { outOfOrder: '' })
    expect([refused.status, refused.faults[0]]).toEqual([409, expect.stringContaining('Somebody else is first')])
    expect((await worker.send(page, { outOfOrder: 'Lives next door' })).status).toBe(303)
  })
})

describe('each small move of a navigator', () => {
  it.each<[string, Stage, Fields, string, string]>([
    ['answer', 'asked', { text: 'No stairs, please' }, 'seen', 'Do not name the person'],
    ['recall', 'sent', {}, 'recalled', 'Community Roots no longer sees it'],
    ['still-wanted', 'waiting', {}, 'waitlisted', 'asked again in 4 weeks, on Mon 21 December'],
    ['pause', 'waiting', { restartsOn: '2026-12-14' }, 'paused', 'by Mon 15 February at the latest'],
    ['resume', 'paused', {}, 'waitlisted', 'from the time at which they first joined'],
    ['answer-offer', 'offered', { answer: 'not_now' }, 'paused', 'Not now, or nobody could reach them'],
    ['book', 'notStarted', { day: '2026-11-26', time: '10:00' }, 'booked', 'a place has to be free'],
  ])('%s is carried out once, and leads to the referral', async (verb, stage, fields, status, said) => {
    const { id } = await from[stage]()
    const page = `${SERVICE}/placements/${id}/do/${verb}`
    const { shown, location } = await carriedOutOnce(test, navigator, page, fields)
    expect(shown).toContain(said)
    const row = await rowOf(id)
    expect(row?.status).toBe(status)
    expect(location).toBe(`${SERVICE}/referrals/${row?.referralId}?done=place-${verb}`)
    expect((await navigator.get(location)).html).toContain('trellis-done')
  })

  it.each<[string, Stage, Fields, string[]]>([
    ['answer', 'asked', { text: '' }, ['Write your answer']],
    ['pause', 'waiting', { restartsOn: '2026-11-23' }, [expect.stringContaining('Enter a day after today')]],
    ['answer-offer', 'offered', {}, ['Choose what they said']],
    ['book', 'notStarted', { day: '', time: '25:00' }, ['Enter the day of the session', 'Enter the time, like 10:00']],
    ['book', 'notStarted', { day: '2028-11-26', time: '10:00' }, ['Enter a day within the next year']],
  ])('%s says what is wrong and keeps what was typed', async (verb, stage, fields, faults) => {
    const { id } = await from[stage]()
    const answer = await navigator.send(`${SERVICE}/placements/${id}/do/${verb}`, fields)
    expect([answer.status, answer.faults]).toEqual([400, faults])
    for (const kept of Object.values(fields).filter(Boolean)) expect(answer.html).toContain(`value="${kept}"`)
  })

  it('stands out on the referral while a project waits for it', async () => {
    const { id } = await from.asked()
    const row = await rowOf(id)
    const page = await words(navigator, `${SERVICE}/referrals/${row?.referralId}`)
    expect(page).toMatch(/Answer the project’s question: Community Roots .*Find another project/)
  })

  it('asks first for the call that tells somebody of their visit, with the day and the place', async () => {
    const { id } = await from.accepted()
    await bookPlacement(test.context, city.worker, id, { startsAt: new Date('2026-11-26T10:00:00Z') })
    const row = await rowOf(id)
    const page = await words(navigator, `${SERVICE}/referrals/${row?.referralId}`)
    expect(page).toMatch(
      /tell the person about their first visit .*Thu 26 November at 10am, Community Roots.*Spoke.*Find/,
    )
  })
})

describe('before a project has accepted', () => {
  it('none of its pages says who waits or is offered a place', async () => {
    const stages: [Stage, string, string][] = [
      ['offered', 'You offered a place', 'Record that they say yes'],
      ['asked', 'You asked a question', ''],
      ['waiting', 'On your waiting list', 'Offer a place'],
      ['paused', 'On your waiting list, paused', ''],
    ]
    for (const [stage, title, way] of stages) {
      const { id } = await from[stage]()
      const { html } = await worker.get(`${PROJECT}/placements/${id}`)
      expect(readable(html)).toContain(title)
      expect(readable(html)).toContain(way)
      expect(html).not.toMatch(NAME)
    }
    const week = (await worker.get(`${PROJECT}/placements`)).html
    expect(readable(week)).toMatch(/Waiting for a place 3 .*Place offered .*On the waiting list .*Paused/)
    expect(week).not.toMatch(NAME)
  })
})

describe('what is not theirs to do', () => {
  it('is refused by role, hidden from strangers, and answered with what is possible', async () => {
    const { id } = await from.sent()
    const own = `${PROJECT}/placements/${id}`
    for (const verb of ['answer', 'recall', 'pause', 'still-wanted', 'resume']) {
      expect([verb, (await worker.get(`${own}/do/${verb}`)).status]).toEqual([verb, 403])
      expect([verb, (await worker.send(`${own}/do/${verb}`, { text: 'x' }, own)).status]).toEqual([verb, 403])
    }
    for (const verb of ['waitlist', 'ask', 'offer', 'did-not-start', 'review', 'contacts', 'redirect'])
      expect([verb, (await navigator.get(`${SERVICE}/placements/${id}/do/${verb}`)).status]).toEqual([verb, 403])
    const stranger = visitor(test.app, city.otherWorker)
    const theirs = `/o/${city.otherWorker.organisation}`
    for (const verb of ['ask', 'waitlist', 'offer', 'undo'])
      expect((await stranger.get(`${theirs}/placements/${id}/do/${verb}`)).status).toBe(404)
    const early = await worker.get(`${own}/do/offer`)
    expect(early.status).toBe(409)
    expect(readable(early.html)).toMatch(
      /while it is “seen”.*What is possible now Accept Put on the waiting list Ask the/,
    )
  })
})
