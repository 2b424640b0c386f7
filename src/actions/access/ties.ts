import type { Mover } from '../../domain/moves.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import type { PlacementRow } from '../../store/placements.ts'
import type { ReferralRow } from '../../store/referrals.ts'

export function referralTies(
  referral: Pick<ReferralRow, 'referringOrganisationId' | 'receivingOrganisationId' | 'redirectedToOrganisationId'>,
) {
  return {
    referring: referral.referringOrganisationId,
    receiving: referral.receivingOrganisationId,
    redirected: referral.redirectedToOrganisationId,
  }
}

export function placementTies(placement: Pick<PlacementRow, 'providerOrganisationId' | 'receivingOrganisationId'>) {
  return { provider: placement.providerOrganisationId, receiving: placement.receivingOrganisationId }
}

/**
 * The hats that somebody wears for a referral. Whoever referred themselves has no account to answer by: their navigator
 * writes down what they say.
 */
export function referralMovers(actor: Actor, referral: ReferralRow): Mover[] {
  const movers = moversFor(actor, referralTies(referral))
  const speaksForThem = referral.referringOrganisationId === null && movers.includes('navigator')
  return speaksForThem ? [...movers, 'person'] : movers
}
