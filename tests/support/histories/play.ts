import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../../../src/actions/context.ts'
import { once } from '../../../src/actions/idempotency.ts'
import { submitReferral } from '../../../src/actions/referrals/submit-referral.ts'
import { statesFor } from '../../../src/domain/moves.ts'
import type { Actor } from '../../../src/domain/organisation.ts'
import { moversFor } from '../../../src/domain/permissions.ts'
import { PLACEMENT_MOVES } from '../../../src/domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../../src/domain/referral-moves.ts'
import { Refusal } from '../../../src/domain/refusal.ts'
import { jobsOf } from '../../../src/jobs/jobs.ts'
import { placements, referrals } from '../../../src/store/schema.ts'
import { freshFolder } from '../database.ts'
import { aRequest } from '../small-city.ts'
import { PLACEMENT_ACTS, REFERRAL_ACTS } from './acts.ts'
import { Crash, type Doom, type World } from './world.ts'

/** One line of a random script. Numbers choose among what there is when its turn comes. */
export interface Line {
  kind: 'refer' | 'referral' | 'placement' | 'wait' | 'clock' | 'together'
  target: number
  act: number
  actor: number
  pick: number
  /** Mostly something that may succeed; sometimes anything. */
  wild: boolean
  process: number
  doom: Doom
  again: boolean
}

export interface Tally {
  done: number
  refused: number
  crashed: number
}

const PEOPLE = [
  {
    phone: '07700 900123',
    email: 'a@example.org',
    safeContact: { voicemail: true, text: true, email: true, post: true },
  },
  { phone: '07700 900124' },
]

/** Plays a script and answers how much of it came about. Anything but a refusal or a planned crash is a fault. */
export async function play(world: World, script: readonly Line[]): Promise<Tally> {
  const tally: Tally = { done: 0, refused: 0, crashed: 0 }
  const jobs = jobsOf({
    post: { mailer: null, from: 'trellis@trellis.example', baseUrl: 'http://trellis.example', retryBaseMs: 1000 },
    headFile: `${freshFolder()}/head`,
  })
  let at = world.context.now().getTime()
  let lines = 0
  for (const line of script) {
    lines++
    if (line.kind === 'wait') {
      // Back by up to two hours now and then: clocks are set.
      at += line.pick % 7 === 0 ? -((line.pick % 120) * 60_000) : (line.pick % 200) * 3_600_000
      world.clock.set(new Date(at))
    } else if (line.kind === 'clock') {
      for (const job of jobs) await job.run(world.contexts[line.process % 2] as Context, new AbortController().signal)
    } else if (line.kind === 'together') {
      const others = [line, { ...line, actor: line.actor + 1, act: line.act + 1, process: line.process + 1 }]
      await Promise.all(others.map((one, index) => attempt(world, one, `${lines}-${index}`, tally)))
    } else await attempt(world, line, String(lines), tally)
  }
  return tally
}

async function attempt(world: World, line: Line, key: string, tally: Tally): Promise<void> {
  const context = world.contexts[line.process % 2] as Context
  const act = await choose(world, line)
  if (!act) return
  const request = {
    caller: act.actor.userId,
    operation: act.name,
    key,
    body: {},
    whileRunning: 'wait' as const,
    answer: (result: unknown) => ({ status: 200, body: JSON.stringify((result as { id?: string }).id ?? null) }),
  }
  const go = () => once(context, request, (inner) => act.run(inner))
  world.setDoom(line.kind === 'together' ? 'none' : line.doom)
  const first = await settle(go)
  world.setDoom('none')
  tally[first.outcome]++
  // Whoever got no answer asks again with the same key; so does an impatient hand.
  if (first.outcome === 'crashed') await settle(go)
  if (first.outcome === 'done' && line.again) {
    const second = await settle(go)
    if (!isDeepStrictEqual(first, second)) throw new Error(`The same request was answered differently: ${act.name}`)
  }
}

async function settle(go: () => Promise<unknown>): Promise<{ outcome: keyof Tally; answer?: unknown }> {
  try {
    return { outcome: 'done', answer: await go() }
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'refused' }
    if (error instanceof Crash) return { outcome: 'crashed' }
    throw error
  }
}

/** Taken now and then: a history in which everything ends at once shows little. */
const ENDS = [
  'complete',
  'closeEarly',
  'recordDeath',
  'withdraw',
  'undo',
  'recall',
  'decline',
  'end',
  'reassign',
  'transfer',
]

interface Chosen {
  name: string
  actor: Actor
  run: (context: Context) => Promise<unknown>
}

async function choose(world: World, line: Line): Promise<Chosen | undefined> {
  const everybody = [...world.referrers, ...world.navigators, ...Object.values(world.providers), world.teamLead]
  if (line.kind === 'refer') {
    const actor = pickOf(world.referrers, line.actor)
    const priority = pickOf(['routine', 'priority', 'urgent'], line.pick)
    const direct = line.pick % 5 === 0
    const straight = direct
      ? { projectId: 'project-roots', consent: { shareWithNavigator: true, shareWithProject: true } }
      : {}
    const request = aRequest(pickOf(PEOPLE, line.pick), { priority, ...straight })
    return { name: 'refer', actor, run: (context) => submitReferral(context, actor, request) }
  }
  const db = world.context.db.read
  const isReferral = line.kind === 'referral' || (line.kind === 'together' && line.target % 2 === 0)
  const all: Found[] = isReferral ? await db.select().from(referrals) : await db.select().from(placements)
  // Mostly what is open: of closed ones there are soon many, and little can be done with them.
  const open = all.filter(({ nextDueOn }) => nextDueOn !== null)
  const rows = open.length > 0 && line.pick % 6 > 0 ? open : all
  if (rows.length === 0) return undefined
  const row = pickOf(rows, line.target)
  const ties = tiesOf(row)
  const moves: Record<string, { by: readonly string[] }> = isReferral ? REFERRAL_MOVES : PLACEMENT_MOVES
  const acts = isReferral ? REFERRAL_ACTS : PLACEMENT_ACTS
  const likely = Object.keys(acts).flatMap((name) => {
    const who = everybody.filter((actor) =>
      moversFor(actor, ties).some((mover) => statesFor(moves[name] as never, mover).includes(row.status as never)),
    )
    return who.length > 0 ? [{ name, who }] : []
  })
  const going = likely.filter((one) => !ENDS.includes(one.name))
  const sensible = going.length > 0 && line.pick % 6 > 0 ? going : likely
  const any = { name: pickOf(Object.keys(acts), line.act), who: everybody }
  const { name, who } = line.wild || sensible.length === 0 ? any : pickOf(sensible, line.act)
  const actor = pickOf(who, line.actor)
  const run = acts[name]
  if (!run) return undefined
  return { name: `${name} ${row.id}`, actor, run: (context) => run(context, actor, row.id, line.pick, world) }
}

interface Found extends Tied {
  id: string
  status: string
  nextDueOn: string | null
}

interface Tied {
  referringOrganisationId?: string | null
  receivingOrganisationId?: string | null
  redirectedToOrganisationId?: string | null
  providerOrganisationId?: string | null
}

function tiesOf(row: Tied) {
  return {
    referring: row.referringOrganisationId ?? null,
    receiving: row.receivingOrganisationId ?? null,
    redirected: row.redirectedToOrganisationId ?? null,
    provider: row.providerOrganisationId ?? null,
  }
}

function pickOf<T>(list: readonly T[], pick: number): T {
  return list[pick % list.length] as T
}
