import { hasUnsealedRows, sealAudit } from '../actions/audit/seal-audit.ts'
import { hasEntriesToIndex, indexDirectory } from '../actions/directory/index-directory.ts'
import { deliverMessages, hasDueMessages, type Post } from '../actions/outbox/deliver-messages.ts'
import { eraseExpired } from '../actions/privacy/erase-expired.ts'
import { CLOCK_JOBS, checkInvariantsJob, MORNING_JOBS, responsesJob } from './clocks.ts'
import type { Job } from './job.ts'

export interface JobDeps {
  post: Post
  /** Where the head of the audit chain is kept outside the database. */
  headFile: string
}

/** Every job there is, in the order in which they make sense one after the other: what the clocks say is sent and sealed. */
export const jobsOf = (deps: JobDeps): Job[] => [
  ...CLOCK_JOBS,
  ...MORNING_JOBS,
  deliverMessagesJob(deps),
  sealAuditJob(deps),
  indexDirectoryJob,
  responsesJob,
  eraseExpiredJob,
  checkInvariantsJob,
]

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

const indexDirectoryJob: Job = {
  name: 'index-directory',
  everyMs: 60_000,
  leaseMs: 60_000,
  hasWork: hasEntriesToIndex,
  async run(context, signal) {
    const projects = await indexDirectory(context, signal)
    return projects > 0 ? { projects } : undefined
  },
}

const eraseExpiredJob: Job = {
  name: 'erase-expired',
  everyMs: 3_600_000,
  leaseMs: 60_000,
  async run(context, signal) {
    const erased = await eraseExpired(context, signal)
    return Object.values(erased).some(Boolean) ? erased : undefined
  },
}
