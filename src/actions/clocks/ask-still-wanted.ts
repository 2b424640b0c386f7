import { stillWantedDue } from '../../domain/clocks.ts'
import { londonDay } from '../../domain/day.ts'
import { askStillWanted as ask, stillWantedUnanswered } from '../../domain/waiting.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { reachOf } from '../steps/reach.ts'
import { runPlacementClock } from './due.ts'

/** Asks those who have waited for weeks whether they still want the place. No answer is never a removal. */
export function askStillWanted(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['waitlisted'],
      until: londonDay(context.now()),
      isDue: (placement, { now }) => stillWantedDue(placement, now) !== undefined,
      async carryOut(tx, placement, { now, limits }) {
        const step =
          stillWantedDue(placement, now) === 'ask'
            ? ask(placement, await reachOf(tx, placement, now), now, limits)
            : stillWantedUnanswered(placement, now, limits)
        await carryOutStep(context, tx, 'system', placement, step)
      },
    },
    signal,
  )
}
