import type { Contact } from '../../domain/contact.ts'
import { WATCHING } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { logContact as decide } from '../../domain/referral.ts'
import { dueDays, listOpenPlacementsOf } from '../../store/placements.ts'
import { insertContact } from '../../store/referral-details.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** Every try is kept; the first conversation moves the referral on. */
export async function logContact(context: Context, actor: Actor, id: string, contact: Contact): Promise<ReferralView> {
  const { outcome, channel, note } = contact
  return moveReferral(context, actor, id, 'referral.contact', async ({ tx, referral, movers, now, limits }) => {
    const isWatched = WATCHING.some((watched) => watched === referral.nextStep)
    const reviewing = isWatched ? dueDays(await listOpenPlacementsOf(tx, id)) : null
    const step = decide(referral, { spoke: outcome === 'spoke', reviewing }, movers, now, limits)
    const contactId = context.newId()
    return {
      step,
      changes: step.move === 'contact' ? { contactedAt: now } : {},
      detail: { contactId, outcome, channel },
      andThen: () =>
        insertContact(tx, {
          id: contactId,
          referralId: id,
          outcome,
          channel,
          note: note || null,
          madeBy: actor.userId,
          madeAt: now,
        }),
    }
  })
}
