import type { GoalResult } from '../../domain/goal.ts'
import type { Acting } from '../../domain/organisation.ts'
import { type EndOutcome, end } from '../../domain/placement.ts'
import type { Db } from '../../store/database.ts'
import { listAttendances, type PlacementRow } from '../../store/placements.ts'
import { listContacts } from '../../store/referral-details.ts'
import type { Context } from '../context.ts'
import { saveGoalResults } from '../steps/goal-results.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

export interface Ending {
  outcome: EndOutcome
  goals?: GoalResult[] | undefined
  note?: string | undefined
}

/** The project says how it ended; the place is free, and the navigator agrees with the person what next. */
export async function endPlacement(
  context: Context,
  actor: Acting,
  id: string,
  { outcome, goals = [], note }: Ending,
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.end', async ({ tx, placement, movers }) => {
    const triedToReach = Boolean(note) || (await hasTriedSinceMissing(tx, placement))
    const step = end(placement, outcome, { missedInARow: placement.missedInARow, triedToReach }, movers)
    const results = await saveGoalResults(tx, placement.referralId, goals)
    return { step, changes: { note: note || null }, detail: { outcome, goals: results } }
  })
}

/** A try to reach the person that the project logged since they were last there. */
async function hasTriedSinceMissing(tx: Db, placement: PlacementRow): Promise<boolean> {
  const register = await listAttendances(tx, [placement.id])
  const lastCame = register.filter(({ attended }) => attended).at(-1)?.recordedAt ?? placement.acceptedAt
  const tries = await listContacts(tx, placement.referralId)
  return tries.some(({ placementId, madeAt }) => placementId === placement.id && (!lastCame || madeAt >= lastCame))
}
