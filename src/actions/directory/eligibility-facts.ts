import { ageOn, londonDay } from '../../domain/day.ts'
import type { EligibilityFacts } from '../../domain/eligibility.ts'
import { needsWith } from '../../domain/seeker.ts'
import type { Db } from '../../store/database.ts'
import { getOrganisations } from '../../store/organisations.ts'
import type { PersonRow } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { findWard } from '../../store/world.ts'

type Way = Pick<ReferralRow, 'needs' | 'origin' | 'referringOrganisationId' | 'receivingOrganisationId'>

/** What of a person's details the rules are judged by: of somebody on record, or of one who is about to be. */
export type FactsOfPerson = Pick<PersonRow, 'dateOfBirth' | 'postcode' | 'wardCode' | 'lsoaCode' | 'gender' | 'facts'>

/**
 * What the rules of projects may ask of a person, and of the way they came.
 * @param isDirect whoever referred sends the person themselves; no navigation service stands between
 */
export async function eligibilityFacts(
  db: Db,
  way: Way,
  person: FactsOfPerson,
  now: Date,
  isDirect = false,
): Promise<EligibilityFacts> {
  const { referringOrganisationId, receivingOrganisationId } = way
  const organisations = await getOrganisations(db, [receivingOrganisationId, ...[referringOrganisationId ?? []].flat()])
  const first = referringOrganisationId ? organisations.get(referringOrganisationId) : undefined
  const origin = { kind: way.origin, organisation: first?.slug ?? null }
  const ward = await findWard(db, person.wardCode)
  const service = organisations.get(receivingOrganisationId)
  return {
    age: ageOn(person.dateOfBirth, londonDay(now)),
    postcode: person.postcode,
    wardCode: person.wardCode,
    wardName: ward?.name,
    locality: ward?.locality,
    lsoaCode: person.lsoaCode,
    needs: needsWith(way.needs, person.facts),
    gender: person.gender,
    ...person.facts,
    origin,
    sender: isDirect ? origin : { kind: service?.kind ?? 'navigation_service', organisation: service?.slug ?? null },
  }
}
