import type { Actor } from '../../domain/organisation.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { giveBack } from '../../domain/placement-talk.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { endPlacementGrants } from '../../store/grants.ts'
import { findOrganisationBySlug } from '../../store/organisations.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { type ReferralView, viewReferral } from './view.ts'

/**
 * The person no longer wants this provider to know of them: what is open there comes back to the navigator, and what has
 * ended is not the provider's to read any more.
 */
export async function withdrawConsent(
  context: Context,
  actor: Actor,
  id: string,
  { provider }: { provider: string },
): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    await getReferral(tx, actor, id, 'referral.activate')
    await stopSharing(context, tx, actor, id, provider)
    return viewReferral(context, tx, actor, await getReferralRow(tx, id))
  })
}

/** @param provider the short name of an organisation that the person was sent to */
export async function stopSharing(
  context: Context,
  tx: Db,
  author: Author,
  referralId: string,
  provider: string,
): Promise<void> {
  const organisation = await findOrganisationBySlug(tx, provider)
  const theirs = (await listPlacementsOf(tx, referralId)).filter(
    ({ providerOrganisationId }) => providerOrganisationId === organisation?.id,
  )
  if (theirs.length === 0)
    throw new Refusal('invalid-input', 'The person was not sent to this provider.', [
      { pointer: '/provider', code: 'not-found', detail: 'Choose a provider that the person was sent to' },
    ])
  await endPlacementGrants(
    tx,
    theirs.map((placement) => placement.id),
    context.now(),
  )
  for (const placement of theirs.filter(({ status }) => isOpenPlacement(status)))
    await carryOutStep(context, tx, author, placement, giveBack(placement, 'consent_withdrawn'))
}
