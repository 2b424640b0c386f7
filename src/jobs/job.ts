import type { Context } from '../actions/context.ts'

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
  /**
   * For work that belongs to a time of day: when the present turn began. It is done once in each turn, as soon after its
   * beginning as a process runs.
   */
  turnBegan?(now: Date): Date
  /** Once more when the process ends. */
  runsAtStop?: boolean
}
