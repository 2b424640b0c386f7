import { hashPassword } from '../actions/access/passwords.ts'
import { sealAudit } from '../actions/audit/seal-audit.ts'
import type { Context } from '../actions/context.ts'
import { confirmCapacity } from '../actions/directory/change-group.ts'
import { type Day, londonDay } from '../domain/day.ts'
import type { Role } from '../domain/organisation.ts'
import { Refusal } from '../domain/refusal.ts'
import { writeHead } from '../store/audit-head.ts'
import { DemoClock, londonMoment, pastContext, workingDayBefore, workingMoment } from './clock.ts'
import { writeDirectory } from './directory.ts'
import { type Growth, growCity } from './growth/grow.ts'
import { type Plot, plotsFor, type Telling } from './plots.ts'
import { Random } from './random.ts'
import { featuredSituation, situationsInTurn } from './situations.ts'
import { endMessages, hasOrganisations } from './store.ts'
import { NothingFits, type Stage, Tale } from './tale.ts'
import { emailOf, SIGN_IN_USERS } from './users.ts'

export interface DemoOptions {
  /** One for everybody who signs in. */
  password: string
  /** 600 make a year of a city; 80 fill every page. More than are played are other people with the same histories. */
  referrals?: number
  /** The day on which the demonstration is looked at: its last moment is the working day before. */
  asOf?: Day
  seed?: number
  /** So many are played through the actions; a larger city is made of these. */
  playedAtMost?: number
  /**
   * Keeps the head of the audit chain: a past written in one go is sealed in one go, as if there had been a service.
   * Without it nothing is sealed, and no more referrals can be had than are played.
   */
  headFile?: string
  onProgress?: (done: number, all: number) => void
}

export interface SignIn {
  email: string
  role: Role
  organisation: string
}

/** Mail of these last working days is left to be sent, so that the mailbox has something in it. */
const DAYS_OF_MAIL = 2
const WEEKS_AT_LEAST = 8
const WEEKS_AT_MOST = 52
const REFERRALS_A_WEEK = 12
const REFERRALS = 600
const PLAYED_AT_MOST = 600

export async function isCityEmpty(context: Context): Promise<boolean> {
  return !(await hasOrganisations(context.db.read))
}

/** One telling under way, and the moment at which it goes on. */
interface Thread {
  at: Date
  order: number
  telling: Telling
}

/** A telling ends where it is when the service's own clock moved it on meanwhile. */
function endOfTelling(error: unknown): IteratorReturnResult<void> {
  if (error instanceof Refusal && error.code === 'wrong-status') return { done: true, value: undefined }
  throw error
}

/** Where nothing fits, the search goes on for a while, and in the end the navigator says so. */
async function* told(tale: Tale, plot: Plot): Telling {
  try {
    yield* plot.tell(tale)
  } catch (error) {
    if (!(error instanceof NothingFits)) throw error
    yield tale.after(4, 8)
    await tale.close({
      outcome: 'closed_early',
      reason: 'Nothing that suits has room',
      summary: 'Nothing that suits has room at present. Told about the open groups nearby, and how to come back to us.',
    })
  }
}

/** Goes on with whichever telling is next, so that everything happens in the order of time, until the end of the past. */
async function play(threads: Thread[], { clock, end }: Stage, onEnd: () => void): Promise<void> {
  const before = (a: Thread, b: Thread) => a.at.getTime() - b.at.getTime() || a.order - b.order
  const waiting = [...threads].sort(before)
  for (let next = waiting.shift(); next && next.at <= end; next = waiting.shift()) {
    clock.moveTo(next.at)
    const step = await next.telling.next().catch(endOfTelling)
    if (step.done) onEnd()
    else {
      const thread = { ...next, at: step.value }
      const place = waiting.findIndex((other) => before(thread, other) < 0)
      waiting.splice(place < 0 ? waiting.length : place, 0, thread)
    }
  }
}

/** In the last week every provider says that its places are right; a few have not looked for longer. */
async function* confirmPlaces({ context, directory, asOf }: Stage, random: Random): Telling {
  const monday = londonMoment(workingDayBefore(asOf, 5), 0)
  for (const { id, provider, isUnconfirmed } of directory.groups.values()) {
    const worker = directory.actors.find(
      ({ organisation, role }) => organisation === provider && role === 'provider_worker',
    )
    if (isUnconfirmed || !worker) continue
    yield workingMoment(random, monday, random.between(0, 3))
    await confirmCapacity(context, worker, id)
  }
}

function receipt(random: Random, asOf: Day, { receivedAgo: [least, most] }: Plot, longest: number): Date {
  const day = workingDayBefore(asOf, random.between(least, Math.max(least, most ?? longest)))
  return workingMoment(random, londonMoment(day, 0), 0)
}

function threadsOf(stage: Stage, { referrals, seed, weeks }: { referrals: number; seed: number; weeks: number }) {
  const inTurn = situationsInTurn(new Random(seed + 2))
  const played = new Map<Plot, number>()
  const threads = plotsFor(referrals).map((plot, order) => {
    const random = new Random(seed + 7919 * (order + 1))
    const turn = played.get(plot) ?? 0
    played.set(plot, turn + 1)
    const featured = plot.featuredFrom === undefined ? undefined : featuredSituation(random, plot.featuredFrom + turn)
    const tale = new Tale(stage, random, plot.situation ?? featured ?? inTurn.next().value, order)
    return { order, at: receipt(random, stage.asOf, plot, weeks * 5), telling: told(tale, plot) }
  })
  const places = { order: threads.length, at: londonMoment(workingDayBefore(stage.asOf, 6), 600) }
  return [...threads, { ...places, telling: confirmPlaces(stage, new Random(seed + 1)) }]
}

/**
 * Fills an empty database with the demonstration city: directory, sign-ins, and referrals that are played forward
 * through the real actions. The same seed and day give the same city, ids included.
 */
export async function seedDemoCity(context: Context, options: DemoOptions): Promise<{ signIns: SignIn[] }> {
  const { password, referrals: all = REFERRALS, playedAtMost = PLAYED_AT_MOST, headFile, onProgress } = options
  const { asOf = londonDay(context.now()), seed = 1 } = options
  const referrals = Math.min(all, playedAtMost)
  if (all > referrals && !headFile) throw new Error(`More than ${referrals} referrals need a headFile.`)
  const weeks = Math.min(WEEKS_AT_MOST, Math.max(WEEKS_AT_LEAST, Math.ceil(referrals / REFERRALS_A_WEEK)))
  const start = londonMoment(workingDayBefore(asOf, weeks * 5 + 1), 8 * 60)
  const clock = new DemoClock(start)
  const past = pastContext(context, clock, seed)
  const directory = await writeDirectory(past, await hashPassword(password), asOf)
  const end = londonMoment(workingDayBefore(asOf, 1), 17 * 60)
  const stage = { context: past, clock, directory, asOf, end }
  let ended = 0
  await play(threadsOf(stage, { referrals, seed, weeks }), stage, () => onProgress?.(Math.min(++ended, referrals), all))
  onProgress?.(referrals, all)
  await context.db.write((tx) => endMessages(tx, start, londonMoment(workingDayBefore(asOf, DAYS_OF_MAIL), 0)))
  if (headFile) {
    await seal(context, headFile)
    clock.moveTo(end)
    if (all > referrals) await grow(past, stage, { referrals: all, seed, headFile, onProgress })
  }
  return { signIns: signIns() }
}

/** The same year once more for other people, as often as it takes. */
async function grow(
  past: Context,
  { directory, asOf }: Stage,
  { headFile, ...size }: Pick<Growth, 'referrals' | 'seed' | 'onProgress'> & { headFile: string },
): Promise<void> {
  const workerOf = (provider: string) =>
    directory.actors.find(({ organisationId, role }) => organisationId === provider && role === 'provider_worker')
  const chain = await growCity(past, { ...size, asOf, workerOf })
  await writeHead(headFile, { ...chain, at: past.now() })
  await seal(past, headFile)
}

async function seal(context: Context, headFile: string): Promise<void> {
  while ((await sealAudit(context, headFile)).sealed > 0);
}

/** The addresses to print: each shows the service from another side. */
export function signIns(): SignIn[] {
  return SIGN_IN_USERS.map((user) => ({
    email: emailOf(user),
    role: user.memberships[0].role,
    organisation: user.memberships[0].organisation,
  }))
}
