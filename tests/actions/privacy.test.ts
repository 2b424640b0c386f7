import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { recordRefusedAccess } from '../../src/actions/access/record-refused-access.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { listPlacements } from '../../src/actions/placements/list-placements.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { listReferrals } from '../../src/actions/referrals/list-referrals.ts'
import { openReferral, readRisks } from '../../src/actions/referrals/open-referral.ts'
import { auditRows } from '../../src/store/schema.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

const TELL_TALE = {
  fullName: 'Zebedee Quillfeather',
  nhsNumber: '9990000018',
  phone: '07700 900777',
  email: 'zebedee@quill.example',
  address: { lines: ['77 Tell Tale Terrace'], postcode: 'SO15 7ZZ' },
  communicationNeeds: 'Call his sister Quentina first',
}
const SECRETS = [
  'Zebedee',
  'Quill',
  '9990000018',
  '900777',
  'Tell Tale',
  '7ZZ',
  'Quentina',
  '1958-03-27',
  'Lives alone',
]

describe('least data before acceptance', () => {
  it('shows a project the need, the area and the age band, and nothing that names the person', async () => {
    const city = await smallCity()
    const { context, worker } = city
    const { id } = await stages(city).sent(TELL_TALE)
    for (const shown of [await openPlacement(context, worker, id), (await listPlacements(context, worker, {})).items]) {
      const text = JSON.stringify(shown)
      for (const secret of SECRETS) expect(text).not.toContain(secret)
      expect(text).toContain('SO15 (approximate)')
      expect(text).toContain('65 to 74')
    }
  })

  it('names the person after acceptance, and no longer after declining', async () => {
    const city = await smallCity()
    const { context, worker } = city
    const { id } = await stages(city).sent(TELL_TALE)
    expect((await acceptPlacement(context, worker, id)).person?.fullName).toBe('Zebedee Quillfeather')
    await declinePlacement(context, worker, id, { reason: 'no_contact', note: 'No answer' })
    const after = await openPlacement(context, worker, id)
    expect(after).toMatchObject({ person: null, status: 'declined', reason: 'no_contact', note: 'No answer' })
    expect(JSON.stringify(after)).not.toContain('Quill')
  })
})

describe('what other organisations see', () => {
  it('is nothing: their lists are empty and the id does not exist for them', async () => {
    const city = await smallCity()
    const { context, db, otherPractice, otherWorker } = city
    const referral = await stages(city).submitted()
    expect((await listReferrals(context, otherPractice, {})).items).toEqual([])
    const refusal = await expectRefusal(db, 'not-found', () => openReferral(context, otherPractice, referral.id))
    const unknown = await expectRefusal(db, 'not-found', () => openReferral(context, otherPractice, 'no-such-id'))
    expect(refusal.message).toBe(unknown.message)
    const placement = await stages(city).sent()
    expect((await listPlacements(context, otherWorker, {})).items).toEqual([])
    await expectRefusal(db, 'not-found', () => openPlacement(context, otherWorker, placement.id))
  })

  it('leaves one audit row when somebody tries, and none when there is nothing to see', async () => {
    const city = await smallCity()
    const { context, db, otherPractice } = city
    const referral = await stages(city).submitted()
    const before = await db.read.$count(auditRows)
    for (const id of [referral.id, 'no-such-id']) {
      const refusal = await expectRefusal(db, 'not-found', () => openReferral(context, otherPractice, id))
      await recordRefusedAccess(context, otherPractice, refusal)
    }
    const rows = await db.read.select().from(auditRows).where(eq(auditRows.action, 'access.refused'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ subjectId: referral.id, actorId: otherPractice.userId })
    expect(await db.read.$count(auditRows)).toBe(before + 1)
  })
})

describe('what is recorded', () => {
  it('is every look at a person, and every read of a risk', async () => {
    const city = await smallCity()
    const { context, db, navigator, practice } = city
    const referral = await stages(city).submitted({}, { risks: [{ kind: 'lone_visiting', detail: 'A large dog' }] })
    await openReferral(context, navigator, referral.id)
    expect(await readRisks(context, navigator, referral.id)).toEqual([{ kind: 'lone_visiting', detail: 'A large dog' }])
    await expectRefusal(db, 'not-allowed', () => readRisks(context, practice, referral.id))
    const actions = (await db.read.select().from(auditRows)).map(({ action }) => action)
    expect(actions).toEqual(['referral.submitted', 'referral.viewed', 'risk.viewed'])
  })

  it('shows the referrer neither risks nor the contacts made', async () => {
    const city = await smallCity()
    const referral = await stages(city).contacted()
    const seen = await openReferral(city.context, city.practice, referral.id)
    expect(seen).toMatchObject({ riskKinds: null, contacts: null, canSeeWork: false, allowedActions: [] })
  })
})

describe('goals and reasons in the person’s or the navigator’s words', () => {
  it('reach a project with the name, and not before', async () => {
    const city = await smallCity()
    const { context, worker } = city
    const { id } = await stages(city).sent(TELL_TALE)
    expect(await openPlacement(context, worker, id)).toMatchObject({ goals: [], overrideReason: null })
    expect(await acceptPlacement(context, worker, id)).toMatchObject({ goals: [{ text: 'Meet people', result: null }] })
  })
})
