import { hasUnsealedRows, sealAudit } from '../actions/audit/seal-audit.ts'
import type { Context } from '../actions/context.ts'
import { deliverMessages, hasDueMessages, type Post } from '../actions/outbox/deliver-messages.ts'
import { eraseExpired } from '../actions/privacy/erase-expired.ts'

export interface JobDeps {
  post: Post
  /** Where the head of the audit chain is kept outside the database. */
  headFile: string
}

/** Work that the clock asks for. */
export interface Job {
  name: string
  everyMs: number
  /** How long a crash keeps the job from the other processes. */
  leaseMs: number
  /** While it fails it comes less and less often, down to this; a minute where nothing is said. */
  longestPauseMs?: number
  /** A cheap look before anything is written, for a job that comes often and mostly finds nothing. */
  hasWork?(context: Context): Promise<boolean>
  /** Does all there is to do, or stops at a good place when the signal says so. Answers what is worth a line in the log. */
  run(context: Context, signal: AbortSignal): Promise<object | undefined>
  /** Once more when the process ends. */
  runsAtStop?: boolean
}

/** Every job there is. */
export const jobsOf = (deps: JobDeps): Job[] => [deliverMessagesJob(deps), sealAuditJob(deps), eraseExpiredJob]

const deliverMessagesJob = ({ post }: JobDeps): Job => ({
  name: 'deliver-messages',
  everyMs: 2000,
  leaseMs: 20_000,
  longestPauseMs: Math.min(post.retryBaseMs, 30_000),
  hasWork: (context) => hasDueMessages(context, post),
  async run(context, signal) {
    const delivery = await deliverMessages(context, post, signal)
    return Object.values(delivery).some(Boolean) ? delivery : undefined
  },
})

const sealAuditJob = ({ headFile }: JobDeps): Job => ({
  name: 'seal-audit',
  everyMs: 1000,
  leaseMs: 20_000,
  hasWork: hasUnsealedRows,
  async run(context) {
    const { refused } = await sealAudit(context, headFile)
    if (refused.length === 0) return undefined
    const named = refused.slice(0, 5).join(', ')
    throw new Error(`${refused.length} audit rows are not as they were written and stay unsealed: ${named}`)
  },
  runsAtStop: true,
})

const eraseExpiredJob: Job = {
  name: 'erase-expired',
  everyMs: 3_600_000,
  leaseMs: 60_000,
  async run(context, signal) {
    const erased = await eraseExpired(context, signal)
    return Object.values(erased).some(Boolean) ? erased : undefined
  },
}
