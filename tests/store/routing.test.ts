import { describe, expect, test } from 'vitest'
import { getServiceFor } from '../../src/store/organisations.ts'
import { organisations, serviceAreas } from '../../src/store/schema.ts'
import { smallCity } from '../support/small-city.ts'

const NOWHERE = { practiceOdsCode: null, wardCode: null }

/** A second service, which looks after one practice and one ward. */
async function twoServices() {
  const city = await smallCity()
  await city.db.write(async (tx) => {
    await tx.insert(organisations).values({
      id: 'west-network',
      slug: 'west-network',
      name: 'West network',
      kind: 'navigation_service',
      odsCode: null,
      email: null,
      isDefaultService: false,
    })
    await tx.insert(serviceAreas).values([
      { id: 'a1', organisationId: 'west-network', kind: 'practice', code: 'J82081' },
      { id: 'a2', organisationId: 'west-network', kind: 'ward', code: 'E05015502' },
    ])
  })
  return (where: { practiceOdsCode: string | null; wardCode: string | null }) => getServiceFor(city.db.read, where)
}

describe('a new referral comes to', () => {
  test.each([
    ['the service of the person’s practice', { practiceOdsCode: 'J82081', wardCode: null }, 'west-network'],
    ['that, wherever they live', { practiceOdsCode: 'J82081', wardCode: 'E05015490' }, 'west-network'],
    [
      'else the service whose patch holds the ward',
      { practiceOdsCode: 'J82999', wardCode: 'E05015502' },
      'west-network',
    ],
    ['else the city’s own', { practiceOdsCode: 'J82999', wardCode: 'E05015490' }, 'so-linked'],
    ['that too, where nothing is known', NOWHERE, 'so-linked'],
    ['and a ward’s code is no practice’s', { practiceOdsCode: 'E05015502', wardCode: null }, 'so-linked'],
  ])('%s', async (_, where, service) => {
    expect(await (await twoServices())(where)).toBe(service)
  })
})
