import { ageOn, londonDay } from '../../domain/day.ts'
import { NO_SAFE_CONTACT_KNOWN, type PersonInput, searchName } from '../../domain/person.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Lies } from '../../store/geography.ts'

/** The postcode that is known of somebody as a referral describes them. */
export function postcodeOf({ address, postcode }: PersonInput): string | null {
  return address?.postcode ?? postcode ?? null
}

/** Somebody as a referral describes them, ready to be stored, with where their postcode lies. */
export function newPerson(person: PersonInput, lies: Lies, id: string, createdAt: Date) {
  return {
    id,
    version: 1,
    fullName: person.fullName,
    givenName: person.givenName ?? null,
    familyName: person.familyName ?? null,
    searchName: searchName(person.fullName),
    dateOfBirth: person.dateOfBirth,
    nhsNumber: person.nhsNumber ?? null,
    addressLines: person.address?.lines ?? null,
    postcode: postcodeOf(person),
    noFixedAddress: person.noFixedAddress ?? false,
    ...lies,
    phone: person.phone ?? null,
    email: person.email ?? null,
    practiceOdsCode: person.practiceOdsCode ?? null,
    gender: person.gender ?? null,
    ethnicity: person.ethnicity ?? null,
    preferredLanguage: person.preferredLanguage ?? null,
    interpreter: person.interpreter ?? null,
    communicationNeeds: person.communicationNeeds || null,
    safeContact: person.safeContact ?? NO_SAFE_CONTACT_KNOWN,
    tellPractice: person.tellPractice ?? true,
    youngPerson: person.youngPerson ?? null,
    facts: person.facts ?? {},
    createdAt,
  }
}

/** Born today at the latest, which only the clock can tell. */
export function requireBorn({ dateOfBirth }: PersonInput, now: Date): void {
  if (dateOfBirth > londonDay(now) || ageOn(dateOfBirth, londonDay(now)) > 120)
    throw new Refusal('invalid-input', 'The date of birth is not right.', [
      {
        pointer: '/person/dateOfBirth',
        code: 'impossible',
        detail: 'The date of birth must be in the past, and no more than 120 years ago',
      },
    ])
}
