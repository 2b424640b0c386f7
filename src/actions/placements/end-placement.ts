import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { type EndOutcome, end } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { saveGoalResult } from '../../store/referral-details.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { followUp } from './follow-up.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

export interface Ending {
  outcome: EndOutcome
  goals?: { id: string; result: 'achieved' | 'partly' | 'not' }[] | undefined
  note?: string | undefined
}

/** The project says how it ended; the place is free, and the navigator agrees with the person what next. */
export async function endPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { outcome, goals = [], note }: Ending,
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.end')
    const step = end(placement, outcome, placement.missedInARow, moversFor(actor, placementTies(placement)))
    for (const goal of goals)
      if (!(await saveGoalResult(tx, placement.referralId, goal)))
        throw new Refusal('invalid-input', 'One of the goals is not of this person.', [
          { pointer: '/goals', code: 'not-found', detail: 'Choose goals of this person' },
        ])
    const saved = await takePlacementStep(context, tx, actor, placement, step, {
      changes: { note: note || null },
      detail: { outcome },
    })
    await followUp(context, tx, saved)
    return presentPlacement(context, tx, actor, id)
  })
}
