import type { GoalResult } from '../../domain/goal.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { listGoals, saveGoalResult } from '../../store/referral-details.ts'

/** What was said of how the person's goals went, each with what stood there before, for taking it back. */
export async function saveGoalResults(tx: Db, referralId: string, results: GoalResult[]) {
  const goals = await listGoals(tx, referralId)
  for (const goal of results)
    if (!(await saveGoalResult(tx, referralId, goal)))
      throw new Refusal('invalid-input', 'One of the goals is not of this person.', [
        { pointer: '/goals', code: 'not-found', detail: 'Choose goals of this person' },
      ])
  return results.map(({ id, result }) => ({ id, result, before: goals.find((goal) => goal.id === id)?.result ?? null }))
}
