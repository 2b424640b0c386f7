import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { place, requireReferralMove } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getPerson } from '../../store/people.ts'
import { dueDays, findOpenPlacementIn, listOpenPlacementsOf } from '../../store/placements.ts'
import { getReferral } from '../access/get-referral.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { eligibilityFacts } from '../directory/eligibility-facts.ts'
import { getLimits } from '../steps/limits.ts'
import { createPlacement, decideToSend, getDestination, rulesAgainst } from '../steps/new-placement.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** Sends a person to a group. */
export async function sendPlacement(
  context: Context,
  actor: Actor,
  referralId: string,
  to: { groupId: string; overrideReason?: string | undefined },
): Promise<PlacementView> {
  const now = context.now()
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, referralId, 'referral.place')
    const movers = moversFor(actor, referralTies(referral))
    const limits = await getLimits(tx, referral)
    requireReferralMove('place', referral.status, movers)
    const destination = await getDestination(tx, to.groupId, now)
    if (await findOpenPlacementIn(tx, referralId, to.groupId))
      throw new Refusal('already-placed', 'This person was already sent to this group, and it is still open.')
    const facts = await eligibilityFacts(tx, referral, await getPerson(tx, referral.personId), now)
    const step = decideToSend(destination, facts, { overrideReason: to.overrideReason, now, limits })
    const although = step.reason ? rulesAgainst(destination, facts) : []
    const placed = await createPlacement(context, tx, actor, { referral, group: destination.group, step, although })
    const due = dueDays(await listOpenPlacementsOf(tx, referralId))
    await takeReferralStep(context, tx, actor, referral, place(referral, due, movers, now, limits), {
      detail: { placementId: placed.saved.id },
      causedBy: placed.eventId,
    })
    return presentPlacement(context, tx, actor, placed.saved.id)
  })
}
