import { describe, expect, it } from 'vitest'
import { listPlacements } from '../../src/actions/placements/list-placements.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { outbox } from '../../src/store/schema.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const EMAIL_ONLY = { voicemail: false, text: false, email: true, post: false }

describe('closing a referral', () => {
  it('waits for a place that the person still has', async () => {
    const city = await smallCity()
    const { context, db, navigator } = city
    await stages(city).started()
    const { referralId } = (await listPlacements(context, navigator, {})).items[0] ?? {}
    await expectRefusal(db, 'placement-open', () =>
      closeReferral(context, navigator, referralId ?? '', { outcome: 'completed', summary: 'Done' }),
    )
  })

  it('ends what was sent and not yet answered, and the project may look no more', async () => {
    const city = await smallCity()
    const { context, navigator, worker } = city
    const placement = await stages(city).sent()
    await closeReferral(context, navigator, placement.referralId ?? '', {
      outcome: 'closed_early',
      reason: 'Moved',
      summary: 'Moved away',
    })
    const [ended] = (await listPlacements(context, worker, {})).items
    expect(ended).toMatchObject({ status: 'withdrawn', reason: 'referral_closed', person: null, nextAction: null })
  })

  it('names everything that is missing at once', async () => {
    const city = await smallCity()
    const referral = await stages(city).contacted()
    const refusal = await expectRefusal(city.db, 'invalid-input', () =>
      closeReferral(city.context, city.navigator, referral.id, { outcome: 'disengaged' }),
    )
    expect(refusal.faults.map(({ pointer }) => pointer)).toEqual(['/summary', '/reason'])
  })

  it('counts the attempts itself before anybody is called unreachable', async () => {
    const city = await smallCity()
    const { context, clock, db, navigator } = city
    const referral = await stages(city).assigned({
      email: 'maria@example.org',
      safeContact: EMAIL_ONLY,
    })
    const tryBy = (channel: 'phone' | 'email') =>
      logContact(context, navigator, referral.id, { outcome: 'no_answer', channel })
    const close = () => closeReferral(context, navigator, referral.id, { outcome: 'unreachable', summary: 'No answer' })
    await tryBy('phone')
    await tryBy('phone')
    clock.set('2026-11-30T10:00:00Z')
    await tryBy('phone')
    const refusal = await expectRefusal(db, 'too-few-attempts', close)
    expect(refusal.message).toContain('1 of 2 ways')
    await tryBy('email')
    expect(await close()).toMatchObject({ status: 'unreachable', nextAction: null })
  })

  it('counts every try where nothing is held by which the person could be reached', async () => {
    const city = await smallCity()
    const { context, clock, navigator } = city
    const referral = await stages(city).assigned({ phone: undefined, postcode: undefined, noFixedAddress: true })
    for (const day of ['2026-11-23', '2026-11-26', '2026-11-30']) {
      clock.set(`${day}T10:00:00Z`)
      await logContact(context, navigator, referral.id, { outcome: 'no_answer', channel: 'in_person' })
    }
    const closed = await closeReferral(context, navigator, referral.id, {
      outcome: 'unreachable',
      summary: 'Not found',
    })
    expect(closed).toMatchObject({ status: 'unreachable' })
  })

  it('records a death from any state, ends everything, and writes to nobody', async () => {
    const city = await smallCity()
    const { context, db, navigator } = city
    const referral = await stages(city).submitted({ email: 'm@example.org', safeContact: EMAIL_ONLY })
    const before = await db.read.$count(outbox)
    const closed = await closeReferral(context, navigator, referral.id, { outcome: 'closed_early', reason: 'died' })
    expect(closed).toMatchObject({ status: 'closed_early', closing: { reason: 'died' }, nextAction: null })
    expect(await db.read.$count(outbox)).toBe(before)
  })

  it('lets the referrer withdraw until contact, and no longer', async () => {
    const city = await smallCity()
    const { context, db, practice } = city
    const early = await stages(city).assigned()
    expect(await withdrawReferral(context, practice, early.id, { reason: 'sent_in_error' })).toMatchObject({
      status: 'withdrawn',
    })
    const late = await stages(city).contacted()
    const refusal = await expectRefusal(db, 'wrong-status', () =>
      withdrawReferral(context, practice, late.id, { reason: 'sent_in_error' }),
    )
    expect(refusal.message).toContain('contacted')
  })
})

describe('assigning', () => {
  it('is for navigators to themselves, and for the lead to anybody of the service', async () => {
    const city = await smallCity()
    const { context, db, lead, navigator, practice, worker } = city
    const referral = await stages(city).submitted()
    await expectRefusal(db, 'not-allowed', () =>
      assignReferral(context, navigator, referral.id, { navigatorId: lead.userId }),
    )
    await expectRefusal(db, 'not-allowed', () => assignReferral(context, practice, referral.id, { toMe: true }))
    await expectRefusal(db, 'invalid-input', () =>
      assignReferral(context, lead, referral.id, { navigatorId: worker.userId }),
    )
    const given = await assignReferral(context, lead, referral.id, { navigatorId: navigator.userId })
    expect(given).toMatchObject({ status: 'assigned', navigator: { id: navigator.userId } })
    await expectRefusal(db, 'changed-meanwhile', () => assignReferral(context, lead, referral.id, { toMe: true }))
    const passedOn = await assignReferral(context, lead, referral.id, { navigatorId: lead.userId })
    expect(passedOn).toMatchObject({
      status: 'assigned',
      nextAction: { owner: { id: lead.userId }, due: given.nextAction?.due },
    })
  })
})
