import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../actions/context.ts'
import { type Lease, withLease } from '../actions/jobs/with-lease.ts'
import type { Job } from './job.ts'
import { type JobDeps, jobsOf } from './jobs.ts'

// So that a job which rarely finds work is still seen to live, and mends what a quick look does not see.
const HEARTBEAT_MS = 60_000
const LONGEST_PAUSE_MS = 60_000
// An error that goes on is told again after this long, not every second.
const REPEAT_ERROR_MS = 600_000

export interface Clockwork {
  /** Starts nothing more, waits for what runs, and does what is done once more at the end. */
  stop(): Promise<void>
}

/** Runs every job at its interval, on however many processes: a lease in the database lets one of them at a time. */
export function startJobs(context: Context, deps: JobDeps, jobs: Job[] = jobsOf(deps)): Clockwork {
  const stopping = new AbortController()
  // Every job listens, and there are more than Node expects.
  setMaxListeners(0, stopping.signal)
  const running = jobs.map((job) => keepRunning(context, job, stopping.signal))
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
      for (const job of jobs.filter(({ runsAtStop }) => runsAtStop)) await runLast(context, job)
    },
  }
}

async function keepRunning(context: Context, job: Job, signal: AbortSignal): Promise<void> {
  const complaints = new Complaints(context, job.name)
  const shake = (ms: number) => (ms * (90 + ((context.randomBytes(1)[0] ?? 0) % 21))) / 100
  let failures = 0
  let lastRunAt = Number.NEGATIVE_INFINITY
  await pause(shake(Math.min(job.everyMs, 1000)), signal)
  while (!signal.aborted) {
    try {
      const isSilent = performance.now() - lastRunAt > HEARTBEAT_MS
      if (!job.hasWork || isSilent || (await job.hasWork(context))) {
        lastRunAt = performance.now()
        await runOnce(context, job, signal, presentTurn(job, context.now()))
      }
      failures = 0
      complaints.end()
    } catch (error) {
      failures++
      complaints.tell(error)
    }
    const longest = Math.max(job.everyMs, job.longestPauseMs ?? LONGEST_PAUSE_MS)
    await pause(shake(Math.min(job.everyMs * 2 ** Math.min(failures, 20), longest)), signal)
  }
}

const DAY_MS = 86_400_000

/** What counts as done already: since the turn's time of day, or within most of an interval. */
function presentTurn({ everyMs, turnBegan }: Job, now: Date): Lease['turn'] {
  if (turnBegan) return { beganAt: turnBegan(now), lengthMs: DAY_MS }
  return { beganAt: new Date(now.getTime() - everyMs * 0.8), lengthMs: everyMs }
}

async function runOnce(context: Context, job: Job, signal: AbortSignal, turn: Lease['turn']): Promise<'done' | 'held'> {
  const { name, leaseMs } = job
  return withLease(context, { name, leaseMs, turn }, async () => {
    const outcome = await job.run(context, signal)
    if (outcome) context.log.info({ job: name, ...outcome }, 'A job did its work')
  })
}

async function runLast(context: Context, job: Job): Promise<void> {
  try {
    await runOnce(context, job, new AbortController().signal, null)
  } catch (error) {
    new Complaints(context, job.name).tell(error)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {})
}

/** Says when a job starts to fail, and when it works again; in between only now and then. */
class Complaints {
  #last = { message: '', at: Number.NEGATIVE_INFINITY }
  readonly #context: Context
  readonly #job: string

  constructor(context: Context, job: string) {
    this.#context = context
    this.#job = job
  }

  tell(error: unknown): void {
    const message = String(error)
    const at = performance.now()
    if (message === this.#last.message && at - this.#last.at < REPEAT_ERROR_MS) return
    this.#last = { message, at }
    this.#context.log.error({ err: error, job: this.#job }, 'A job failed')
  }

  end(): void {
    if (this.#last.message) this.#context.log.info({ job: this.#job }, 'The job works again')
    this.#last = { message: '', at: Number.NEGATIVE_INFINITY }
  }
}

export class UnknownJob extends Error {
  override name = 'UnknownJob'
}

// Somebody who asks for a job by hand waits this long for the process that has it.
const HAND_PATIENCE_MS = 10_000

export interface Outcome {
  name: string
  outcome: 'done' | 'held' | 'failed'
}

/**
 * Runs one job, or all of them in turn, now. 'held': another process has it and does not let go. One that fails keeps
 * none of the others from their turn; what the first threw is thrown at the end.
 * @param tell hears of each as it ends
 */
export async function runJob(
  context: Context,
  deps: JobDeps,
  name: string,
  { jobs = jobsOf(deps), tell = () => {} }: { jobs?: Job[]; tell?: (outcome: Outcome) => void } = {},
): Promise<Outcome[]> {
  const wanted = jobs.filter((job) => name === 'all' || job.name === name)
  if (wanted.length === 0)
    throw new UnknownJob(`There is no job ${name}. There are: all, ${jobs.map((job) => job.name).join(', ')}.`)
  const outcomes: Outcome[] = []
  const errors: unknown[] = []
  for (const job of wanted) {
    const outcome = await runPatiently(context, job).catch((error: unknown) => {
      if (errors.push(error) > 1) context.log.error({ err: error, job: job.name }, 'A job failed')
      return 'failed' as const
    })
    outcomes.push({ name: job.name, outcome })
    tell({ name: job.name, outcome })
  }
  if (errors.length > 0) throw errors[0]
  return outcomes
}

async function runPatiently(context: Context, job: Job): Promise<'done' | 'held'> {
  const giveUpAt = performance.now() + HAND_PATIENCE_MS
  const attempt = () => runOnce(context, job, new AbortController().signal, null)
  let outcome = await attempt()
  while (outcome === 'held' && performance.now() < giveUpAt) {
    await sleep(200)
    outcome = await attempt()
  }
  return outcome
}
