import { describe, expect, it } from 'vitest'
import { openApp, type TestApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'
import type { City } from '../support/given.ts'
import { countRows } from '../support/no-trace.ts'

async function aCity(): Promise<TestApp & City> {
  const made = await openApp()
  const call = await conforming(made)
  return { ...made, call, ...(await made.given.city({ places: 1 })) }
}

describe('a hold', () => {
  it('pauses whoever waits, recalls what nobody decided, and gives it back with the joining time kept', async () => {
    const app = await aCity()
    const { call, clock, navigator, worker } = app
    const { id, referralId } = await app.given.referral(app).sent()
    const at = `/referrals/${referralId}`
    const waiting = await call(worker, 'POST', `/placements/${id}/waitlist`)
    expect(waiting.body).toMatchObject({ status: 'waitlisted', waitingSince: '2026-11-23T09:00:00.000Z' })
    const other = await app.given.group(app.project)
    const undecided = await call(navigator, 'POST', `${at}/placements`, { body: { groupId: other.id } })
    clock.set('2026-11-23T12:00:00Z')
    const body = { reason: 'In hospital', restartsOn: '2026-12-14' }
    expect((await call(navigator, 'POST', `${at}/hold`, { body })).body).toMatchObject({
      status: 'on_hold',
      restartsOn: '2026-12-14',
      nextAction: { what: 'restart', due: '2026-12-14' },
    })
    expect((await call(worker, 'GET', `/placements/${id}`)).body).toMatchObject({ status: 'paused' })
    expect((await call(worker, 'GET', `/placements/${undecided.body.id}`)).body).toMatchObject({ status: 'recalled' })
    expect((await call(navigator, 'POST', `${at}/resume`, { body: {} })).body).toMatchObject({
      status: 'active',
      restartsOn: null,
      nextAction: { due: '2026-11-25' },
    })
    expect((await call(worker, 'GET', `/placements/${id}`)).body).toMatchObject({
      status: 'waitlisted',
      waitingSince: '2026-11-23T09:00:00.000Z',
    })
  })

  it('ends within twelve weeks, and starts after today', async () => {
    const app = await aCity()
    const { id } = await app.given.referral(app).active()
    for (const restartsOn of ['2026-11-23', '2027-02-16', '2026-13-01', 5]) {
      const answer = await app.call(app.navigator, 'POST', `/referrals/${id}/hold`, {
        body: { reason: 'In hospital', restartsOn },
      })
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/restartsOn' }] } })
    }
  })
})

describe('a waiting list', () => {
  it('offers the place that somebody gives up to whoever is next, and passes it on', async () => {
    const app = await aCity()
    const { call, navigator, worker, given } = app
    const first = await given.referral(app).accepted()
    const next = await given.referral(app, { fullName: 'Ada Two' }).sent()
    const last = await given.referral(app, { fullName: 'Bea Three' }).sent()
    for (const { id } of [next, last]) await call(worker, 'POST', `/placements/${id}/waitlist`)
    const early = await call(worker, 'POST', `/placements/${last.id}/offer`)
    expect(early).toMatchObject({ status: 409, body: { code: 'group-full' } })
    await call(worker, 'POST', `/placements/${first.id}/decline`, { body: { reason: 'person_declined' } })
    expect((await call(worker, 'GET', `/placements/${next.id}`)).body).toMatchObject({
      status: 'offered',
      nextAction: { what: 'get_offer_answer', owner: { id: navigator.userId }, due: '2026-11-26' },
    })
    const postponed = await call(navigator, 'POST', `/placements/${next.id}/answer-offer`, {
      body: { answer: 'not_now' },
    })
    expect(postponed.body).toMatchObject({ status: 'paused', nextAction: { what: 'ask_what_wanted' } })
    expect((await call(worker, 'GET', `/placements/${last.id}`)).body).toMatchObject({ status: 'offered' })
    const taken = await call(worker, 'POST', `/placements/${last.id}/answer-offer`, { body: { answer: 'accept' } })
    expect(taken.body).toMatchObject({ status: 'accepted', person: { fullName: 'Bea Three' } })
  })

  it('is left out of order only with a reason', async () => {
    const app = await aCity()
    const { call, worker, given } = app
    const sent = []
    for (const fullName of ['Ada Two', 'Bea Three']) sent.push(await given.referral(app, { fullName }).sent())
    for (const { id } of sent) await call(worker, 'POST', `/placements/${id}/waitlist`)
    const at = `/placements/${sent[1]?.id}/offer`
    expect((await call(worker, 'POST', at)).body.code).toBe('others-waiting')
    expect((await call(worker, 'POST', at, { body: { outOfOrder: ' ' } })).status).toBe(400)
    const offered = await call(worker, 'POST', at, { body: { outOfOrder: 'Moves away in January' } })
    expect(offered.body).toMatchObject({ status: 'offered', allowedActions: ['answer-offer', 'fit', 'undo'] })
    const undone = await call(worker, 'POST', `/placements/${sent[1]?.id}/undo`)
    expect(undone.body).toMatchObject({ status: 'waitlisted', waitingSince: '2026-11-23T09:00:00.000Z' })
  })

  it('does not exist for a crisis offer', async () => {
    const app = await aCity()
    const project = await app.given.project(app.provider, { isCrisis: true })
    const { id } = await app.given.referral({ ...app, group: await app.given.group(project) }).sent()
    expect((await app.call(app.worker, 'GET', `/placements/${id}`)).body.allowedActions).not.toContain('waitlist')
    expect((await app.call(app.worker, 'POST', `/placements/${id}/waitlist`)).body.code).toBe('wrong-status')
  })
})

describe('nobody is dropped', () => {
  it('when a group is cancelled', async () => {
    const app = await aCity()
    const { call, navigator, worker, otherWorker } = app
    const { id, referralId } = await app.given
      .referral(app)
      .accepted()
      .then(async ({ id }) => {
        const { body } = await call(navigator, 'GET', `/placements/${id}`)
        return { id, referralId: body.referralId }
      })
    const at = `/groups/${app.group.id}/cancel`
    expect((await call(worker, 'POST', at, { body: {} })).body.errors).toMatchObject([{ pointer: '/reason' }])
    for (const who of [otherWorker, navigator])
      expect((await call(who, 'POST', at, { body: { reason: 'x' } })).status).toBe(403)
    const cancelled = await call(worker, 'POST', at, { body: { reason: 'The hall burned down' } })
    expect(cancelled).toMatchObject({ status: 200, body: { taken: 0, allowedActions: [] } })
    expect(cancelled.body.cancelledAt).toBe('2026-11-23T09:00:00.000Z')
    expect((await call(navigator, 'GET', `/placements/${id}`)).body).toMatchObject({
      status: 'returned',
      reason: 'group_cancelled',
      allowedActions: [],
    })
    expect((await call(navigator, 'GET', `/referrals/${referralId}`)).body.nextAction).toMatchObject({
      what: 'agree_next',
      due: '2026-11-25',
    })
    expect((await call(worker, 'POST', at, { body: { reason: 'again' } })).status).toBe(404)
  })

  it('when an agreement ends', async () => {
    const app = await aCity()
    const { call, navigator, worker } = app
    const admin = await app.given.user('system_admin', await app.given.organisation('operator'))
    const { id } = await app.given.referral(app).started()
    await app.given.group(app.project)
    const at = `/projects/${app.project.id}/end-agreement`
    const body = { reason: 'The grant has ended' }
    const before = await countRows(app.context.db)
    for (const who of [worker, navigator, app.lead]) expect((await call(who, 'POST', at, { body })).status).toBe(403)
    expect((await call(admin, 'POST', '/projects/nothing/end-agreement', { body })).status).toBe(404)
    expect(await countRows(app.context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + 3 })
    expect((await call(admin, 'POST', at, { body })).body).toEqual({ groups: 2 })
    expect((await call(navigator, 'GET', `/placements/${id}`)).body).toMatchObject({ status: 'returned' })
  })

  it('when the person no longer agrees to share with a provider; a mistake gives the access back', async () => {
    const app = await aCity()
    const { call, navigator, worker, referrer } = app
    const { id } = await app.given.referral(app).accepted()
    const { referralId } = (await call(navigator, 'GET', `/placements/${id}`)).body
    const at = `/referrals/${referralId}/withdraw-consent`
    const body = { provider: app.provider.slug }
    expect((await call(referrer, 'POST', at, { body })).status).toBe(403)
    expect((await call(navigator, 'POST', at, { body: { provider: 'nobody' } })).body.errors).toMatchObject([
      { pointer: '/provider', code: 'not-found' },
    ])
    expect((await call(navigator, 'POST', at, { body })).body).toMatchObject({
      placements: [{ status: 'returned', reason: 'consent_withdrawn' }],
      nextAction: { what: 'agree_next', due: '2026-11-25' },
    })
    expect((await call(worker, 'GET', `/placements/${id}`)).body.person).toBeNull()
    expect((await call(navigator, 'POST', `/placements/${id}/undo`)).body.status).toBe('accepted')
    expect((await call(worker, 'GET', `/placements/${id}`)).body.person).toMatchObject({ fullName: 'Maria Okafor' })
  })
})

describe('reopening', () => {
  it('needs a fresh yes where the person had withdrawn, and is over after ninety days', async () => {
    const app = await aCity()
    const { call, clock, navigator } = app
    const { id } = await app.given.referral(app).contacted()
    const at = `/referrals/${id}`
    await call(navigator, 'POST', `${at}/withdraw`, { body: { reason: 'changed_mind' } })
    const body = { reason: 'Rang again' }
    expect((await call(navigator, 'POST', `${at}/reopen`, { body })).body.code).toBe('consent-missing')
    clock.set('2027-02-22T09:00:00Z')
    const later = await app.given.user('navigator', app.service)
    const token = app.app.tokenFor(
      { id: later.sessionId, userId: later.userId, expiresAt: new Date('2027-02-22T19:00:00Z') },
      'api',
    )
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'late' }
    const payload = { ...body, consent: { shareWithNavigator: true } }
    const seen = await app.app.inject({ url: `/api/v1${at}`, headers })
    expect(seen.json().allowedActions).not.toContain('reopen')
    const late = await app.app.inject({ method: 'POST', url: `/api/v1${at}/reopen`, headers, payload })
    expect(late.json()).toMatchObject({ code: 'wrong-status' })
    clock.set('2026-11-23T10:00:00Z')
    expect((await call(navigator, 'POST', `${at}/reopen`, { body: payload })).body).toMatchObject({
      status: 'assigned',
      closing: null,
      nextAction: { what: 'contact_again', due: '2026-11-30' },
    })
  })
})
