export const GOAL_RESULTS = ['achieved', 'partly', 'not'] as const

/** How one of the person's goals went. */
export interface GoalResult {
  id: string
  result: (typeof GOAL_RESULTS)[number]
}
