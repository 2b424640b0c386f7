import type { Actor } from '../../domain/organisation.ts'
import { rematch } from '../../domain/queue.ts'
import { Refusal } from '../../domain/refusal.ts'
import { countGroup } from '../../store/groups.ts'
import { getGroup } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { keepPlaces, moveSeat, type SeatAsked } from '../steps/seat.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Another volunteer or another session for somebody who has a place. The place they had there is free. */
export async function rematchPlacement(
  context: Context,
  actor: Actor,
  id: string,
  asked: SeatAsked,
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.rematch', async ({ tx, placement, movers, now }) => {
    const step = rematch(placement, movers)
    const group = await getGroup(tx, placement.groupId)
    const changes = await moveSeat(tx, group, await countGroup(tx, group, now), placement, asked, now)
    if (Object.keys(changes).length === 0)
      throw new Refusal('invalid-input', 'They are there already.', [
        { pointer: '/volunteerId', code: 'no-change', detail: 'They are there already. Choose another' },
      ])
    return { step, changes, andThen: () => keepPlaces(tx, group, now) }
  })
}
