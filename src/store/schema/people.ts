import { sql } from 'drizzle-orm'
import type { Basis } from '../../domain/consent.ts'
import type { Gender, MessagesStopped, PersonFacts, SafeContact, YoungPerson } from '../../domain/person.ts'
import { bool, day, id, index, instant, int, json, primaryKey, table, text } from '../columns.ts'
import { organisations, users } from './access.ts'

export const people = table(
  'people',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    fullName: text('full_name').notNull(),
    givenName: text('given_name'),
    familyName: text('family_name'),
    /** The name made findable in JavaScript: SQLite cannot lower-case Á. */
    searchName: text('search_name').notNull(),
    dateOfBirth: day('date_of_birth').notNull(),
    nhsNumber: text('nhs_number'),
    addressLines: json<string[]>('address_lines'),
    postcode: text('postcode'),
    noFixedAddress: bool('no_fixed_address').notNull(),
    wardCode: text('ward_code'),
    /** The neighbourhood of about 1,500 people, from the postcode; none before the official geography is loaded. */
    lsoaCode: text('lsoa_code'),
    phone: text('phone'),
    email: text('email'),
    practiceOdsCode: text('practice_ods_code'),
    gender: text<Gender>('gender'),
    ethnicity: text('ethnicity'),
    preferredLanguage: text('preferred_language'),
    interpreter: bool('interpreter'),
    communicationNeeds: text('communication_needs'),
    safeContact: json<SafeContact>('safe_contact').notNull(),
    facts: json<PersonFacts>('facts').notNull(),
    /** Stops every message to the person, those already queued included. */
    messagesStopped: text<MessagesStopped>('messages_stopped'),
    messagesStoppedAt: instant('messages_stopped_at'),
    /** "Do not tell my GP": nothing goes back to the practice where this is false. */
    tellPractice: bool('tell_practice').notNull().default(true),
    /** Under 16: who holds parental responsibility, and whether the young person decides for themselves. */
    youngPerson: json<YoungPerson>('young_person'),
    /** The same person under another row, as a navigator judged; empty again when they are told apart. */
    mergedIntoId: id('merged_into_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('people_nhs_number').on(t.nhsNumber).where(sql`nhs_number is not null`),
    index('people_birth').on(t.dateOfBirth, t.postcode),
    index('people_merged_into').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
    index('people_postcode').on(t.postcode),
  ],
)

/** The words of people's names, as they are looked for: by their letters and by their sound, in any order. */
export const personWords = table(
  'person_words',
  {
    personId: id('person_id')
      .notNull()
      .references(() => people.id),
    /** Plain capitals and digits; letters of other scripts by their numbers. Sorts the same under every collation. */
    word: text('word').notNull(),
    /** How it sounds to an English ear, and the other way it may be said; none for other scripts. */
    sound: text('sound'),
    otherSound: text('other_sound'),
  },
  (t) => [
    primaryKey({ columns: [t.word, t.personId] }),
    index('person_words_sound').on(t.sound, t.personId).where(sql`sound is not null`),
    index('person_words_other_sound').on(t.otherSound, t.personId).where(sql`other_sound is not null`),
  ],
)

/**
 * Which organisation may know who this person is, for which referral, and on what footing. Nothing crosses an
 * organisation without a live row.
 */
export const grants = table(
  'grants',
  {
    id: id('id').primaryKey(),
    personId: id('person_id')
      .notNull()
      .references(() => people.id),
    referralId: id('referral_id').notNull(),
    placementId: id('placement_id'),
    organisationId: id('organisation_id')
      .notNull()
      .references(() => organisations.id),
    basis: text<Basis>('basis').notNull(),
    reason: text('reason'),
    recordedBy: id('recorded_by').references(() => users.id),
    grantedAt: instant('granted_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('grants_referral_organisation').on(t.referralId, t.organisationId),
    index('grants_placement').on(t.placementId).where(sql`placement_id is not null`),
  ],
)
