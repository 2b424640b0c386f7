import type { ContactChannel, ContactOutcome } from '../../domain/contact.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { logContact as decide } from '../../domain/referral.ts'
import { dueDays, listOpenPlacementsOf } from '../../store/placements.ts'
import { insertContact } from '../../store/referral-details.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getReferral } from './get-referral.ts'
import { takeStep } from './step.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** Every try is kept; the first conversation moves the referral on. */
export async function logContact(
  context: Context,
  actor: Actor,
  id: string,
  contact: { outcome: ContactOutcome; channel: ContactChannel; note?: string | undefined },
): Promise<ReferralView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'referral.contact')
    const reviewing = referral.nextStep === 'review' ? dueDays(await listOpenPlacementsOf(tx, id)) : null
    const spoke = contact.outcome === 'spoke'
    const step = decide(referral, { spoke, reviewing }, moversFor(actor, referralTies(referral)), now)
    const contactId = context.newId()
    const saved = await takeStep(context, tx, actor, referral, step, {
      changes: step.move === 'contact' ? { contactedAt: now } : {},
      detail: { contactId, outcome: contact.outcome, channel: contact.channel },
    })
    await insertContact(tx, {
      id: contactId,
      referralId: id,
      outcome: contact.outcome,
      channel: contact.channel,
      note: contact.note || null,
      madeBy: actor.userId,
      madeAt: now,
    })
    return viewReferral(context, tx, actor, saved)
  })
}
