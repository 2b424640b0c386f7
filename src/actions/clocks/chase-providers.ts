import { chase } from '../../domain/placement-talk.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { runPlacementClock } from './due.ts'

/**
 * Projects that have not decided: reminded, then their navigator is told, then the silence is taken for no response.
 * After a standstill several are due at once; one that ends now is not reminded any more.
 */
export function chaseProviders(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['sent', 'seen'],
      until: null,
      isDue: (placement, { now, limits }) => chase(placement, now, limits) !== undefined,
      async carryOut(tx, placement, { now, limits }) {
        let current = placement
        for (let step = chase(current, now, limits); step; step = chase(current, now, limits))
          current = (await carryOutStep(context, tx, 'system', current, step)).saved
      },
    },
    signal,
  )
}
