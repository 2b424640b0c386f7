import type { Contact } from '../../domain/contact.ts'
import type { Actor } from '../../domain/organisation.ts'
import { requirePlacementMove } from '../../domain/placement.ts'
import { insertContact } from '../../store/referral-details.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** The project tried to reach somebody it expects; the navigator sees it in the history. */
export async function logAttempt(
  context: Context,
  actor: Actor,
  id: string,
  { outcome, channel, note }: Contact,
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.attempt', ({ tx, placement, movers, now }) => {
    requirePlacementMove('attempt', placement.status, movers)
    const contactId = context.newId()
    return {
      step: { move: 'attempt', from: placement.status, to: placement.status, next: 'kept' },
      detail: { contactId, outcome, channel },
      andThen: () =>
        insertContact(tx, {
          id: contactId,
          referralId: placement.referralId,
          placementId: id,
          outcome,
          channel,
          note: note || null,
          madeBy: actor.userId,
          madeAt: now,
        }),
    }
  })
}
