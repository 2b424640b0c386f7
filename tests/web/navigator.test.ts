import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { auditRows, contacts, placements, referrals } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { type City, PASSWORD } from '../support/given.ts'
import { readable, type Visitor, visitor } from './visitor.ts'

const TOO_OLD =
  'For people aged 25 or under: this person is 68. To send them all the same, say why this project is still right.'

const BASE = '/o/so-linked'

let test: TestApp
let city: City
let navigator: Visitor

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city()
  navigator = visitor(test.app, city.navigator)
})

/** On a later day the session of the morning has ended. */
async function signedIn(): Promise<Visitor> {
  const later = visitor(test.app)
  await later.send('/sign-in', { email: city.navigator.email, password: PASSWORD })
  return later
}

const referral = (more: Record<string, unknown> = {}) => test.given.referral(city, {}, more)
const words = async (path: string) => readable((await navigator.get(path)).html)
const column = (html: string, stage: string) =>
  readable(new RegExp(`column--${stage}[\\s\\S]*?</section>`).exec(html)?.[0] ?? '')

describe('the board', () => {
  it('has each referral in the column of its stage, and what is late in the last', async () => {
    await referral({ priority: 'urgent' }).submitted()
    await referral().assigned()
    await referral().contacted()
    await referral().sent()
    test.clock.set('2026-11-24T09:00:00Z')
    const { html } = await (await signedIn()).get(`${BASE}/board`)
    expect(column(html, 'new')).toContain('Nothing new.')
    expect(column(html, 'stuck')).toMatch(/Urgent.*Was due Mon 23 Nov.*Take/)
    expect(column(html, 'contacting')).toContain('Contact the person for the first time')
    expect(column(html, 'matching')).toContain('Agree with the person what matters')
    expect(column(html, 'with-provider')).toContain('Community Roots: sent')
    expect(html).not.toContain('Maria Okafor')
  })

  it('shows a navigator what is new and theirs, a lead everybody’s, and either the other', async () => {
    const { reference } = await referral().assigned()
    const lead = visitor(test.app, city.lead)
    expect((await lead.get(`${BASE}/board`)).html).toContain(reference)
    expect((await lead.get(`${BASE}/board?whose=mine`)).html).not.toContain(reference)
    const colleague = visitor(test.app, await test.given.user('navigator', city.service))
    expect((await colleague.get(`${BASE}/board`)).html).not.toContain(reference)
    expect((await colleague.get(`${BASE}/board?whose=all`)).html).toContain(reference)
  })

  it('takes the next in one click, the most urgent first, and once for two clicks', async () => {
    await referral().submitted()
    const { id } = await referral({ priority: 'urgent' }).submitted()
    const hidden = await navigator.hiddenOf(`${BASE}/board`)
    const [first, second] = await Promise.all([
      navigator.post(`${BASE}/board/next`, hidden),
      navigator.post(`${BASE}/board/next`, hidden),
    ])
    expect([first.location, second.location]).toEqual(Array(2).fill(`${BASE}/referrals/${id}?done=taken`))
    expect(await words(`${BASE}/referrals/${id}?done=taken`)).toContain('This referral is yours now.')
    const lead = visitor(test.app, city.lead)
    const last = await lead.hiddenOf(`${BASE}/board`)
    const taken = await Promise.all([lead.post(`${BASE}/board/next`, last), lead.post(`${BASE}/board/next`, last)])
    expect(taken.map(({ status }) => status)).toEqual([303, 303])
    const empty = await navigator.send(`${BASE}/board/next`, {}, `${BASE}/referrals/${id}`)
    expect([empty.status, empty.faults]).toEqual([409, ['All new referrals are taken.']])
  })

  it('tells whoever comes second who was first', async () => {
    const { id } = await referral().submitted()
    const hidden = await navigator.hiddenOf(`${BASE}/board`)
    await assignReferral(test.context, city.lead, id, { toMe: true })
    const answer = await navigator.post(`${BASE}/referrals/${id}/take`, hidden)
    expect(answer.status).toBe(409)
    expect(answer.faults).toEqual([`${city.lead.name} took this at 9:00.`])
    expect(answer.html).toContain('<title>Error: Board')
  })
})

describe('one referral', () => {
  it('has the one next step of its state', async () => {
    const submitted = await words(`${BASE}/referrals/${(await referral().submitted()).id}`)
    expect(submitted).toContain('Take this referral')
    const assigned = await words(`${BASE}/referrals/${(await referral().assigned()).id}`)
    expect(assigned).toContain('Spoke No answer Left message Wrong number')
    expect(await words(`${BASE}/referrals/${(await referral().contacted()).id}`)).toContain('Agree the plan')
    expect(await words(`${BASE}/referrals/${(await referral().active()).id}`)).toContain('Find a project')
  })

  it('logs a contact with one press, and keeps the note when something is wrong', async () => {
    const { id } = await referral().assigned()
    const page = `${BASE}/referrals/${id}`
    const wrong = await navigator.send(
      `${page}/contact`,
      { outcome: 'shouted', channel: 'phone', note: 'Rang twice' },
      page,
    )
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('Rang twice</textarea>')
    const done = await navigator.send(`${page}/contact`, { outcome: 'no_answer', channel: 'phone', note: '' }, page)
    expect(done.location).toBe(`${page}?done=logged`)
    expect(await words(page)).toContain('No answer (phone)')
    expect(await test.context.db.read.$count(contacts)).toBe(1)
  })

  it('seals the detail of risks behind a page of its own, which leaves a row', async () => {
    const { id } = await referral({ risks: [{ kind: 'aggression', detail: 'Keeps a large dog' }] }).assigned()
    const page = (await navigator.get(`${BASE}/referrals/${id}`)).html
    expect(page).toContain('Aggression')
    expect(page).not.toContain('large dog')
    expect(await words(`${BASE}/referrals/${id}/risks`)).toContain('Keeps a large dog')
    const looks = await test.context.db.read.select().from(auditRows).where(eq(auditRows.action, 'risk.viewed'))
    expect(looks).toHaveLength(1)
  })

  it('is given to a colleague by the lead alone', async () => {
    const { id } = await referral().assigned()
    const page = `${BASE}/referrals/${id}`
    const lead = visitor(test.app, city.lead)
    expect((await lead.send(`${page}/assign`)).faults).toEqual(['Choose a colleague'])
    const done = await lead.send(`${page}/assign`, { navigatorId: city.lead.userId })
    expect(done.location).toBe(`${page}?done=assigned`)
    expect((await navigator.get(page)).html).not.toContain('Give it to a colleague')
    expect((await navigator.get(`${page}/assign`)).status).toBe(403)
  })
})

describe('the plan', () => {
  const plan = {
    needs: ['loneliness', 'low_mood'],
    strengths: 'Gardening\nCooking',
    'goal-1': 'Get out more',
    agrees: 'yes',
  }

  it('says what is wrong beside each goal and keeps the rest', async () => {
    const { id } = await referral().contacted()
    const page = `${BASE}/referrals/${id}/plan`
    const answer = await navigator.send(page, {
      ...plan,
      needs: [],
      'goal-2': 'Swim',
      'importance-2': '12',
      'importance-3': '4',
    })
    expect(answer.status).toBe(400)
    expect(answer.faults).toEqual([
      'Choose at least one need',
      'Importance must be a whole number from 1 to 10',
      'Write the goal, or clear its importance',
    ])
    for (const kept of ['Gardening\nCooking</textarea>', 'value="Swim"', 'href="#importance-2"', 'href="#goal-3"'])
      expect(answer.html).toContain(kept)
  })

  it('is refused without agreement or another basis, with the form kept', async () => {
    const { id } = await referral().contacted()
    const { agrees: _, ...without } = plan
    const answer = await navigator.send(`${BASE}/referrals/${id}/plan`, without)
    expect(answer.status).toBe(409)
    expect(answer.faults[0]).toContain('The person has not agreed to share with projects')
    expect(answer.html).toContain('value="Get out more"')
  })

  it('leads on to the projects', async () => {
    const { id } = await referral().contacted()
    const done = await navigator.send(`${BASE}/referrals/${id}/plan`, plan)
    expect(done.location).toBe(`${BASE}/referrals/${id}/matches?done=planned`)
    expect(await words(done.location ?? '')).toContain('The plan is saved.')
  })
})

describe('matches', () => {
  it('show reasons and room; what nobody confirmed lately is never free', async () => {
    const { id } = await referral().active()
    expect(await words(`${BASE}/referrals/${id}/matches`)).toMatch(/Helps with: loneliness.*10 places free/)
    test.clock.set('2026-12-14T09:00:00Z')
    const page = readable((await (await signedIn()).get(`${BASE}/referrals/${id}/matches`)).html)
    expect(page).toContain('Places not confirmed since Mon 23 November')
    expect(page).not.toContain('places free')
  })

  it('send where the rules fit; where they do not, only with a reason', async () => {
    const project = await test.given.project(city.provider, { rules: [{ rule: 'age', max: 25 }] })
    const young = await test.given.group(project)
    const { id } = await referral().active()
    const from = `${BASE}/referrals/${id}/matches`
    const send = (fields: Record<string, string>) => navigator.send(`${BASE}/referrals/${id}/placements`, fields, from)
    const refused = await send({ groupId: young.id, overrideReason: '' })
    expect([refused.status, refused.faults]).toEqual([409, [TOO_OLD]])
    expect(refused.html).toContain(`href="#group-${young.id}"`)
    expect((await send({ groupId: young.id, overrideReason: 'Young at heart' })).status).toBe(303)
    expect((await send({ groupId: city.group.id })).location).toBe(`${BASE}/referrals/${id}?done=sent`)
    expect(await words(`${BASE}/referrals/${id}`)).toContain(
      'Sent although: for people aged 25 or under, because: Young at heart',
    )
    expect((await send({ groupId: city.group.id, overrideReason: 'x' })).faults[0]).toContain('already sent')
    expect(await test.context.db.read.$count(placements)).toBe(2)
  })
})

describe('closing', () => {
  it('offers only the endings of the state, asks for what is missing, and tells whoever referred', async () => {
    const assigned = await referral().assigned()
    const early = await words(`${BASE}/referrals/${assigned.id}/close`)
    expect(early).toContain('Could not be reached')
    expect(early).not.toContain('Completed')
    const sent = await referral().sent()
    expect(await words(`${BASE}/referrals/${sent.referralId}/close`)).toContain('still open at a project ends with it')
    const few = { outcome: 'unreachable', summary: 'No answer' }
    const answer = await navigator.send(`${BASE}/referrals/${assigned.id}/close`, few)
    expect([answer.status, answer.faults[0]]).toEqual([409, expect.stringContaining('Too few attempts')])
    expect(answer.html).toContain('No answer</textarea>')
    const { id } = await referral().active()
    const page = `${BASE}/referrals/${id}/close`
    expect((await navigator.send(page)).faults).toEqual(['Choose how it ends', 'Write a summary for whoever referred'])
    const bare = await navigator.send(page, { outcome: 'disengaged' })
    const both = ['Say why it closes like this', 'Write a summary for whoever referred']
    expect([bare.status, bare.faults]).toEqual([400, both])
    const summary = 'Goes to the allotment every week.'
    expect((await navigator.send(page, { outcome: 'completed', summary })).status).toBe(303)
    const practice = readable((await visitor(test.app, city.referrer).get(`/o/st-marys-surgery/referrals/${id}`)).html)
    expect(practice).toMatch(
      /Social prescribing SP-[\w-]+: completed 23 November 2026\. Goes to the allotment every week\./,
    )
  })

  it('needs no words when the person died', async () => {
    const { id } = await referral().contacted()
    const page = `${BASE}/referrals/${id}`
    expect((await navigator.send(`${page}/close`, { outcome: 'died' })).location).toBe(`${page}?done=closed`)
    expect(await words(page)).toContain('Closed: closed early Mon 23 November 2026. The person died.')
  })

  it('knows a duplicate by its reference', async () => {
    const original = await referral().submitted()
    const { id } = await referral().assigned()
    const page = `${BASE}/referrals/${id}/close`
    const duplicate = { outcome: 'duplicate', summary: 'Sent twice.' }
    const wrong = await navigator.send(page, { ...duplicate, duplicateOf: 'SP-1111-1111' })
    expect(wrong.faults).toEqual(['Enter the reference of the other referral, like SP-7K3M-Q2XD'])
    const done = await navigator.send(page, { ...duplicate, duplicateOf: original.reference.toLowerCase() })
    expect(done.status).toBe(303)
    const [row] = await test.context.db.read.select().from(referrals).where(eq(referrals.id, id))
    expect(row?.duplicateOf).toBe(original.id)
  })
})
