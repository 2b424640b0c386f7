import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { placements } from '../../src/store/schema.ts'
import { openApp, type TestApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import type { City } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'
import { REQUEST } from './requests.ts'

const AGREED = { shareWithNavigator: true, shareWithProject: true }

async function aCity(): Promise<TestApp & City> {
  const made = await openApp()
  const call = await conforming(made)
  return { ...made, call, ...(await made.given.city()) }
}

/** A direct referral with its one placement, and a way to look at the referral. */
async function direct(app: TestApp & City, more: Record<string, unknown> = {}) {
  const body = { ...REQUEST, consent: AGREED, projectId: app.project.id, ...more }
  const made = await app.call(app.referrer, 'POST', '/referrals', { body })
  const [placement] = await app.context.db.read
    .select()
    .from(placements)
    .where(eq(placements.referralId, String(made.body.id)))
  return {
    made,
    there: `/placements/${placement?.id}`,
    referral: async () => (await app.call(app.navigator, 'GET', `/referrals/${made.body.id}`)).body,
  }
}

describe('straight to a project', () => {
  it('is active at once, and what the project has to do is what comes next', async () => {
    const app = await aCity()
    const { made, there, referral } = await direct(app)
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'active', nextAction: { what: 'decide', owner: { id: app.provider.id }, due: '2026-11-30' } },
    })
    expect(await referral()).toMatchObject({ isDirect: true, wantedProject: null, placements: [{ status: 'sent' }] })
    const seen = await app.call(app.worker, 'GET', there)
    expect(seen.body).toMatchObject({
      status: 'sent',
      person: null,
      allowedActions: expect.arrayContaining(['accept']),
    })
  })

  it('follows the project’s next action, step by step', async () => {
    const app = await aCity()
    const { there, referral } = await direct(app)
    const steps = [
      ['open', undefined],
      ['ask', { question: 'Can they use stairs?' }],
      ['accept', undefined],
      ['book', { startsAt: '2026-11-26T10:00:00Z' }],
      ['attendance', { sessionOn: '2026-11-23', attended: true }],
    ] as const
    for (const [door, body] of steps) {
      if (door === 'accept')
        await app.call(app.navigator, 'POST', `${there}/answer`, { body: { text: 'With a rail.' } })
      const { body: placement } = await app.call(app.worker, 'POST', `${there}/${door}`, { body })
      expect((await referral()).nextAction).toEqual(placement.nextAction)
    }
    expect((await referral()).nextAction).toMatchObject({ what: 'review_place' })
  })

  it('comes to the receiving service when it is declined', async () => {
    const app = await aCity()
    const { there, referral } = await direct(app)
    await app.call(app.worker, 'POST', `${there}/decline`, { body: { reason: 'no_capacity' } })
    expect(await referral()).toMatchObject({
      status: 'submitted',
      isDirect: false,
      nextAction: { what: 'triage', owner: { kind: 'organisation', id: app.service.id }, due: '2026-11-25' },
    })
    const history = await app.call(app.navigator, 'GET', `/referrals/${(await referral()).id}/history`)
    expect(history.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'referral.submitted-direct',
      'placement.sent',
      'placement.declined',
      'referral.fell-back',
    ])
  })

  it('stays active when it had started, and the service agrees what next', async () => {
    const app = await aCity()
    const { there, referral } = await direct(app)
    await app.call(app.worker, 'POST', `${there}/accept`)
    await app.call(app.worker, 'POST', `${there}/attendance`, { body: { sessionOn: '2026-11-23', attended: true } })
    await app.call(app.worker, 'POST', `${there}/complete`, { body: { outcome: 'completed' } })
    expect(await referral()).toMatchObject({
      status: 'active',
      nextAction: { what: 'agree_next', owner: { id: app.service.id }, due: '2026-11-30' },
    })
  })

  it('is refused by the rule that the person does not meet, and nothing is written', async () => {
    const app = await aCity()
    const before = await countRows(app.context.db)
    const { made } = await direct(app, { person: { ...REQUEST.person, dateOfBirth: '2012-01-01' } })
    expect(made).toMatchObject({ status: 409, body: { code: 'not-eligible', errors: [{ code: 'age' }] } })
    await app.call(app.worker, 'PATCH', `/groups/${app.group.id}`, {
      body: { intake: { paused: true } },
      headers: { 'if-match': '"1"' },
    })
    const after = { ...before, events: (before.events ?? 0) + 1, audit: (before.audit ?? 0) + 1 }
    expect((await direct(app)).made).toMatchObject({ status: 409, body: { code: 'intake-paused' } })
    expect(await countRows(app.context.db)).toEqual(after)
  })

  it('goes to the service where the person did not agree to share with a project; what was wanted is kept', async () => {
    const app = await aCity()
    const { made, referral } = await direct(app, { consent: { shareWithNavigator: true } })
    expect(made.body).toMatchObject({ status: 'submitted', nextAction: { what: 'triage' } })
    expect(await referral()).toMatchObject({
      isDirect: false,
      wantedProject: { id: app.project.id, name: 'Community Roots' },
      placements: [],
    })
  })

  it('names the group where the project has several', async () => {
    const app = await aCity()
    const second = await app.given.group(app.project)
    const elsewhere = await app.given.group(await app.given.project(app.provider))
    const before = await countRows(app.context.db)
    const faults = async (more: Record<string, unknown>) => {
      const { made } = await direct(app, more)
      expect(made.status).toBe(400)
      return made.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)
    }
    expect(await faults({})).toEqual(['/groupId missing'])
    expect(await faults({ groupId: elsewhere.id })).toEqual(['/groupId not-found'])
    expect(await faults({ projectId: 'nothing' })).toEqual(['/projectId not-found'])
    expect(await faults({ projectId: undefined, groupId: second.id })).toEqual(['/groupId without-project'])
    expect(await countRows(app.context.db)).toEqual(before)
    const { made, referral } = await direct(app, { groupId: second.id })
    expect(made.status).toBe(201)
    expect(await referral()).toMatchObject({ placements: [{ group: { id: second.id } }] })
  })
})
