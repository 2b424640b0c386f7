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
