import { isOfferOver, wasHeardOf } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { postpone, unreached } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import { findLastOfType } from '../../store/events.ts'
import { findLetterOf } from '../../store/outbox.ts'
import type { PlacementRow } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { reachOf } from '../steps/reach.ts'
import { runPlacementClock } from './due.ts'

/**
 * Offers nobody answered: the place goes to the next, and a navigator asks what the person wants. Whoever never heard of it, or
 * cannot be written to any more, could not answer a machine: their navigator asks, and the offer stays.
 */
export function passOnOffers(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['offered'],
      until: addDays(londonDay(context.now()), -1),
      isDue: (placement, { now }) => isOfferOver(placement, now),
      async carryOut(tx, placement, { now, limits }) {
        const asked = (await couldAnswer(tx, placement, now)) ? undefined : unreached(placement)
        await carryOutStep(context, tx, 'system', placement, asked ?? postpone(placement, ['system'], now, limits))
      },
    },
    signal,
  )
}

async function couldAnswer(tx: Db, placement: PlacementRow, now: Date): Promise<boolean> {
  const { byMachine } = await reachOf(tx, placement, now)
  const eventId = await findLastOfType(tx, placement.id, 'placement.offered')
  if (!byMachine || !eventId) return false
  return wasHeardOf(await findLetterOf(tx, { referralId: placement.referralId, eventId }), placement.nextDueOn)
}
