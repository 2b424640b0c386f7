import { and, eq, or, sql } from 'drizzle-orm'
import type { Described } from '../domain/likeness.ts'
import { type Db, listed, oneOf, prepared } from './database.ts'
import { people, referrals } from './schema.ts'

// More people than this with one birthday at one postcode are no likeness.
const MOST = 100

const sameNumber = eq(people.nhsNumber, sql.placeholder('nhsNumber'))
const sameBirth = and(
  eq(people.dateOfBirth, sql.placeholder('dateOfBirth')),
  eq(people.postcode, sql.placeholder('postcode')),
)
// What is not known is like nothing: null equals no column.
const lookalikes = prepared('people.lookalikes', (db) =>
  db
    .select({
      id: people.id,
      fullName: people.fullName,
      givenName: people.givenName,
      familyName: people.familyName,
      dateOfBirth: people.dateOfBirth,
      postcode: people.postcode,
      nhsNumber: people.nhsNumber,
    })
    .from(people)
    .where(or(sameNumber, sameBirth))
    // Those who are left out are among them, and are few.
    .limit(2 * MOST),
)

/** People with the same NHS number, or the same birthday and postcode: whether they are alike is for the rule to say. */
export async function listLookalikes(db: Db, person: Described, exceptIds: string[]) {
  const { nhsNumber, dateOfBirth, postcode } = person
  if (!nhsNumber && !postcode) return []
  const found = await lookalikes(db, { nhsNumber, dateOfBirth, postcode })
  return found.filter(({ id }) => !exceptIds.includes(id)).slice(0, MOST)
}

const ofPeople = prepared('referrals.ofPeople', (db) =>
  db
    .select({
      id: referrals.id,
      personId: referrals.personId,
      reference: referrals.reference,
      status: referrals.status,
      receivedAt: referrals.receivedAt,
      closedAt: referrals.closedAt,
      referringOrganisationId: referrals.referringOrganisationId,
      receivingOrganisationId: referrals.receivingOrganisationId,
      redirectedToOrganisationId: referrals.redirectedToOrganisationId,
    })
    .from(referrals)
    .where(oneOf(referrals.personId, 'personIds')),
)

/**
 * Every referral of these people, oldest first. Which of them a caller may know of is asked of each: an organisation in the
 * condition or an order would lead SQLite through everything that the organisation ever received.
 */
export async function listReferralsOfPeople(db: Db, personIds: string[]) {
  if (personIds.length === 0) return []
  const rows = await ofPeople(db, { personIds: listed(personIds) })
  return rows.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1))
}
export type ReferralOfPerson = Awaited<ReturnType<typeof listReferralsOfPeople>>[number]
