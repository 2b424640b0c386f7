import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { withLease } from '../../src/actions/jobs/with-lease.ts'
import { runJob, startJobs } from '../../src/jobs/clockwork.ts'
import type { Job } from '../../src/jobs/job.ts'
import type { JobDeps } from '../../src/jobs/jobs.ts'
import { openDatabase } from '../../src/store/database.ts'
import { jobLeases } from '../../src/store/schema.ts'
import { freshUrl } from '../support/database.ts'
import { testContext } from '../support/small-city.ts'

// The clock on the wall: intervals and leases are what is tested here.
function ticking(context: Context): Context {
  return { ...context, now: () => new Date() }
}

/** As many processes as asked for, on one database: each has connections of its own. */
async function processes(count: number): Promise<Context[]> {
  const url = await freshUrl()
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const db = await openDatabase(url)
      onTestFinished(() => db.close())
      return { ...ticking(testContext(db).context), newId: () => `process-${n}-${Math.random()}` }
    }),
  )
}

async function oneProcess(): Promise<Context> {
  const [context] = await processes(1)
  if (!context) throw new Error('There is no process.')
  return context
}

const NO_DEPS = {} as JobDeps

const job = (more: Partial<Job> & Pick<Job, 'run'>): Job => ({ name: 'tidy', everyMs: 1000, leaseMs: 5000, ...more })

/** Work that leaves its name. */
const noted = (done: string[], name: string) => async () => {
  done.push(name)
  return undefined
}

function manualJob() {
  let release = () => {}
  let runs = 0
  const run = async () => {
    runs++
    await new Promise<void>((resolve) => {
      release = resolve
    })
    return undefined
  }
  return { job: job({ run }), release: () => release(), runs: () => runs }
}

describe('jobs', () => {
  test('run once in each turn, however many processes there are', async () => {
    const contexts = await processes(3)
    const startedAt: number[] = []
    const run = async () => {
      startedAt.push(Date.now())
      await sleep(20)
      return undefined
    }
    const clockworks = contexts.map((context) => startJobs(context, NO_DEPS, [job({ run, everyMs: 400 })]))
    await sleep(2300)
    await Promise.all(clockworks.map((clockwork) => clockwork.stop()))
    const gaps = startedAt.slice(1).map((at, n) => at - (startedAt[n] ?? 0))
    expect(startedAt.length).toBeGreaterThanOrEqual(3)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250)
  })

  test('that run are waited for by stop, and none start afterwards', async () => {
    const context = await oneProcess()
    const { job: slow, release, runs } = manualJob()
    const clockwork = startJobs(context, NO_DEPS, [{ ...slow, everyMs: 10 }])
    await vi.waitFor(() => expect(runs()).toBe(1))
    let isStopped = false
    const stopped = clockwork.stop().then(() => {
      isStopped = true
    })
    await sleep(100)
    expect(isStopped).toBe(false)
    release()
    await stopped
    await sleep(100)
    expect(runs()).toBe(1)
    expect(await context.db.read.select().from(jobLeases)).toEqual([
      expect.objectContaining({ name: 'tidy', heldBy: null, leasedUntil: null, lastFinishedAt: expect.any(Date) }),
    ])
  })

  test('hear that they should stop early', async () => {
    const context = await oneProcess()
    let isRunning = false
    async function run(_: Context, signal: AbortSignal) {
      isRunning = true
      while (!signal.aborted) await sleep(5)
      return undefined
    }
    const clockwork = startJobs(context, NO_DEPS, [job({ run, everyMs: 10 })])
    await vi.waitFor(() => expect(isRunning).toBe(true))
    await clockwork.stop()
  })

  test('come again at once when the clock was set back', async () => {
    const context = await oneProcess()
    let jumpMs = 0
    let runs = 0
    const run = async () => {
      runs++
      return undefined
    }
    const jumping = { ...context, now: () => new Date(Date.now() + jumpMs) }
    const clockwork = startJobs(jumping, NO_DEPS, [job({ run, everyMs: 100 })])
    await vi.waitFor(() => expect(runs).toBeGreaterThan(0))
    jumpMs = -2 * 3_600_000
    const before = runs
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 1), { timeout: 3000 })
    await clockwork.stop()
  })

  test('do what is done at the end once more', async () => {
    const context = await oneProcess()
    const done: string[] = []
    const mark = (name: string, runsAtStop: boolean) =>
      job({ name, runsAtStop, hasWork: async () => false, run: noted(done, name) })
    const clockwork = startJobs(context, NO_DEPS, [mark('a', false), mark('b', true)])
    await sleep(20)
    await clockwork.stop()
    expect(done).toEqual(['b'])
  })

  test('that find no work write nothing', async () => {
    const context = await oneProcess()
    let looks = 0
    const idle = job({ everyMs: 10, hasWork: async () => ++looks < 0, run: async () => undefined })
    const clockwork = startJobs(context, NO_DEPS, [idle])
    await vi.waitFor(() => expect(looks).toBeGreaterThan(10))
    await clockwork.stop()
    // One heartbeat at the start.
    expect(context.db.tally.units).toBeLessThanOrEqual(2)
  })

  test('that fail say so once, come less often, and keep what went wrong', async () => {
    const context = await oneProcess()
    const said: string[] = []
    const log = {
      info: (_: object, message: string) => said.push(message),
      warn: () => {},
      error: (_: object, message: string) => said.push(message),
    }
    let runs = 0
    async function run() {
      if (++runs <= 4) throw new Error('The disk is full.')
      return undefined
    }
    const failing = job({ everyMs: 20, longestPauseMs: 100, run })
    const clockwork = startJobs({ ...context, log }, NO_DEPS, [failing])
    await vi.waitFor(() => expect(runs).toBe(4), { timeout: 5000 })
    await vi.waitFor(async () =>
      expect((await context.db.read.select().from(jobLeases))[0]?.lastError).toBe('Error: The disk is full.'),
    )
    await vi.waitFor(() => expect(said).toEqual(['A job failed', 'The job works again']), { timeout: 5000 })
    await clockwork.stop()
    expect((await context.db.read.select().from(jobLeases))[0]?.lastError).toBeNull()
  })
})

describe('a lease', () => {
  const lease = { name: 'tidy', leaseMs: 300, turn: null }

  test('that reaches further than any of ours is nobody’s', async () => {
    const context = await oneProcess()
    const farAhead = new Date(context.now().getTime() + 86_400_000)
    await context.db.write((tx) => tx.insert(jobLeases).values({ name: 'tidy', heldBy: 'x', leasedUntil: farAhead }))
    expect(await withLease(context, lease, async () => {})).toBe('done')
  })

  test('lets one in at a time', async () => {
    const contexts = await processes(4)
    let inside = 0
    let most = 0
    let answered = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      // As long as the others need to ask: on a busy machine nobody can say how long that is.
      while (answered < 3) await sleep(10)
      inside--
    }
    const asked = contexts.map((context) => withLease(context, lease, work).finally(() => answered++))
    const outcomes = await Promise.all(asked)
    expect(outcomes.sort()).toEqual(['done', 'held', 'held', 'held'])
    expect(most).toBe(1)
  })

  test('lasts as long as the work, and no longer than the process', async () => {
    const [holder, other] = await processes(2)
    if (!holder || !other) throw new Error('no context')
    const working = withLease(holder, lease, () => sleep(900))
    await sleep(600)
    expect(await withLease(other, lease, async () => {})).toBe('held')
    expect(await working).toBe('done')
    expect(await withLease(other, lease, async () => {})).toBe('done')

    // A process that dies neither renews nor returns its lease.
    const neverDone = new Promise<void>(() => {})
    const dying: Context = { ...holder, db: { ...holder.db, write: onceThenNever(holder) } }
    void withLease(dying, lease, () => neverDone)
    await sleep(100)
    expect(await withLease(other, lease, async () => {})).toBe('held')
    await sleep(300)
    expect(await withLease(other, lease, async () => {})).toBe('done')
  })
})

function onceThenNever({ db }: Context): Context['db']['write'] {
  let writes = 0
  return (body) => (writes++ === 0 ? db.write(body) : new Promise(() => {}))
}

describe('a job by hand', () => {
  test('is one, or all in turn', async () => {
    const context = await oneProcess()
    const done: string[] = []
    const jobs = ['one', 'two'].map((name) => job({ name, run: noted(done, name) }))
    expect(await runJob(context, NO_DEPS, 'two', { jobs })).toEqual([{ name: 'two', outcome: 'done' }])
    await runJob(context, NO_DEPS, 'all', { jobs })
    expect(done).toEqual(['two', 'one', 'two'])
    await expect(runJob(context, NO_DEPS, 'three', { jobs })).rejects.toThrow(
      'There is no job three. There are: all, one, two.',
    )
  })
})
