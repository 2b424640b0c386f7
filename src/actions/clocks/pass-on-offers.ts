import { isOfferOver } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { postpone, unreached } from '../../domain/waiting.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { reachOf } from '../steps/reach.ts'
import { runPlacementClock } from './due.ts'

/**
 * Offers nobody answered: the place goes to the next, and a navigator asks what the person wants. Whoever cannot be written to
 * any more could not answer a machine: their navigator asks, and the offer stays.
 */
export function passOnOffers(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['offered'],
      until: addDays(londonDay(context.now()), -1),
      isDue: (placement, { now }) => isOfferOver(placement, now),
      async carryOut(tx, placement, { now, limits }) {
        const { byMachine } = await reachOf(tx, placement, now)
        const asked = byMachine ? undefined : unreached(placement)
        await carryOutStep(context, tx, 'system', placement, asked ?? postpone(placement, ['system'], now, limits))
      },
    },
    signal,
  )
}
