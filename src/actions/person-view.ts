import { ageOn, londonDay } from '../domain/day.ts'
import { YOUNG_BELOW } from '../domain/person.ts'
import type { PersonRow } from '../store/people.ts'

/** Somebody's details, for the navigators who work with them. */
export function viewPerson(person: PersonRow, now: Date) {
  const age = ageOn(person.dateOfBirth, londonDay(now))
  return {
    id: person.id,
    fullName: person.fullName,
    dateOfBirth: person.dateOfBirth,
    age,
    nhsNumber: person.nhsNumber,
    addressLines: person.addressLines,
    postcode: person.postcode,
    noFixedAddress: person.noFixedAddress,
    phone: person.phone,
    email: person.email,
    practiceOdsCode: person.practiceOdsCode,
    gender: person.gender,
    ethnicity: person.ethnicity,
    preferredLanguage: person.preferredLanguage,
    interpreter: person.interpreter,
    communicationNeeds: person.communicationNeeds,
    safeContact: person.safeContact,
    youngPerson: person.youngPerson,
    // Never asked of whoever refers, so that no child is lost for it: the navigator finds out.
    youngPersonMissing: age < YOUNG_BELOW && person.youngPerson === null,
  }
}
export type PersonView = ReturnType<typeof viewPerson>

/** For whoever refers, and for a team that was asked: what was found out about a young person stays with the navigator. */
export function viewPersonForReferrer(person: PersonRow, now: Date): PersonView {
  return { ...viewPerson(person, now), youngPerson: null, youngPersonMissing: false }
}

/** What a project needs to welcome somebody. Their NHS number, practice and ethnicity are none of its business. */
export function viewPersonForProvider(person: PersonRow, now: Date): PersonView {
  return { ...viewPersonForReferrer(person, now), nhsNumber: null, practiceOdsCode: null, ethnicity: null }
}

export function hasAccessNeeds(person: Pick<PersonRow, 'interpreter' | 'communicationNeeds'>): boolean {
  return Boolean(person.interpreter || person.communicationNeeds)
}
