import { addDays, londonDay } from '../../domain/day.ts'
import { remindOfVisit } from '../../domain/visit.ts'
import { addWorkingDays } from '../../domain/working-day.ts'
import { wasReminded } from '../../store/visits.ts'
import type { Context } from '../context.ts'
import { takePlacementStep } from '../steps/placement-step.ts'
import { reachOf } from '../steps/reach.ts'
import { runPlacementClock } from './due.ts'

/** Tells whoever comes for the first time tomorrow, where the software may write to them. */
export function remindVisits(context: Context, signal: AbortSignal): Promise<number> {
  const tomorrow = addDays(londonDay(context.now()), 1)
  return runPlacementClock(
    context,
    {
      states: ['booked'],
      // The register of a session is due at most so much later; a service may give it more time, and is still found.
      until: addWorkingDays(tomorrow, 20),
      isDue: (placement, { now }) => remindOfVisit(placement, now) !== undefined,
      async carryOut(tx, placement, { now }) {
        const step = remindOfVisit(placement, now)
        if (!step || (await wasReminded(tx, placement.id))) return false
        if (!(await reachOf(tx, placement, now)).byMachine) return false
        await takePlacementStep(context, tx, 'system', placement, step)
        return true
      },
    },
    signal,
  )
}
