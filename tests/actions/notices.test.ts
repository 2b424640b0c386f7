import { describe, expect, it } from 'vitest'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { groups, outbox } from '../../src/store/schema.ts'
import { aRequest, smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const REACHABLE = { email: 'm@example.org', safeContact: { voicemail: true, text: true, email: true, post: true } }

async function told(city: Awaited<ReturnType<typeof smallCity>>) {
  const rows = await city.db.read.select().from(outbox).orderBy(outbox.id)
  return rows.map(({ notice, toKind }) => `${notice} to ${toKind}`)
}

describe('who is told', () => {
  it('is the person only where they agreed to be referred', async () => {
    const city = await smallCity()
    await submitReferral(city.context, city.practice, aRequest(REACHABLE))
    expect(await told(city)).toEqual(['referral-to-triage to organisation', 'person-referral-received to person'])
    const without = await smallCity()
    const basis = { kind: 'safeguarding', reason: 'At risk at home.' }
    const request = aRequest(REACHABLE, { consent: { shareWithNavigator: false }, basis })
    await submitReferral(without.context, without.practice, request)
    expect(await told(without)).toEqual(['referral-to-triage to organisation'])
  })

  it('is the service while nobody has taken the referral', async () => {
    const city = await smallCity()
    const referral = await stages(city).submitted()
    await withdrawReferral(city.context, city.practice, referral.id, { reason: 'sent_in_error' })
    expect(await told(city)).toEqual([
      'referral-to-triage to organisation',
      'person-referral-received to person',
      'referral-closed to organisation',
    ])
  })
})

describe('two placements at once', () => {
  it('keep the day that a refusal asked for, whatever the other project says', async () => {
    const city = await smallCity()
    const { context, db, navigator, worker, group } = city
    await db.write((tx) => tx.insert(groups).values({ ...group, id: 'group-second', name: 'Second allotment' }))
    const first = await stages(city).sent()
    const referralId = first.referralId ?? ''
    const second = await sendPlacement(context, navigator, referralId, { groupId: 'group-second' })
    await declinePlacement(context, worker, first.id, { reason: 'no_capacity' })
    const asked = (await openReferral(context, navigator, referralId)).nextAction
    expect(asked).toMatchObject({ what: 'review', due: '2026-11-25' })
    await acceptPlacement(context, worker, second.id)
    expect((await openReferral(context, navigator, referralId)).nextAction).toMatchObject({ due: '2026-11-25' })
  })
})
