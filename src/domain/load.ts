import type { Priority } from './referral-request.ts'

/** What one referral weighs in somebody's week: an urgent one is as much as three. */
export const WEIGHTS: Record<Priority, number> = { routine: 1, priority: 2, urgent: 3 }

export interface Load {
  open: Record<Priority, number>
  /** Of the open ones, what came in the last seven days. */
  fresh: number
}

export const NO_LOAD: Load = { open: { routine: 0, priority: 0, urgent: 0 }, fresh: 0 }

export function weightOf({ open }: Load): number {
  return open.routine * WEIGHTS.routine + open.priority * WEIGHTS.priority + open.urgent * WEIGHTS.urgent
}
