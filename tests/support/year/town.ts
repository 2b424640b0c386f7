import type { Context } from '../../../src/actions/context.ts'
import { byteMaker } from '../../../src/chance.ts'
import { Random } from '../../../src/demo/random.ts'
import { addDays, londonDay } from '../../../src/domain/day.ts'
import type { Actor } from '../../../src/domain/organisation.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { freshUrl } from '../database.ts'
import { givenIn, type TestGroup } from '../given.ts'
import { doomed, type Doom as Fate } from '../histories/world.ts'
import { MONDAY } from '../small-city.ts'

const GROUPS_OF_A_PROVIDER = 3

/** What happens to the writes of a process: now and then it dies, before the commit or after it. */
export interface Doom {
  isArmed: boolean
  /** How many writes died. */
  deaths: number
}

/** A navigation service, a practice and providers with groups of every kind, and several processes on one database. */
export async function yearTown({ groupCount, seed }: { groupCount: number; seed: number }) {
  const url = await freshUrl()
  const random = new Random(seed)
  const doom: Doom = { isArmed: false, deaths: 0 }
  let at = MONDAY.getTime()
  let count = 0
  const base = {
    now: () => new Date(at),
    // In the order in which they are made, whatever the clock says.
    newId: () => `01930000-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    randomBytes: byteMaker(),
    auditKey: new Uint8Array(32).fill(7),
    linkKey: new Uint8Array(32).fill(9),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    requestId: null,
  }
  const fate = (): Fate => {
    const its: Fate = doom.isArmed && random.chance(0.3) ? random.pick(['before', 'after']) : 'none'
    if (its !== 'none') doom.deaths++
    return its
  }
  const open = async () => ({ ...base, db: doomed(await openDatabase(url), fate) })
  const contexts: [Context, Context] = [await open(), await open()]
  const given = givenIn(contexts[0])
  const service = await given.organisation('navigation_service', { slug: 'so-linked' })
  const practice = await given.organisation('gp_practice', { slug: 'st-marys-surgery' })
  const navigators = [await given.user('navigator', service), await given.user('navigator', service)] as const
  const workers = new Map<string, Actor>()
  const groups: TestGroup[] = []
  while (groups.length < groupCount) {
    const provider = await given.organisation('provider', { slug: `provider-${workers.size}` })
    workers.set(provider.id, await given.user('provider_worker', provider))
    const project = await given.project(provider, { rules: [] })
    for (let nth = 0; nth < GROUPS_OF_A_PROVIDER && groups.length < groupCount; nth++)
      groups.push(await given.group(project, groupOf(random, contexts[0])))
  }
  return {
    random,
    doom,
    contexts,
    groups,
    navigators,
    practice: await given.user('referrer', practice),
    workerOf: (organisationId: string) => workers.get(organisationId) as Actor,
    now: base.now,
    setNow: (moment: number) => {
      at = moment
    },
    /** The process ends, and another one takes its place. */
    async restart(nth: 0 | 1) {
      await contexts[nth].db.close()
      contexts[nth] = await open()
    },
    close: () => Promise.all(contexts.map(({ db }) => db.close())),
  }
}
export type YearTown = Awaited<ReturnType<typeof yearTown>>

/** Mostly a few places; some have one volunteer or two, some are open, some take few a week, some are courses. */
function groupOf(random: Random, context: Context): Partial<TestGroup> {
  const lot = random.next()
  if (lot < 0.1) return { places: null }
  if (lot < 0.25) return { places: random.between(1, 2), capacityKind: 'one_to_one' }
  const places = random.between(3, 10)
  if (lot > 0.55) return { places }
  if (lot > 0.4) return { places, weeklyQuota: random.between(1, 3) }
  const today = londonDay(context.now())
  return { places, courseStartsOn: addDays(today, random.between(10, 60)), courseEndsOn: addDays(today, 400) }
}
