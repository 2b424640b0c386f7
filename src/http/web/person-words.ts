import type { PersonView } from '../../actions/person-view.ts'
import { isEnglish, languageName } from '../../domain/languages.ts'
import type { SafeContact } from '../../domain/person.ts'
import { withAnd } from '../../domain/phrases.ts'

/** How it is safe to reach somebody, in one sentence. Nothing said means a live call only. */
export function safeWords(safe: SafeContact | null): string {
  const ways = [
    safe?.voicemail && 'leave a voicemail',
    safe?.text && 'send a text',
    safe?.email && 'send an e-mail',
    safe?.post && 'send a letter',
  ].filter((way) => typeof way === 'string')
  const sentence = ways.length > 0 ? `Safe to ${withAnd(ways)}.` : 'Only speak to the person: leave and send nothing.'
  return safe?.note ? `${sentence} ${safe.note}` : sentence
}

/** What whoever meets the person needs to know and honour, each on a line; the banner stands where there is one. */
export function needsBanner({
  interpreter,
  preferredLanguage,
  communicationNeeds,
}: Pick<PersonView, 'interpreter' | 'preferredLanguage' | 'communicationNeeds'>): string[] {
  // "pl", as another system may send it, is no word that a receptionist reads.
  const language = preferredLanguage && !isEnglish(preferredLanguage) ? languageName(preferredLanguage) : null
  return [
    interpreter ? `Needs an interpreter${language ? `: ${language}` : ''}` : null,
    !interpreter && language ? `Speaks ${language}` : null,
    communicationNeeds,
  ].filter((line) => typeof line === 'string' && line !== '') as string[]
}

/** The key facts of somebody as a page for staff shows them. */
export function personFacts(person: PersonView) {
  const address = person.noFixedAddress
    ? 'No fixed address'
    : [...(person.addressLines ?? []), person.postcode ?? ''].filter(Boolean).join('\n')
  return {
    name: person.fullName,
    dateOfBirth: person.dateOfBirth,
    age: person.age,
    nhsNumber: person.nhsNumber,
    phone: person.phone,
    email: person.email,
    address: address || 'Not known',
    safe: safeWords(person.safeContact),
    language: person.preferredLanguage && languageName(person.preferredLanguage),
    needs: needsBanner(person),
  }
}
