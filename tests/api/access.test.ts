import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { auditRows, memberships, placements } from '../../src/store/schema.ts'
import { openApp } from '../support/app.ts'
import { A_PLAN } from '../support/given-referral.ts'
import { countRows } from '../support/no-trace.ts'
import { REQUEST } from './requests.ts'

const RISKS = { risks: [{ kind: 'aggression', detail: 'Keeps a large dog' }] }

/** A referral with a placement that was accepted, one that only was sent, and everybody who may or may not see them. */
async function aCity() {
  const made = await openApp()
  const city = await made.given.city()
  const accepted = await made.given.referral(city, {}, RISKS).accepted()
  const sent = await made.given.referral(city, { fullName: 'Ada Unknown' }, RISKS).sent()
  // The worker who accepted is not told of which referral.
  const [row] = await made.context.db.read.select().from(placements).where(eq(placements.id, accepted.id))
  return { ...made, ...city, accepted, sent, referralId: row?.referralId ?? '' }
}

describe('what is somebody else’s', () => {
  it('is not there, whatever is asked of it; each try leaves exactly one audit row and nothing else', async () => {
    const { context, call, otherReferrer, otherNavigator, otherWorker, referralId, accepted } = await aCity()
    const referral = `/referrals/${referralId}`
    const placement = `/placements/${accepted.id}`
    const attempts = [
      ['GET', referral],
      ['GET', `${referral}/history`],
      ['GET', `${referral}/matches`],
      ['GET', `${referral}/risks`],
      ['POST', `${referral}/assign`, { toMe: true }],
      ['POST', `${referral}/contacts`, { outcome: 'spoke', channel: 'phone' }],
      ['POST', `${referral}/activate`, A_PLAN],
      ['POST', `${referral}/placements`, { groupId: accepted.group.id }],
      ['POST', `${referral}/close`, { outcome: 'completed', summary: 'Done' }],
      ['POST', `${referral}/withdraw`, { reason: 'other' }],
      ['GET', placement],
      ['POST', `${placement}/open`],
      ['POST', `${placement}/accept`],
      ['POST', `${placement}/decline`, { reason: 'other' }],
      ['POST', `${placement}/book`, { startsAt: '2026-11-26T10:00:00Z' }],
      ['POST', `${placement}/attendance`, { sessionOn: '2026-11-23', attended: true }],
      ['POST', `${placement}/complete`, { outcome: 'completed' }],
      ['POST', `${placement}/withdraw`, { reason: 'other' }],
    ] as const
    for (const who of [otherReferrer, otherNavigator, otherWorker]) {
      for (const [method, path, body] of attempts) {
        const before = await countRows(context.db)
        const answer = await call(who, method, path, { body })
        expect([who.role, method, path, answer.status, answer.body.code]).toEqual([
          who.role,
          method,
          path,
          404,
          'not-found',
        ])
        expect(answer.text).not.toMatch(/Okafor|Community Roots|SP-/)
        expect(await countRows(context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + 1 })
      }
    }
    const [row] = await context.db.read.select().from(auditRows).where(eq(auditRows.actorId, otherWorker.userId))
    expect(row).toMatchObject({ action: 'access.refused', subjectKind: 'referral', subjectId: referralId })
    expect(row?.requestId).toBeTruthy()
  })

  it('looks just like what does not exist, and that leaves no row', async () => {
    const { context, call, otherWorker, accepted } = await aCity()
    const hidden = await call(otherWorker, 'GET', `/placements/${accepted.id}`)
    const before = await countRows(context.db)
    for (const id of ['nothing', '0', 'x'.repeat(100), 'a%00b', '%F0%9F%8C%B1', "'--", 'a.b', '1;2']) {
      const absent = await call(otherWorker, 'GET', `/placements/${id}`)
      expect({ ...absent.body, instance: '' }).toEqual({ ...hidden.body, instance: '' })
    }
    for (const id of ['x'.repeat(101), '%E0%A4%A', 'a%2Fb/c'])
      expect((await call(otherWorker, 'GET', `/placements/${id}`)).status).toBe(404)
    expect(await countRows(context.db)).toEqual(before)
  })

  it('is in no list', async () => {
    const { call, otherReferrer, otherNavigator, otherWorker, referrer, navigator, worker } = await aCity()
    for (const who of [otherReferrer, otherNavigator, otherWorker]) {
      expect((await call(who, 'GET', '/referrals')).body.items).toEqual([])
      expect((await call(who, 'GET', '/placements')).body.items).toEqual([])
    }
    expect((await call(referrer, 'GET', '/referrals')).body.items).toHaveLength(2)
    expect((await call(referrer, 'GET', '/placements')).body.items).toEqual([])
    expect((await call(navigator, 'GET', '/placements')).body.items).toHaveLength(2)
    expect((await call(worker, 'GET', '/placements')).body.items).toHaveLength(2)
    expect((await call(worker, 'GET', '/referrals')).body.items).toEqual([])
  })
})

describe('what one may see but not do', () => {
  it('is refused as 403 and leaves exactly one audit row', async () => {
    const { context, call, referrer, navigator, worker, accepted, group, referralId } = await aCity()
    const attempts = [
      [referrer, 'POST', `/referrals/${referralId}/assign`, { toMe: true }],
      [referrer, 'GET', `/referrals/${referralId}/risks`, undefined],
      [referrer, 'GET', `/referrals/${referralId}/matches`, undefined],
      [referrer, 'GET', '/users', undefined],
      [navigator, 'POST', `/placements/${accepted.id}/accept`, undefined],
      [worker, 'POST', `/placements/${accepted.id}/withdraw`, { reason: 'other' }],
      [worker, 'POST', '/referrals', REQUEST],
      [navigator, 'POST', `/groups/${group.id}/confirm-capacity`, undefined],
    ] as const
    for (const [who, method, path, body] of attempts) {
      const before = await countRows(context.db)
      const answer = await call(who, method, path, { body })
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'not-allowed'])
      expect(await countRows(context.db)).toEqual({ ...before, audit: (before.audit ?? 0) + 1 })
    }
  })

  it('goes with a role that is gone', async () => {
    const { context, call, navigator, referralId } = await aCity()
    await context.db.write((tx) =>
      tx.update(memberships).set({ suspendedAt: context.now() }).where(eq(memberships.userId, navigator.userId)),
    )
    expect((await call(navigator, 'GET', `/referrals/${referralId}`)).status).toBe(404)
    const { userId, sessionId } = navigator
    expect((await call({ userId, sessionId }, 'GET', `/referrals/${referralId}`)).status).toBe(403)
  })
})

describe('least data first', () => {
  it('a project that has not accepted learns the need and the area, and never who it is', async () => {
    const { call, worker, sent } = await aCity()
    const answer = await call(worker, 'GET', `/placements/${sent.id}`)
    expect(answer.body).toMatchObject({ person: null, referralId: null, hasRisk: true, ageBand: '65 to 74' })
    expect(answer.body.area).toBe('SO14 (approximate)')
    expect(answer.text).not.toMatch(/Ada|Unknown|0YN|07700|dog/)
  })

  it('a referrer follows the steps, and does not see the work', async () => {
    const { call, referrer, navigator, referralId } = await aCity()
    const seen = await call(referrer, 'GET', `/referrals/${referralId}`)
    expect(seen.body).toMatchObject({ canSeeWork: false, contacts: null, riskKinds: null, strengths: [], goals: [] })
    expect(seen.text).not.toContain('dog')
    const work = await call(navigator, 'GET', `/referrals/${referralId}`)
    expect(work.body).toMatchObject({ canSeeWork: true, riskKinds: ['aggression'], contacts: [{ outcome: 'spoke' }] })
    expect(work.text).not.toContain('dog')
  })

  it('the detail of a risk has an address of its own, and every reading is recorded', async () => {
    const { context, call, navigator, referralId } = await aCity()
    const answer = await call(navigator, 'GET', `/referrals/${referralId}/risks`)
    expect(answer.body).toEqual({ items: [{ kind: 'aggression', detail: 'Keeps a large dog' }], next: null })
    const rows = await context.db.read.select().from(auditRows).where(eq(auditRows.action, 'risk.viewed'))
    expect(rows).toMatchObject([{ actorId: navigator.userId, subjectId: referralId }])
  })

  it('looking is recorded once for each look', async () => {
    const { context, call, navigator, referralId } = await aCity()
    await call(navigator, 'GET', `/referrals/${referralId}`)
    await call(navigator, 'GET', `/referrals/${referralId}`)
    expect(await context.db.read.$count(auditRows, eq(auditRows.action, 'referral.viewed'))).toBe(2)
  })
})
