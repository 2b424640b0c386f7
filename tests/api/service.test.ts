import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chaseProviders } from '../../src/actions/clocks/chase-providers.ts'
import { LIMITS } from '../../src/domain/next-action.ts'
import { getReferralRow } from '../../src/store/referrals.ts'
import { auditRows, sessions } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { conforming } from '../support/conforming.ts'

async function withAdmin() {
  const app = await openApp()
  const city = await app.given.city()
  const admin = await app.given.user('organisation_admin', city.service)
  return { ...app, city, admin, call: await conforming(app) }
}
type WithAdmin = Awaited<ReturnType<typeof withAdmin>>

async function change({ call, admin }: WithAdmin, body: unknown, tag?: string) {
  const etag = tag ?? String((await call(admin, 'GET', '/service')).headers.etag)
  return call(admin, 'PATCH', '/service', { body, headers: { 'if-match': etag } })
}

describe('the settings of a navigation service', () => {
  it('are the model’s until it sets its own', async () => {
    const it = await withAdmin()
    const { call, admin } = it
    const first = await call(admin, 'GET', '/service')
    expect(first).toMatchObject({ status: 200, body: { limits: LIMITS, ownLimits: [], assignsAutomatically: false } })
    const limits = { decide: 4, triage: { routine: 1, priority: 1, urgent: 0 } }
    const changed = await change(it, { limits, assignsAutomatically: true })
    expect(changed).toMatchObject({
      status: 200,
      body: { limits: { ...LIMITS, ...limits }, ownLimits: ['triage', 'decide'], assignsAutomatically: true },
    })
    const read = await call(admin, 'GET', '/service')
    expect([read.body, read.headers.etag]).toEqual([changed.body, changed.headers.etag])
    expect(changed.headers.etag).not.toBe(first.headers.etag)
    // One is given back; the others stay.
    const back = await change(it, { limits: { decide: null } })
    expect(back.body).toMatchObject({ limits: { decide: 5 }, ownLimits: ['triage'], assignsAutomatically: true })
  })

  it('count for what begins afterwards', async () => {
    const it = await withAdmin()
    const { given, city, context, clock } = it
    const before = await given.referral(city).submitted()
    await change(it, { limits: { triage: { routine: 5, priority: 3, urgent: 0 }, nudge: 1 } })
    const { id } = await given.referral(city).submitted()
    expect(await getReferralRow(context.db.read, before.id)).toMatchObject({ nextDueOn: '2026-11-25' })
    expect(await getReferralRow(context.db.read, id)).toMatchObject({ nextDueOn: '2026-11-30' })
    await given.referral(city).sent()
    clock.set('2026-11-24T09:00Z')
    expect(await chaseProviders(context, new AbortController().signal)).toBe(1)
  })

  it('are whole numbers within reason, of limits that there are', async () => {
    const it = await withAdmin()
    const wrong: [object, string][] = [
      [{ limits: { decide: 61 } }, '/limits/decide'],
      [{ limits: { decide: -1 } }, '/limits/decide'],
      [{ limits: { decide: 2.5 } }, '/limits/decide'],
      [{ limits: { decide: '5' } }, '/limits/decide'],
      [{ limits: { reviewWeeks: 0 } }, '/limits/reviewWeeks'],
      [{ limits: { holdWeeks: 53 } }, '/limits/holdWeeks'],
      [{ limits: { triage: { routine: 1, priority: 1 } } }, '/limits/triage/urgent'],
      [{ limits: { triage: { routine: 1, priority: 1, urgent: 99 } } }, '/limits/triage/urgent'],
      [{ areas: { practices: ['no'] } }, '/areas/practices/0'],
      [{ areas: { wards: ['E05015490', 'W1'] } }, '/areas/wards/1'],
    ]
    for (const [body, pointer] of wrong)
      expect([body, await change(it, body)]).toMatchObject([body, { status: 400, body: { errors: [{ pointer }] } }])
    for (const body of [{ limits: { lunch: 1 } }, { name: 'x' }, { areas: { streets: [] } }, {}, { limits: 5 }])
      expect(await change(it, body)).toMatchObject({ status: 400 })
    expect(await change(it, { limits: { decide: 0, noResponse: 60, holdWeeks: 52, reopenDays: 90 } })).toMatchObject({
      status: 200,
    })
  })

  it('are not changed by somebody who has not looked', async () => {
    const it = await withAdmin()
    const { call, admin } = it
    const body = { assignsAutomatically: true }
    expect(await call(admin, 'PATCH', '/service', { body })).toMatchObject({ status: 428 })
    const { etag } = (await call(admin, 'GET', '/service')).headers
    expect(await change(it, { limits: { decide: 3 } }, String(etag))).toMatchObject({ status: 200 })
    expect(await change(it, body, String(etag))).toMatchObject({ status: 412, body: { code: 'stale-version' } })
    expect(await change(it, body, '"nonsense"')).toMatchObject({ status: 412 })
    expect((await call(admin, 'GET', '/service')).body).toMatchObject({ assignsAutomatically: false })
  })

  it('say whom it looks after; a practice or a ward has one service', async () => {
    const it = await withAdmin()
    const { context, given, call } = it
    const areas = { practices: ['j82001', 'J82002', 'J82001'], wards: ['E05015491', 'E05015490'] }
    const sorted = { practices: ['J82001', 'J82002'], wards: ['E05015490', 'E05015491'] }
    expect(await change(it, { areas })).toMatchObject({ status: 200, body: { areas: sorted } })
    expect((await change(it, { areas: { practices: ['J82002'] } })).body).toMatchObject({
      areas: { ...sorted, practices: ['J82002'] },
    })
    const other = await given.organisation('navigation_service', { isDefaultService: false, name: 'Others' })
    const admin = await given.user('organisation_admin', other)
    const taken = await change({ ...it, admin }, { areas: { practices: ['J82001', 'J82002'] } })
    expect(taken).toMatchObject({
      status: 400,
      body: {
        errors: [{ pointer: '/areas/practices/1', code: 'taken', detail: expect.stringContaining('so-linked') }],
      },
    })
    expect((await call(admin, 'GET', '/service')).body).toMatchObject({ areas: { practices: [], wards: [] } })
    const rows = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'service.configured'))
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatchObject({ actorId: it.admin.userId, subjectId: it.city.service.id, eventId: null })
  })

  it('are for the administrators of a navigation service only', async () => {
    const it = await withAdmin()
    const { call, city, given } = it
    const ofProject = await given.user('organisation_admin', city.provider)
    for (const who of [city.navigator, city.lead, city.referrer, city.worker]) {
      expect(await call(who, 'GET', '/service')).toMatchObject({ status: 403 })
      const patch = { body: { assignsAutomatically: true }, headers: { 'if-match': '"1"' } }
      expect(await call(who, 'PATCH', '/service', patch)).toMatchObject({ status: 403 })
    }
    expect(await call(ofProject, 'GET', '/service')).toMatchObject({ status: 404 })
    expect(await call(null, 'GET', '/service')).toMatchObject({ status: 401 })
  })
})

describe('a colleague', () => {
  it('who is suspended is signed out at once, and the lead has their referrals', async () => {
    const { call, city, admin, given, context } = await withAdmin()
    const { navigator, lead } = city
    const { id } = await given.referral(city).contacted()
    expect(await call(navigator, 'GET', '/referrals')).toMatchObject({ status: 200 })
    const answer = await call(admin, 'PATCH', `/users/${navigator.userId}`, { body: { suspended: true } })
    expect(answer).toMatchObject({ status: 200, body: { isSuspended: true, openReferrals: 0 } })
    expect(await call(navigator, 'GET', '/referrals')).toMatchObject({ status: 401 })
    expect(await context.db.read.select().from(sessions).where(eq(sessions.userId, navigator.userId))).toMatchObject([
      { endedAt: expect.any(Date) },
    ])
    expect(await getReferralRow(context.db.read, id)).toMatchObject({ status: 'contacted', navigatorId: null })
    const [row] = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'user.changed'))
    expect(row).toMatchObject({
      actorId: admin.userId,
      subjectId: navigator.userId,
      detail: { change: { suspended: true }, sessionsEnded: 1, released: 1 },
    })
    // Only who can restore them sees them.
    const names = async (who: typeof admin) =>
      (await call(who, 'GET', '/users')).body.items.map((user: { id: string }) => user.id)
    expect(await names(lead)).not.toContain(navigator.userId)
    expect(await names(admin)).toContain(navigator.userId)
    await call(admin, 'PATCH', `/users/${navigator.userId}`, { body: { suspended: false } })
    expect(await names(lead)).toContain(navigator.userId)
  })

  it('who works elsewhere too stays signed in there, and is nobody here from the next request on', async () => {
    const { call, city, admin, given, context } = await withAdmin()
    const { navigator, practice } = city
    await given.membership(navigator.userId, practice, 'referrer')
    const elsewhere = { ...navigator, organisation: practice.slug }
    const suspend = (who: typeof admin) =>
      call(who, 'PATCH', `/users/${navigator.userId}`, { body: { suspended: true } })
    expect(await suspend(admin)).toMatchObject({ status: 200, body: { isSuspended: true } })
    expect(await call(navigator, 'GET', '/referrals')).toMatchObject({ status: 404 })
    expect(await call(elsewhere, 'GET', '/referrals')).toMatchObject({ status: 200 })
    // Where they belong nowhere any more, their sign-ins end.
    expect(await suspend(await given.user('organisation_admin', practice))).toMatchObject({ status: 200 })
    expect(await call(elsewhere, 'GET', '/referrals')).toMatchObject({ status: 401 })
    const rows = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'user.changed'))
    expect(rows.map(({ detail }) => detail.sessionsEnded)).toEqual([0, 1])
  })

  it('whose leave starts today hands over at once; later leave waits for its day', async () => {
    const { call, city, admin, given, context } = await withAdmin()
    const { id } = await given.referral(city).assigned()
    const path = `/users/${city.navigator.userId}`
    const later = { from: '2026-11-24', until: '2026-11-30' }
    expect(await call(admin, 'PATCH', path, { body: { leave: later } })).toMatchObject({
      body: { leave: later, isOnLeave: false, openReferrals: 1, isSuspended: false },
    })
    const now = { from: '2026-11-23', until: '2026-11-23' }
    expect(await call(admin, 'PATCH', path, { body: { leave: now } })).toMatchObject({
      body: { leave: now, isOnLeave: true, openReferrals: 0 },
    })
    expect(await getReferralRow(context.db.read, id)).toMatchObject({ navigatorId: null })
    // Away, but not shut out.
    expect(await call(city.navigator, 'GET', '/referrals')).toMatchObject({ status: 200 })
    expect(await call(admin, 'PATCH', path, { body: { leave: null } })).toMatchObject({ body: { leave: null } })
  })

  it('has wards, and shows what they carry', async () => {
    const { call, city, admin, given } = await withAdmin()
    const { navigator, lead } = city
    await given.referral(city).assigned()
    await given.referral(city).started()
    const body = { wards: ['E05015490'] }
    expect(await call(admin, 'PATCH', `/users/${navigator.userId}`, { body })).toMatchObject({ body })
    const { items } = (await call(lead, 'GET', '/users?role=navigator')).body
    expect(items).toMatchObject([{ id: navigator.userId, openReferrals: 2, wards: ['E05015490'], leave: null }])
  })

  it('is not suspended by themselves, by others, or from elsewhere', async () => {
    const { call, city, admin, given } = await withAdmin()
    const { navigator, lead, worker } = city
    const suspend = (who: typeof admin, of: { userId: string }) =>
      call(who, 'PATCH', `/users/${of.userId}`, { body: { suspended: true } })
    expect(await suspend(admin, admin)).toMatchObject({ status: 403 })
    expect(await suspend(lead, navigator)).toMatchObject({ status: 403 })
    expect(await suspend(navigator, navigator)).toMatchObject({ status: 403 })
    expect(await suspend(admin, worker)).toMatchObject({ status: 404 })
    expect(await suspend(await given.user('organisation_admin', city.provider), navigator)).toMatchObject({
      status: 404,
    })
    expect(await call(navigator, 'GET', '/referrals')).toMatchObject({ status: 200 })
  })

  it('is changed only by what makes sense', async () => {
    const { call, city, admin } = await withAdmin()
    const path = `/users/${city.navigator.userId}`
    const wrong = [
      {},
      { role: 'chief' },
      { leave: { from: '2026-11-24', until: '2026-11-23' } },
      { leave: { from: '2026-02-30', until: '2026-03-01' } },
      { leave: { from: '2026-11-24' } },
      { wards: ['W1'] },
      { wards: ['E05999999'] },
      { suspended: 'yes' },
    ]
    for (const body of wrong)
      expect([body, await call(admin, 'PATCH', path, { body })]).toMatchObject([body, { status: 400 }])
  })
})
