import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '../../../src/actions/context.ts'
import { importGeography } from '../../../src/actions/geography/import-geography.ts'
import { changePerson } from '../../../src/actions/people/change-person.ts'
import { openPerson } from '../../../src/actions/people/open-person.ts'
import { listReferrals } from '../../../src/actions/referrals/list-referrals.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { normalisePostcode } from '../../../src/domain/place.ts'
import { checkFiles, type GeographyPaths, ShowReading } from '../../../src/load-geography.ts'
import {
  findNeighbourhood,
  findPlace,
  findPractice,
  listLatestImports,
  saveLocality,
} from '../../../src/store/geography.ts'
import {
  auditRows,
  events,
  geographyImports,
  locations,
  neighbourhoods,
  people,
  postcodes,
  practices,
  serviceAreas,
  wards,
} from '../../../src/store/schema.ts'
import { official, wholeAuthority, written } from '../../support/official-files.ts'
import { officialFiles, tidy } from '../../support/open-data.ts'
import { aRequest, type SmallCity, smallCity } from '../../support/small-city.ts'

class Quiet extends ShowReading {
  override imported(): void {}
  override placed(): void {}
  override checked(): void {}
}

async function load(context: Context, paths: GeographyPaths): Promise<void> {
  const shown = new Quiet()
  await importGeography(context, await checkFiles(paths, shown), shown)
}

describe('importing official files', () => {
  let city: SmallCity
  let context: Context
  beforeEach(async () => {
    city = await smallCity()
    context = city.context
  })
  const refer = (person: Record<string, unknown>) => submitReferral(context, city.practice, aRequest(person))
  const rowOf = async (id: string) => (await context.db.read.select().from(people).where(eq(people.id, id)))[0]

  test('any authority: postcodes, deprivation, wards and practices, with what they say they are', async () => {
    await load(context, wholeAuthority())
    const { read } = context.db
    expect(await findPlace(read, 'LS99 1AB')).toMatchObject({ wardCode: 'E05999002', lsoaCode: 'E01999001' })
    expect(await findPlace(read, 'LS99 1AD')).toMatchObject({ endedOn: '2019-05-01', wardCode: 'E05999002' })
    expect(await findNeighbourhood(read, 'E01999001')).toMatchObject({
      wardCode: 'E05999001',
      imdRank: 1200,
      imdDecile: 1,
      imdYear: 2025,
    })
    expect(await findPractice(read, 'Z99001')).toMatchObject({ practice: { name: 'The Mill Surgery' } })
    expect(await findPractice(read, 'Z99009')).toEqual({ isLoaded: true })
    const { postcodes: loaded, practices: list } = await listLatestImports(read)
    expect(loaded).toMatchObject({ file: 'nspl.csv', rowsRead: 5, rowsKept: 4, startedBy: null })
    expect(list?.digest).toMatch(/^[0-9a-f]{64}$/)
    const acts = await read.select({ action: auditRows.action }).from(auditRows)
    expect(acts.map(({ action }) => action).sort()).toEqual([
      ...Array(4).fill('geography.imported'),
      'geography.placed',
    ])
  })

  test('a second import replaces the first, and keeps what people sorted', async () => {
    await load(context, wholeAuthority())
    const ward = { code: 'E05999001', name: 'Mill Lane', authorityCode: 'E06999999', authorityName: 'Overwater' }
    await context.db.write((tx) => saveLocality(tx, { ...ward, locality: 'North' }))
    await load(context, wholeAuthority())
    const { read } = context.db
    expect(await read.$count(postcodes)).toBe(4)
    const newer = {
      nspl: written(official('nspl').toSpliced(2, 1)),
      imd: written(official('imd').toSpliced(2, 1)),
      wards: written(official('wards').toSpliced(1, 1)),
      practices: written(official('practices').toSpliced(1, 1)),
    }
    await load(context, newer)
    expect(await findPlace(read, 'LS99 1AB')).toBeUndefined()
    expect(await read.$count(postcodes)).toBe(3)
    // What is in the one file and no longer in the other keeps what the other says of it.
    const areas = await read.select().from(neighbourhoods).orderBy(neighbourhoods.code)
    expect(areas).toMatchObject([
      { code: 'E01999001', wardCode: null, imdDecile: 1 },
      { code: 'E01999002', wardCode: 'E05999002', imdDecile: null },
    ])
    expect(await read.select({ code: wards.code, locality: wards.locality }).from(wards).orderBy(wards.code)).toEqual([
      { code: 'E05999001', locality: 'North' },
      { code: 'E05999002', locality: null },
    ])
    expect(await read.$count(practices)).toBe(1)
    expect(await read.$count(geographyImports)).toBe(12)
  })

  test('where one file is wrong, none is loaded, and all faults are said', async () => {
    const paths = { ...wholeAuthority(), nspl: written(official('imd')), imd: written(official('imd').slice(0, 1)) }
    await expect(load(context, paths)).rejects.toThrow(
      /nothing below it[\s\S]*not a postcode list[\s\S]*Nothing was imported/,
    )
    expect(await context.db.read.$count(wards)).toBe(0)
    expect(await context.db.read.$count(auditRows)).toBe(0)
  })

  test('two imports do not run at once', async () => {
    const shown = new Quiet()
    const files = await checkFiles(wholeAuthority(), shown)
    const both = await Promise.allSettled([1, 2].map(() => importGeography(context, files, shown)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('who is referred afterwards lies in the ward of the postcode, and goes to the service of its patch', async () => {
    await load(context, wholeAuthority())
    const area = { id: 'area', organisationId: 'mens-shed', kind: 'ward' as const, code: 'E05999002' }
    await context.db.write((tx) => tx.insert(serviceAreas).values(area))
    const there = await refer({ postcode: 'ls991ab' })
    expect(there.receivingOrganisation).toMatchObject({ slug: 'mens-shed' })
    expect(await rowOf(there.person.id)).toMatchObject({ wardCode: 'E05999002', lsoaCode: 'E01999001' })
    const beside = await refer({ postcode: 'LS99 1AA' })
    expect(beside.receivingOrganisation).toMatchObject({ slug: 'so-linked' })
    const { items } = await listReferrals(context, city.navigator, {})
    expect(items.map(({ area }) => area)).toEqual(['Mill Lane, Overwater'])
  })

  test.each([
    ['an ended postcode still counts', 'LS99 1AD', 'Quayside, Overwater', false],
    ['one that no list has stays with its district', 'LS99 9ZZ', 'LS99 (approximate)', true],
    ['an island without wards too', 'GY1 1AA', 'GY1 (approximate)', true],
  ])('%s', async (_, postcode, area, isApproximate) => {
    await load(context, wholeAuthority())
    const { person } = await refer({ postcode })
    expect((await openPerson(context, city.navigator, person.id)).livesIn).toMatchObject({ area, isApproximate })
  })

  test('no fixed address is a normal answer', async () => {
    await load(context, wholeAuthority())
    const { person } = await refer({ postcode: undefined, noFixedAddress: true })
    const { livesIn } = await openPerson(context, city.navigator, person.id)
    expect(livesIn).toMatchObject({ area: 'Not known', isApproximate: false, ward: null, neighbourhood: null })
  })

  test('a corrected postcode leads to another ward; how deprived, and the name of the practice', async () => {
    await load(context, wholeAuthority())
    const { person } = await refer({ postcode: 'SO14 0YN' })
    const change = { postcode: 'LS99 1AA', practiceOdsCode: 'Z99001', reason: 'told us' }
    const corrected = await changePerson(context, city.navigator, person.id, 1, change)
    expect(corrected.livesIn).toEqual({
      area: 'Mill Lane, Overwater',
      isApproximate: false,
      district: 'LS99',
      ward: { code: 'E05999001', name: 'Mill Lane, Overwater' },
      locality: null,
      neighbourhood: { code: 'E01999001', name: 'Overwater, 001A', imdDecile: 1, imdQuintile: 1, imdYear: 2025 },
      practice: { odsCode: 'Z99001', name: 'The Mill Surgery', closedOn: null, isUnknown: false },
    })
    const back = await changePerson(context, city.navigator, person.id, 2, {
      postcode: 'SO14 0YN',
      practiceOdsCode: 'Z99009',
      reason: 'moved back',
    })
    expect(back.livesIn).toMatchObject({ area: 'SO14 (approximate)', ward: null, practice: { isUnknown: true } })
    expect(await rowOf(person.id)).toMatchObject({ wardCode: null, lsoaCode: null })
  })

  test('who and what was there before is placed, without a new version or a line in a history', async () => {
    const { person } = await refer({ postcode: 'LS99 1AA' })
    const elsewhere = await refer({ postcode: 'SO14 0YN' })
    const place = {
      version: 1,
      organisationId: 'community-roots',
      kind: 'physical' as const,
      name: 'The hall',
      addressLines: [],
      access: [],
    }
    const point = { latitude: 53.9, longitude: -1.6 }
    await context.db.write(async (tx) => {
      await tx.update(people).set({ wardCode: 'E05015490' }).where(eq(people.id, elsewhere.person.id))
      await tx.insert(locations).values([
        { ...place, id: 'hall', postcode: 'LS99 1AB' },
        { ...place, id: 'barn', postcode: 'LS99 1AB', ...point },
        { ...place, id: 'far', postcode: 'SO14 0YN' },
      ])
    })
    const before = await context.db.read.$count(events)
    await load(context, { nspl: wholeAuthority().nspl })
    expect(await rowOf(person.id)).toMatchObject({ wardCode: 'E05999001', lsoaCode: 'E01999001', version: 1 })
    expect(await rowOf(elsewhere.person.id)).toMatchObject({ wardCode: 'E05015490', version: 1 })
    expect(await context.db.read.$count(events)).toBe(before)
    expect(await context.db.read.select().from(locations).orderBy(locations.id)).toMatchObject([
      { id: 'barn', wardCode: 'E05999002', ...point },
      { id: 'far', wardCode: null, latitude: null },
      { id: 'hall', wardCode: 'E05999002', latitude: 53.800101, longitude: -1.550101 },
    ])
  })
})

const files = officialFiles()

describe.runIf(files)('the city’s own official files', () => {
  test('every one of 5,810 postcodes lies in its official ward, also where its neighbourhood lies in two', async () => {
    const { context } = await smallCity()
    await load(context, files ?? {})
    const { read } = context.db
    const found = new Map((await read.select().from(postcodes)).map((row) => [row.postcode, row]))
    const wanted = tidy('postcodes')
    expect([wanted.length, found.size]).toEqual([5_810, 5_810])
    const wrong = wanted.filter(({ postcode = '', ward_code, lsoa21_code }) => {
      const place = found.get(normalisePostcode(postcode) ?? '')
      return place?.wardCode !== ward_code || place?.lsoaCode !== lsoa21_code
    })
    expect(wrong).toEqual([])
    const areas = new Map((await read.select().from(neighbourhoods)).map((row) => [row.code, row]))
    expect(areas.size).toBe(152)
    const straddling = new Map<string, Set<string>>()
    for (const { lsoaCode, wardCode } of found.values())
      straddling.set(lsoaCode ?? '', (straddling.get(lsoaCode ?? '') ?? new Set()).add(wardCode ?? ''))
    expect([...straddling.values()].filter(({ size }) => size > 1)).toHaveLength(28)
    const unlike = [...found.values()].filter((place) => areas.get(place.lsoaCode ?? '')?.wardCode !== place.wardCode)
    expect(unlike).toHaveLength(279)
    expect([...areas.values()].filter(({ imdDecile }) => imdDecile === 1)).toHaveLength(18)
    expect([await read.$count(wards), await read.$count(practices)]).toEqual([17, 24])
  })
})
