import { addWeeks, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { book } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { followUp } from './follow-up.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

// Further ahead it is a slip of the pen, and nobody would be reminded.
const BOOKED_AHEAD_WEEKS = 53

/** Arranges the first session, or moves it. */
export async function bookPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { startsAt }: { startsAt: Date },
): Promise<PlacementView> {
  if (londonDay(startsAt) > addWeeks(londonDay(context.now()), BOOKED_AHEAD_WEEKS))
    throw new Refusal('invalid-input', 'The session is too far ahead.', [
      { pointer: '/startsAt', code: 'too-far-ahead', detail: 'Enter a day within the next year' },
    ])
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.book')
    const step = book(placement, startsAt, moversFor(actor, placementTies(placement)))
    const saved = await takePlacementStep(context, tx, actor, placement, step, {
      changes: { bookedFor: startsAt },
      detail: { startsAt: startsAt.toISOString() },
    })
    await followUp(context, tx, saved)
    return presentPlacement(context, tx, actor, id)
  })
}
