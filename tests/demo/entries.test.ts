import { describe, expect, it } from 'vitest'
import { writeDirectory } from '../../src/demo/directory.ts'
import { placeCalled } from '../../src/demo/places.ts'
import { PROJECTS } from '../../src/demo/projects.ts'
import { timesOf } from '../../src/demo/times.ts'
import { addDays } from '../../src/domain/day.ts'
import { normalisePostcode, postcodeDistrict, SOUTHAMPTON_DISTRICTS } from '../../src/domain/place.ts'
import { meetsOn, startsAt } from '../../src/domain/schedule.ts'
import { groups, locations, projects } from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'
import { testContext } from '../support/small-city.ts'

const AS_OF = '2026-11-23'
const GROUPS = PROJECTS.flatMap((project) => project.groups)
// With whom there is no fixed place: at home, by phone, on a ward, where the poster says.
const NO_PLACE = /home|school|door|live|across|poster/i

describe('an entry of the demonstration', () => {
  it('says whom to ask, by a number and an address that reach nobody', () => {
    for (const { contact, slug } of PROJECTS) expect(contact.phone, slug).toMatch(/^01632 960\d{3}$/)
    expect(new Set(PROJECTS.map(({ contact }) => contact.phone)).size).toBe(PROJECTS.length)
  })
  it('says where each group meets, or that there is no fixed place', () => {
    for (const { venue } of GROUPS)
      expect([venue, placeCalled(venue) !== undefined]).toEqual([venue, !NO_PLACE.test(venue)])
  })
  it('has postcodes of the city', () => {
    for (const { venue } of GROUPS) {
      const postcode = placeCalled(venue)?.postcode
      if (!postcode) continue
      expect(normalisePostcode(postcode)).toBe(postcode)
      expect(SOUTHAMPTON_DISTRICTS).toContain(postcodeDistrict(postcode))
    }
  })
  it('has times that agree with its words', () => {
    const week = Array.from({ length: 7 }, (_, days) => addDays(AS_OF, days))
    const said = GROUPS.map(({ schedule }) => ({ schedule, times: timesOf(schedule, AS_OF) }))
    expect(said.filter(({ times }) => times).length).toBeGreaterThan(40)
    for (const { schedule, times = [] } of said) {
      for (const { opensAt, weekday } of times) {
        expect([schedule, opensAt]).toEqual([schedule, startsAt(schedule)])
        expect(weekday).toBeGreaterThan(0)
      }
      const weekly = times.filter(({ every }) => every === 'week').map(({ weekday }) => weekday)
      const words = week.flatMap((day, index) => (meetsOn(schedule, day) ? [index + 1] : []))
      if (weekly.length > 0) expect([schedule, weekly]).toEqual([schedule, words])
    }
  })
})

it.each([
  ['Second and fourth Tuesday, 2pm to 4pm, drop in', [2, 4], undefined],
  ['Last Friday of the month, 3pm to 5pm', [-1], undefined],
  ['First Tuesday of every other month, 6pm to 7.30pm', [1], 2],
])('%s', (schedule, nths, interval) => {
  const times = timesOf(schedule, AS_OF) ?? []
  expect(times.map(({ every, nth }) => [every, nth])).toEqual(nths.map((nth) => ['month', nth]))
  expect(times[0]?.interval).toBe(interval)
})

it('keeps a course within its days, a season within its months, and says nothing of what is agreed', () => {
  const course = { startsOn: '2026-11-25', endsOn: '2027-02-10' }
  expect(timesOf('Wednesdays, 6pm to 8pm, for twelve weeks', AS_OF, course)).toEqual([
    { every: 'week', weekday: 3, opensAt: '18:00', closesAt: '20:00', from: '2026-11-25', until: '2027-02-10' },
  ])
  expect(timesOf('Sundays, 2pm to 4pm, March to October', AS_OF)?.[0]).toMatchObject({
    from: '2027-03-01',
    until: '2027-10-31',
  })
  expect(timesOf('Sundays, 2pm to 4pm, March to October', '2026-05-01')?.[0]).toMatchObject({ until: '2026-10-31' })
  expect(timesOf('By appointment, Monday to Friday', AS_OF)).toBeUndefined()
})

it('is written with its places, its cost and the day on which it was last checked', async () => {
  const db = await freshDatabase()
  await writeDirectory(testContext(db).context, 'x', AS_OF)
  const [shed] = (await db.read.select().from(projects)).filter(({ slug }) => slug === 'shirley-mens-shed')
  expect(shed).toMatchObject({ costPence: 200, greeter: 'Gordon', assuredOn: addDays(AS_OF, -33), languages: ['en'] })
  const old = (await db.read.select().from(projects)).filter(
    ({ assuredOn }) => !assuredOn || assuredOn < addDays(AS_OF, -90),
  )
  expect(old.map(({ slug }) => slug).sort()).toEqual([
    'girls-in-parks',
    'housing-advice',
    'mayfield-nurseries',
    'millbrook-together',
  ])
  const places = await db.read.select().from(locations)
  const kept = places.map(({ organisationId, name }) => `${organisationId} ${name}`)
  expect(new Set(kept).size).toBe(places.length)
  for (const { locationId } of await db.read.select().from(groups))
    if (locationId) expect(places.map(({ id }) => id)).toContain(locationId)
})
