import { addWeeks, londonDay } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import { book } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { capacityOf, countGroup } from '../../store/groups.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { moveSeat, type SeatAsked, seatFor } from '../steps/seat.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

// Further ahead it is a slip of the pen, and nobody would be reminded.
const BOOKED_AHEAD_WEEKS = 53

// An hour of today that has passed was agreed and is written down late; a day that has passed has its register.
function requireBookable(startsAt: Date, now: Date): void {
  const [day, today] = [londonDay(startsAt), londonDay(now)]
  if (day > addWeeks(today, BOOKED_AHEAD_WEEKS))
    throw new Refusal('invalid-input', 'The session is too far ahead.', [
      { pointer: '/startsAt', code: 'too-far-ahead', detail: 'Enter a day within the next year' },
    ])
  if (day < today)
    throw new Refusal('invalid-input', 'The session lies in the past.', [
      {
        pointer: '/startsAt',
        code: 'in-the-past',
        detail: 'This day has passed. If they came, write that down instead: say whether they came',
      },
    ])
}

/** Arranges the first session, moves it, or makes another start for somebody who did not. */
export async function bookPlacement(
  context: Context,
  actor: Acting,
  id: string,
  { startsAt, ...asked }: { startsAt: Date } & SeatAsked,
): Promise<PlacementView> {
  requireBookable(startsAt, context.now())
  return movePlacement(context, actor, id, 'placement.arrange', async ({ tx, placement, movers, now, limits }) => {
    const group = await getGroup(tx, placement.groupId)
    const counts = await countGroup(tx, group, now)
    const step = book(placement, startsAt, capacityOf(group, counts), movers, limits)
    const seat =
      step.move === 'rebook'
        ? seatFor(tx, group, counts, placement, asked, { now })
        : moveSeat(tx, group, counts, placement, asked, now)
    return {
      step,
      changes: { bookedFor: startsAt, ...(await seat) },
      detail: { startsAt: startsAt.toISOString() },
    }
  })
}
