import { and, eq, inArray, notInArray, or } from 'drizzle-orm'
import type { Described } from '../domain/likeness.ts'
import type { Db } from './database.ts'
import { people, referrals } from './schema.ts'

// More people than this with one birthday at one postcode are no likeness.
const MOST = 100

/** People with the same NHS number, or the same birthday and postcode: whether they are alike is for the rule to say. */
export async function listLookalikes(db: Db, person: Described, exceptIds: string[]) {
  const { nhsNumber, dateOfBirth, postcode } = person
  const byNumber = nhsNumber ? eq(people.nhsNumber, nhsNumber) : undefined
  const byBirth = postcode ? and(eq(people.dateOfBirth, dateOfBirth), eq(people.postcode, postcode)) : undefined
  if (!byNumber && !byBirth) return []
  return db
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
    .where(and(or(byNumber, byBirth), notInArray(people.id, exceptIds)))
    .limit(MOST)
}

/**
 * Every referral of these people, oldest first. Which of them a caller may know of is asked of each: an organisation in the
 * condition or an order would lead SQLite through everything that the organisation ever received.
 */
export async function listReferralsOfPeople(db: Db, personIds: string[]) {
  if (personIds.length === 0) return []
  const rows = await db
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
    .where(inArray(referrals.personId, personIds))
  return rows.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1))
}
export type ReferralOfPerson = Awaited<ReturnType<typeof listReferralsOfPeople>>[number]
