import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { listMatches } from '../src/actions/referrals/list-matches.ts'
import { configFrom } from '../src/config.ts'
import { ACCESS_CODES } from '../src/domain/directory.ts'
import type { EligibilityRule } from '../src/domain/eligibility.ts'
import { NEED_CODES } from '../src/domain/needs.ts'
import { openContext } from '../src/open-context.ts'
import { migrate } from '../src/store/migrate.ts'
import { groups, locations, placements, postcodes, projectResponses, projects } from '../src/store/schema.ts'
import { givenIn } from '../tests/support/given.ts'
import { type Spread, spreadOf } from './numbers.ts'
import type { Result } from './results.ts'
import { SECRET } from './servers.ts'

const PROJECTS = 1000
const LOOKS = 60
const READ = 50
const WARM_UP = 10

const HOME = { postcode: 'SO14 0YN', latitude: 50.9077, longitude: -1.4136 }
const INTERESTS = ['gardening', 'cooking', 'walking', 'board games', 'singing', 'football', 'knitting', 'history']
const LANGUAGES = ['en', 'pl', 'ro', 'zh', 'pt']

const RULES: EligibilityRule[][] = [
  [{ rule: 'age', min: 18 }],
  [{ rule: 'age', min: 65 }, { rule: 'fall_or_at_risk' }],
  [
    { rule: 'age', min: 18 },
    { rule: 'area', districts: ['SO14', 'SO15'], wards: [], name: 'Southampton' },
  ],
  [{ rule: 'need', anyOf: ['loneliness', 'low_mood'] }],
  [{ rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' }],
  [],
]

/** One of a list, by a number: the same directory each time. */
function nth<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T
}

/**
 * Matching inside the process, from the call to the answer: who may see it, every query, the rules, the ranking, the words and
 * the row of the audit trail, over a directory of a thousand projects that are told in full.
 */
export async function timeMatching(folder: string): Promise<Result[]> {
  const file = join(folder, 'matching.sqlite')
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
  const config = configFrom({ SECRET, DATABASE_URL: `file:${file}`, LOG_LEVEL: 'silent' })
  await migrate(config.databaseUrl)
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const context = await openContext(config, log)
  const given = givenIn(context)
  const city = await given.city()
  const person = {
    preferredLanguage: 'Polish',
    interpreter: true,
    communicationNeeds: 'Uses a wheelchair. Hard of hearing',
  }
  const { id } = await given.referral(city, person).active()
  await given.referral(city).accepted()
  await context.db.write(async (tx) => {
    const [model] = await tx.select().from(placements)
    const [aProject] = await tx.select().from(projects)
    const [aGroup] = await tx.select().from(groups)
    if (!model || !aProject || !aGroup) throw new Error('The town has nothing to copy.')
    await tx.insert(postcodes).values(HOME)
    for (let number = 0; number < PROJECTS; number++) {
      const own = `project-${number}`
      await tx.insert(locations).values({
        id: `location-${number}`,
        version: 1,
        organisationId: city.provider.id,
        kind: 'physical',
        name: `Hall ${number}`,
        addressLines: [],
        latitude: 50.88 + (number % 60) / 1000,
        longitude: -1.47 + (number % 90) / 1000,
        access: [nth(ACCESS_CODES, number), nth(ACCESS_CODES, number + 5)],
      })
      await tx.insert(projects).values({
        ...aProject,
        id: own,
        slug: own,
        name: `Project ${number}`,
        needs: [nth(NEED_CODES, number), nth(NEED_CODES, number * 7)],
        rules: nth(RULES, number),
        costPence: nth([0, null, 300], number),
        languages: ['en', nth(LANGUAGES, number)],
        interests: [nth(INTERESTS, number), nth(INTERESTS, number + 3)],
        assuredOn: nth(['2026-11-01', '2026-03-01'], number),
      })
      const response = {
        projectId: own,
        answered: 30,
        accepted: 25,
        replyDays: 2,
        waited: 20,
        countedAt: context.now(),
      }
      await tx.insert(projectResponses).values({ ...response, waitLowDays: 7, waitHighDays: 28 })
      for (let group = 0; group < 1 + (number % 2); group++) {
        const groupId = `group-${number}-${group}`
        await tx.insert(groups).values({
          ...aGroup,
          id: groupId,
          projectId: own,
          name: `Group ${number} ${group}`,
          times: [{ every: 'week', weekday: 1 + (number % 7), opensAt: '10:00' }],
          locationId: `location-${number}`,
        })
        const placementId = `placement-${number}-${group}`
        await tx.insert(placements).values({ ...model, id: placementId, groupId, projectId: own })
      }
    }
  })
  let nextName = 0
  const look = async () => {
    const matches = await listMatches(context, city.navigator, id)
    if (matches.length < PROJECTS) throw new Error('A project is not among the matches.')
    // As much as anybody reads at once: an answer of the API, or three pages.
    if (matches.slice(0, READ).some(({ reasons, why }) => reasons.length + why.length === 0))
      throw new Error('A match has no reasons.')
  }
  const change = () =>
    context.db.write(async (tx) => {
      await tx
        .update(projects)
        .set({ name: `Project ${nextName++}` })
        .where(eq(projects.id, 'project-0'))
    })
  const standing = await timed(look)
  const changed = await timed(look, change)
  await context.db.close()
  const what = 'matching over 1,000 projects with 1,500 groups, inside the process'
  return [
    { what, target: '< 20 at the median', isMet: standing.median < 20, spread: standing, rounds: LOOKS, unit: 'ms' },
    { what: 'the same, when an entry has just changed', spread: changed, rounds: LOOKS, unit: 'ms' },
  ]
}

async function timed(look: () => Promise<void>, before: () => Promise<void> = async () => {}): Promise<Spread> {
  const took: number[] = []
  for (let nth = 0; nth < WARM_UP + LOOKS; nth++) {
    await before()
    const from = performance.now()
    await look()
    if (nth >= WARM_UP) took.push(performance.now() - from)
  }
  return spreadOf(took)
}
