import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { holdReferral } from '../../src/actions/referrals/hold-referral.ts'
import { redirectReferral } from '../../src/actions/referrals/redirect-referral.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { referrals } from '../../src/store/schema.ts'
import { REQUEST } from '../api/requests.ts'
import { openApp, type TestApp } from '../support/app.ts'
import type { City, TestOrganisation, TestUser } from '../support/given.ts'
import { carriedOutOnce, type Fields } from './small-moves.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const BASE = '/o/so-linked'
const PRACTICE = '/o/st-marys-surgery'

let test: TestApp
let city: City
let navigator: Visitor
let referrer: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  navigator = visitor(test.app, city.navigator)
  referrer = visitor(test.app, city.referrer)
})

const referral = () => test.given.referral(city)
const words = async (who: Visitor, path: string) => readable((await who.get(path)).html)

async function statusOf(id: string) {
  const [row] = await test.context.db.read.select().from(referrals).where(eq(referrals.id, id))
  return row?.status
}

/** The clinical team of another organisation, and its lead. */
async function aTeam(): Promise<{ team: TestOrganisation; lead: TestUser; visitor: Visitor; base: string }> {
  const team = await test.given.organisation('mental_health_team', { slug: 'epcmh', name: 'Enhanced Primary Care' })
  const lead = await test.given.user('triage_lead', team)
  return { team, lead, visitor: visitor(test.app, lead), base: '/o/epcmh' }
}

const hold = { reason: 'In hospital', restartsOn: '2026-12-14' }
const away = { reason: 'Needs clinical care', footing: 'direct_care', otherTeam: 'Falls clinic' }

describe('each small move of a navigator', () => {
  const from = {
    assigned: () => referral().assigned(),
    contacted: () => referral().contacted(),
    onHold: async () => holdReferral(test.context, city.navigator, (await referral().contacted()).id, hold),
    redirected: async () =>
      redirectReferral(test.context, city.navigator, (await referral().contacted()).id, {
        to: 'Falls clinic',
        reason: 'Falls',
        consent: { shareWithTeam: true },
      }),
    closed: async () =>
      closeReferral(test.context, city.navigator, (await referral().contacted()).id, {
        outcome: 'completed',
        summary: 'Done.',
        goals: [],
      }),
  }

  it.each<[string, keyof typeof from, Fields, string, string]>([
    ['ask', 'assigned', { question: 'Is Mondays all right?' }, 'information_needed', 'by Mon 30 November'],
    ['hold', 'contacted', hold, 'on_hold', 'by Mon 15 February at the latest'],
    ['resume', 'onHold', {}, 'contacted', 'by Wed 25 November'],
    ['redirect', 'contacted', away, 'redirected', 'by Mon 30 November'],
    ['answer-redirect', 'redirected', { answer: 'no', note: 'Too far' }, 'contacted', 'by Wed 25 November'],
    ['signposts', 'contacted', { text: 'Coffee morning', projectId: '' }, 'contacted', 'Nothing is sent'],
    ['reopen', 'closed', { reason: 'Lonely again' }, 'assigned', 'by Mon 30 November'],
    ['undo', 'contacted', {}, 'assigned', 'The last thing here: “Spoke (phone)”'],
  ])('%s is carried out once, and says what is next', async (verb, stage, fields, status, said) => {
    const { id } = await from[stage]()
    const { shown, location } = await carriedOutOnce(test, navigator, `${BASE}/referrals/${id}/do/${verb}`, fields)
    expect(shown).toContain(said)
    expect(location).toBe(`${BASE}/referrals/${id}?done=${verb}`)
    expect(await statusOf(id)).toBe(status)
    const { html } = await navigator.get(location)
    expect(html).toContain('trellis-done')
  })

  it.each<[string, keyof typeof from, Fields, string[], string]>([
    ['ask', 'assigned', { question: ' ' }, ['Write your question'], 'textarea'],
    ['hold', 'contacted', { ...hold, restartsOn: '' }, ['Enter the day to start again'], 'In hospital'],
    ['hold', 'contacted', { ...hold, restartsOn: '2028-01-01' }, ['Enter a day after today and within'], 'In hospital'],
    ['redirect', 'contacted', { reason: 'Falls' }, ['Choose a team', 'Say why this team may know'], 'Falls</textarea>'],
    ['answer-redirect', 'redirected', { note: 'Too far' }, ['Say whether the team takes'], 'Too far</textarea>'],
    ['signposts', 'contacted', { text: '' }, ['Choose a project, or write what it is'], 'textarea|input'],
    ['reopen', 'closed', { reason: '' }, ['Say why it is opened again'], 'textarea'],
  ])('%s says what is wrong and keeps what was typed', async (verb, stage, fields, faults, kept) => {
    const { id } = await from[stage]()
    const before = await statusOf(id)
    const answer = await navigator.send(`${BASE}/referrals/${id}/do/${verb}`, fields)
    expect(answer.status).toBe(400)
    expect(answer.html).toContain('<title>Error: ')
    for (const [index, fault] of faults.entries()) expect(answer.faults[index]).toContain(fault)
    expect(answer.html).toMatch(new RegExp(kept))
    expect(await statusOf(id)).toBe(before)
  })

  it('says what is possible instead, and shows what can no longer be sent', async () => {
    const { id } = await referral().contacted()
    const page = `${BASE}/referrals/${id}/do/ask`
    const hidden = await navigator.hiddenOf(page)
    await holdReferral(test.context, city.navigator, id, hold)
    const late = await navigator.post(page, { ...hidden, question: 'Mondays?' })
    expect(late.status).toBe(409)
    expect(readable(late.html)).not.toContain('so “ask” is not possible')
    expect(readable(late.html)).toMatch(/What is possible now Start again now .*What you typed .* Mondays\?/)
    const { status, html } = await navigator.get(`${BASE}/referrals/${id}/do/reopen`)
    expect(status).toBe(409)
    expect(readable(html)).toContain('while it is “on hold”')
  })

  it('is refused to those whose role never does it, and hidden from strangers', async () => {
    const { id } = await referral().contacted()
    const own = `${PRACTICE}/referrals/${id}`
    for (const verb of ['ask', 'hold', 'redirect', 'signposts', 'reopen', 'resume', 'answer-redirect']) {
      expect([verb, (await referrer.get(`${own}/do/${verb}`)).status]).toEqual([verb, 403])
      expect([verb, (await referrer.send(`${own}/do/${verb}`, { question: 'x' }, own)).status]).toEqual([verb, 403])
      const stranger = visitor(test.app, city.otherNavigator)
      const theirs = `/o/${city.otherNavigator.organisation}`
      expect((await stranger.get(`${theirs}/referrals/${id}/do/${verb}`)).status).toBe(404)
    }
    const question = { question: 'A question that is whole' }
    expect((await referrer.send(`${own}/do/ask`, question, own)).status).toBe(403)
    expect((await navigator.get(`${BASE}/referrals/${id}/do/no-such-move`)).status).toBe(404)
  })
})

describe('a question to the referrer', () => {
  it('is the first thing on their page, with the box to answer it', async () => {
    const { id } = await referral().assigned()
    await navigator.send(`${BASE}/referrals/${id}/do/ask`, { question: 'Which days?' })
    expect(await words(navigator, `${BASE}/referrals/${id}`)).toContain('time stands still until the answer')
    const page = `${PRACTICE}/referrals/${id}`
    expect(await words(referrer, page)).toMatch(/Question asked A question for you .*Answer by Mon 30 November/)
    const empty = await referrer.send(`${page}/do/answer`, { text: '' }, page)
    expect([empty.status, empty.faults]).toEqual([400, ['Write your answer']])
    const done = await referrer.send(`${page}/do/answer`, { text: 'Mondays.' }, page)
    expect(done.location).toBe(`${page}?done=answer`)
    expect(await words(referrer, done.location ?? '')).toContain('Your answer is sent.')
    expect(await statusOf(id)).toBe('assigned')
    expect(await words(referrer, page)).not.toContain('A question for you')
  })
})

describe('a question to somebody who referred themselves', () => {
  it('is answered for them by the navigator who asked, by the button on the page', async () => {
    const { call } = test
    const { body } = await call(null, 'POST', '/self-referrals', { body: REQUEST })
    const found = await call(city.navigator, 'GET', `/referrals?search=${body.reference}`)
    const id = found.body.items[0].id
    await call(city.navigator, 'POST', `/referrals/${id}/assign`, { body: { toMe: true } })
    await call(city.navigator, 'POST', `/referrals/${id}/ask`, { body: { question: 'Which days suit you?' } })
    expect((await navigator.get(`${BASE}/referrals/${id}`)).html).toContain(`${BASE}/referrals/${id}/do/answer`)
    const page = `${BASE}/referrals/${id}/do/answer`
    const { shown } = await carriedOutOnce(test, navigator, page, { text: 'Mondays.' })
    expect(shown).toMatch(/Write down what Maria Okafor says/)
    expect(await statusOf(id)).toBe('assigned')
  })
})

describe('another team', () => {
  it('has a list of what was redirected to it, takes on or turns back, and sees nothing else', async () => {
    const { visitor: doctor, base } = await aTeam()
    expect(await words(doctor, `${base}/board`)).toContain('Nothing waits for your team.')
    const { id, reference } = await referral().contacted()
    const sent = await navigator.send(`${BASE}/referrals/${id}/do/redirect`, { ...away, team: 'epcmh', otherTeam: '' })
    expect(sent.location).toBe(`${BASE}/referrals/${id}?done=redirect`)
    expect(await words(navigator, `${BASE}/referrals/${id}`)).toMatch(
      /With Enhanced Primary Care since Mon 23 November/,
    )
    const board = await doctor.get(`${base}/board`)
    expect(readable(board.html)).toMatch(/Redirected to your team 1 M.O. SP-.* Answer by Mon 30 November Take on/)
    expect(board.html).toContain(`${base}/referrals/${id}/do/answer-redirect?answer=yes`)
    const page = await words(doctor, `${base}/referrals/${id}`)
    expect(page).toMatch(/Redirected to your team .* The person Born 27 March 1958 .*07700 900123/)
    const chosen = await doctor.get(`${base}/referrals/${id}/do/answer-redirect?answer=yes&note=Hello`)
    expect(chosen.html).toMatch(/value="yes" checked/)
    expect(chosen.html).not.toContain('Hello</textarea>')
    const answer = { answer: 'no', note: 'Not for us' }
    const { location } = await carriedOutOnce(test, doctor, `${base}/referrals/${id}/do/answer-redirect`, answer)
    expect(location).toBe(`${base}/board?done=answered`)
    expect(await words(doctor, location)).toContain('Your answer is saved')
    expect((await doctor.get(`${base}/referrals/${id}`)).status).toBe(404)
    expect(await words(navigator, `${BASE}/referrals/${id}`)).toContain(reference)
  })

  it('takes a person on, and the referral closes', async () => {
    const { visitor: doctor, base } = await aTeam()
    const { id } = await referral().contacted()
    const redirect = `${BASE}/referrals/${id}/do/redirect`
    const two = await navigator.send(redirect, { ...away, team: 'epcmh' })
    expect([two.status, two.faults]).toEqual([400, ['Choose a team of the list or write a name, not both']])
    await navigator.send(redirect, { ...away, team: 'epcmh', otherTeam: '' })
    const page = `${base}/referrals/${id}`
    await doctor.send(`${page}/do/answer-redirect`, { answer: 'yes', note: 'Dr Chowdhury calls.' }, page)
    expect(await statusOf(id)).toBe('transferred')
    expect(await words(referrer, `${PRACTICE}/referrals/${id}`)).toContain('Dr Chowdhury calls.')
  })
})

describe('the board', () => {
  it('shows what stands still by a filter that can be taken away', async () => {
    const held = await referral().contacted()
    await holdReferral(test.context, city.navigator, held.id, hold)
    const asked = await referral().assigned()
    await navigator.send(`${BASE}/referrals/${asked.id}/do/ask`, { question: 'Which days?' })
    const only = (await navigator.get(`${BASE}/board?whose=mine&show=on-hold`)).html
    expect(only).toContain(held.reference)
    expect(only).not.toContain(asked.reference)
    expect(only).not.toContain('Nothing stuck.')
    expect(readable(only)).toContain('Remove On hold')
    expect(only).toContain(`href="${BASE}/board?whose=mine"`)
  })
})

describe('a closed referral', () => {
  it('is opened again with a fresh yes where the person withdrew, and keeps the reason until then', async () => {
    const { id } = await referral().contacted()
    await withdrawReferral(test.context, city.navigator, id, { reason: 'changed_mind' })
    const page = `${BASE}/referrals/${id}`
    const refused = await navigator.send(`${page}/do/reopen`, { reason: 'Called again' })
    expect([refused.status, refused.faults[0]]).toEqual([409, expect.stringContaining('The person withdrew.')])
    expect(refused.html).toContain('Called again</textarea>')
    const done = await navigator.send(`${page}/do/reopen`, { reason: 'Called again', agrees: 'yes' })
    expect(done.location).toBe(`${page}?done=reopen`)
  })

  it('offers to record a death apart, not to close it again', async () => {
    const { id } = await referral().contacted()
    await withdrawReferral(test.context, city.navigator, id, { reason: 'health' })
    const page = `${BASE}/referrals/${id}`
    const closed = await words(navigator, page)
    expect(closed).toContain('Every message to them stops at once.')
    expect(closed).toContain('Open again')
    expect(closed).not.toContain('Close the referral')
    expect(await words(navigator, `${page}/close`)).toContain('Record that Maria Okafor died')
    expect((await navigator.send(`${page}/close`, { outcome: 'died' })).status).toBe(303)
    const after = await words(navigator, page)
    expect(after).not.toContain('Record that the person died')
    expect(after).not.toContain('Open again')
  })
})
