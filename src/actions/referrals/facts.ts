import { ageOn, londonDay } from '../../domain/day.ts'
import type { EligibilityFacts } from '../../domain/eligibility.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisations } from '../../store/organisations.ts'
import type { PersonRow } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'

/** What the rules of projects may ask of a person, and of the way they came. */
export async function eligibilityFacts(
  db: Db,
  referral: ReferralRow,
  person: PersonRow,
  now: Date,
): Promise<EligibilityFacts> {
  const { referringOrganisationId, receivingOrganisationId } = referral
  const organisations = await getOrganisations(db, [receivingOrganisationId, ...[referringOrganisationId ?? []].flat()])
  const origin = referringOrganisationId ? organisations.get(referringOrganisationId) : undefined
  const service = organisations.get(receivingOrganisationId)
  return {
    age: ageOn(person.dateOfBirth, londonDay(now)),
    postcode: person.postcode,
    wardCode: person.wardCode,
    needs: referral.needs,
    gender: person.gender,
    ...person.facts,
    origin: { kind: referral.origin, organisation: origin?.slug ?? null },
    sender: { kind: service?.kind ?? 'navigation_service', organisation: service?.slug ?? null },
  }
}
