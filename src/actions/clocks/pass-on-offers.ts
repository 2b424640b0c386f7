import { isOfferOver } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { postpone } from '../../domain/waiting.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { runPlacementClock } from './due.ts'

/** Offers nobody answered: the place goes to the next, and a navigator asks what the person wants. */
export function passOnOffers(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['offered'],
      until: addDays(londonDay(context.now()), -1),
      isDue: (placement, { now }) => isOfferOver(placement, now),
      carryOut: (tx, placement, { now, limits }) =>
        carryOutStep(context, tx, 'system', placement, postpone(placement, ['system'], now, limits)),
    },
    signal,
  )
}
