import { describe, expect, it } from 'vitest'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { openReferral } from '../../../src/actions/referrals/open-referral.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { serviceAreas } from '../../../src/store/schema.ts'
import { givenIn } from '../../support/given.ts'
import { aRequest, smallCity } from '../../support/small-city.ts'

const SMITH = { fullName: 'John Smith' }
const SMYTH = { fullName: 'Jon Smyth' }

describe('whoever refers', () => {
  it('is warned of their own earlier referrals, and of nobody else’s', async () => {
    const { context, practice, otherPractice, navigator } = await smallCity()
    const first = await submitReferral(context, practice, aRequest(SMITH))
    expect(first.possibleDuplicates).toEqual([])
    const elsewhere = await submitReferral(context, otherPractice, aRequest(SMYTH))
    expect(elsewhere.possibleDuplicates).toEqual([])
    const second = await submitReferral(context, practice, aRequest(SMYTH))
    expect(second.possibleDuplicates).toMatchObject([{ id: first.id, reference: first.reference, why: 'likeness' }])
    const followed = await openReferral(context, practice, second.id)
    expect(followed).toMatchObject({ possibleDuplicates: [], samePerson: [] })
    expect(JSON.stringify(followed)).not.toContain(elsewhere.reference)
    expect((await openReferral(context, navigator, second.id)).possibleDuplicates).toHaveLength(2)
  })

  it('is warned of what closed within a year, and no longer', async () => {
    const { context, clock, practice, navigator } = await smallCity()
    const first = await submitReferral(context, practice, aRequest(SMITH))
    await closeReferral(context, navigator, first.id, { outcome: 'not_suitable', reason: 'Moved', summary: 'Moved.' })
    clock.set('2027-11-22T09:00:00Z')
    const within = await submitReferral(context, practice, aRequest(SMITH))
    expect(within.possibleDuplicates.map(({ id }) => id)).toEqual([first.id])
    clock.set('2027-11-26T09:00:00Z')
    const after = await submitReferral(context, practice, aRequest(SMITH))
    expect(after.possibleDuplicates.map(({ id }) => id)).toEqual([within.id])
  })

  it('refers twins with different NHS numbers without a warning', async () => {
    const { context, practice } = await smallCity()
    await submitReferral(context, practice, aRequest({ fullName: 'Anna Smith', nhsNumber: '9990000018' }))
    const twin = await submitReferral(context, practice, aRequest({ fullName: 'Anne Smith', nhsNumber: '9990000026' }))
    expect(twin.possibleDuplicates).toEqual([])
  })
})

describe('a navigator', () => {
  it('sees every other referral of the person that the service received, each with why', async () => {
    const { context, practice, otherPractice, navigator } = await smallCity()
    const number = { nhsNumber: '9990000018' }
    const alike = await submitReferral(context, otherPractice, aRequest(SMYTH))
    const numbered = await submitReferral(
      context,
      practice,
      aRequest({ fullName: 'J', postcode: 'SO19 1AA', ...number }),
    )
    const { id } = await submitReferral(context, practice, aRequest({ ...SMITH, ...number }))
    const { possibleDuplicates } = await openReferral(context, navigator, id)
    expect(possibleDuplicates).toEqual([
      { id: alike.id, reference: alike.reference, status: 'submitted', receivedAt: alike.receivedAt, why: 'likeness' },
      {
        id: numbered.id,
        reference: numbered.reference,
        status: 'submitted',
        receivedAt: numbered.receivedAt,
        why: 'nhs_number',
      },
    ])
  })

  it('of another service sees none of them', async () => {
    const { context, db, practice } = await smallCity()
    const given = givenIn(context)
    const other = await given.organisation('navigation_service', { isDefaultService: false })
    const navigator = await given.user('navigator', other)
    const area = { id: context.newId(), organisationId: other.id, kind: 'practice' as const, code: 'J82001' }
    await db.write((tx) => tx.insert(serviceAreas).values(area))
    await submitReferral(context, practice, aRequest(SMITH))
    const there = await submitReferral(context, practice, aRequest({ ...SMITH, practiceOdsCode: 'J82001' }))
    const seen = await openReferral(context, navigator, there.id)
    expect(seen).toMatchObject({ canSeeWork: true, possibleDuplicates: [], samePerson: [] })
  })
})
