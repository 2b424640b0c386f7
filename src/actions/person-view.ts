import { ageOn, londonDay } from '../domain/day.ts'
import type { PersonRow } from '../store/people.ts'

/** Somebody's details, for those who may know who they are. */
export function viewPerson(person: PersonRow, now: Date) {
  return {
    id: person.id,
    fullName: person.fullName,
    dateOfBirth: person.dateOfBirth,
    age: ageOn(person.dateOfBirth, londonDay(now)),
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
  }
}
export type PersonView = ReturnType<typeof viewPerson>

/** What a project needs to welcome somebody. Their NHS number, practice and ethnicity are none of its business. */
export function viewPersonForProvider(person: PersonRow, now: Date): PersonView {
  return { ...viewPerson(person, now), nhsNumber: null, practiceOdsCode: null, ethnicity: null }
}

export function hasAccessNeeds(person: Pick<PersonRow, 'interpreter' | 'communicationNeeds'>): boolean {
  return Boolean(person.interpreter || person.communicationNeeds)
}
