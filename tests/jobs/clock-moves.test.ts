import { asc } from 'drizzle-orm'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { withLease } from '../../src/actions/jobs/with-lease.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { listHistory } from '../../src/actions/referrals/open-referral.ts'
import { CLOCK_JOBS, checkInvariantsJob } from '../../src/jobs/clocks.ts'
import { runJob, startJobs } from '../../src/jobs/clockwork.ts'
import type { Job } from '../../src/jobs/job.ts'
import type { JobDeps } from '../../src/jobs/jobs.ts'
import { findBrokenPromises } from '../../src/store/promises.ts'
import { events, jobLeases } from '../../src/store/schema.ts'
import { clockCity } from '../actions/clocks/at-work.ts'

const NO_DEPS = {} as JobDeps
const HOUR = 3_600_000

/** A clock that goes like the wall's, from whatever time it was last set to. */
function virtualClock(start: string) {
  let set = { to: Date.parse(start), at: performance.now() }
  const now = () => new Date(set.to + performance.now() - set.at)
  const move = (hours: number) => {
    set = { to: now().getTime() + hours * HOUR, at: performance.now() }
  }
  const setTo = (moment: string) => {
    set = { to: Date.parse(moment), at: performance.now() }
  }
  return { now, move, setTo }
}

/** Jobs that come many times a second, and how often each has run. */
function hurried(jobs: Job[]) {
  const runs = new Map<string, number>()
  const quick = jobs.map((job): Job => {
    const run: Job['run'] = async (context, signal) => {
      const outcome = await job.run(context, signal)
      runs.set(job.name, (runs.get(job.name) ?? 0) + 1)
      return outcome
    }
    return { ...job, everyMs: 40, run }
  })
  return { jobs: quick, runs }
}

function twoClockworks(context: Context, jobs: Job[]) {
  const works = [1, 2].map(() => startJobs(context, NO_DEPS, jobs))
  const stop = () => Promise.all(works.map((work) => work.stop()))
  onTestFinished(async () => void (await stop()))
  return stop
}

describe('two processes, and a clock that is set two hours back and forward', () => {
  test('do nothing twice, and every history keeps its order', { timeout: 60_000 }, async () => {
    const city = await clockCity({ places: 1 })
    const { db, navigator } = city
    await city.settings({ assignsAutomatically: true })
    const sent = await city.stage.sent()
    const late = await city.stage.contacted()
    const fresh = await city.stage.submitted()
    const clock = virtualClock('2026-12-01T01:30:00Z')
    const context: Context = { ...city.context, now: clock.now }
    const { jobs, runs } = hurried(CLOCK_JOBS)
    const stop = twoClockworks(context, jobs)
    const everyJobRuns = async () => {
      runs.clear()
      await vi.waitFor(() => expect(runs.size).toBe(jobs.length), { timeout: 20_000, interval: 20 })
    }
    await everyJobRuns()
    for (const hours of [-2, 2, 2, -2, 2]) {
      clock.move(hours)
      await everyJobRuns()
    }
    await stop()

    expect(await city.told(sent.id)).toEqual(['sent', 'escalated', 'nudged'])
    expect(await city.told(late.id)).toEqual(['submitted', 'assigned', 'contacted', 'reminded'])
    // Overdue already: whether its queue is reminded depends on which of the jobs comes first.
    const toldOfFresh = await city.told(fresh.id)
    expect(toldOfFresh.filter((type) => type !== 'reminded')).toEqual(['submitted', 'assigned'])
    expect(new Set(toldOfFresh).size).toBe(toldOfFresh.length)
    expect(await findBrokenPromises(db.read)).toEqual([])
    const rows = await db.read.select().from(events).orderBy(asc(events.subjectId), asc(events.subjectVersion))
    for (const [n, { subjectId, subjectVersion }] of rows.entries()) {
      const before = rows[n - 1]
      expect(subjectVersion).toBe(before?.subjectId === subjectId ? before.subjectVersion + 1 : 1)
    }
    const { referralId } = await city.placement(sent.id)
    const told = (await listHistory(context, navigator, referralId)).map(({ type }) => type)
    expect(told.slice(0, 3)).toEqual(['referral.submitted', 'referral.assigned', 'referral.contacted'])
  })

  test('show a history in the order in which it happened, though the clock went back in between', async () => {
    const city = await clockCity()
    const { context, clock, navigator, stage } = city
    clock.set('2026-11-23T10:00Z')
    const { id } = await stage.assigned()
    clock.set('2026-11-23T08:00Z')
    await logContact(context, navigator, id, { outcome: 'spoke', channel: 'phone' })
    const history = await listHistory(context, navigator, id)
    const told = ['referral.submitted', 'referral.assigned', 'referral.contacted']
    expect(history.map(({ type }) => type)).toEqual(told)
  })
})

describe('the nightly turn', () => {
  test('comes once for each day of London, as soon after three as a process runs', { timeout: 60_000 }, async () => {
    const city = await clockCity()
    const clock = virtualClock('2026-11-23T02:59:58Z')
    const context: Context = { ...city.context, now: clock.now }
    const { jobs, runs } = hurried([checkInvariantsJob])
    twoClockworks(context, jobs)
    const ran = () => runs.get('check-invariants') ?? 0
    const settles = async (count: number) => {
      await vi.waitFor(() => expect(ran()).toBe(count), { timeout: 10_000, interval: 20 })
      await new Promise((done) => setTimeout(done, 300))
      expect(ran()).toBe(count)
    }
    // Yesterday's, which nobody ran; then today's; and not again when the clock is set back over it, or forward.
    await settles(1)
    clock.setTo('2026-11-23T03:00:00.5Z')
    await settles(2)
    clock.move(-2)
    await settles(2)
    clock.move(4)
    await settles(2)
    clock.setTo('2026-11-24T02:59:50Z')
    await settles(2)
    // The server was off all day.
    clock.setTo('2026-11-24T23:00:00Z')
    await settles(3)
  })
})

describe('a lease', () => {
  const nothing = async () => {}
  const turnAt = (context: Context) => ({ beganAt: new Date(context.now().getTime() - 48_000), lengthMs: 60_000 })

  test('does not hold up the next turns when the clock is set back', async () => {
    const { context, clock } = await clockCity()
    const lease = () => ({ name: 'tidy', leaseMs: 60_000, turn: turnAt(context) })
    expect(await withLease(context, lease(), nothing)).toBe('done')
    expect(await withLease(context, lease(), nothing)).toBe('held')
    clock.set('2026-11-23T08:59:30Z')
    expect(await withLease(context, lease(), nothing)).toBe('held')
    clock.set('2026-11-23T07:00:00Z')
    expect(await withLease(context, lease(), nothing)).toBe('done')
    expect(await withLease(context, lease(), nothing)).toBe('held')
  })
})

describe('all jobs by hand', () => {
  test('have each their turn, though one fails, and tell how it went', async () => {
    const { context } = await clockCity()
    const job = (name: string, run: Job['run']): Job => ({ name, everyMs: 1000, leaseMs: 1000, run })
    const fails = async () => {
      throw new Error('The disk is full.')
    }
    const jobs = [job('one', async () => undefined), job('two', fails), job('three', async () => undefined)]
    const told: string[] = []
    const tell = ({ name, outcome }: { name: string; outcome: string }) => told.push(`${name} ${outcome}`)
    await expect(runJob(context, NO_DEPS, 'all', { jobs, tell })).rejects.toThrow('The disk is full.')
    expect(told).toEqual(['one done', 'two failed', 'three done'])
    const leases = await context.db.read.select().from(jobLeases)
    expect(leases.find(({ name }) => name === 'two')?.lastError).toBe('Error: The disk is full.')
  })
})
