import { and, eq, gte, inArray, isNull, notInArray, or, type SQL } from 'drizzle-orm'
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

/** Whose referrals are meant: what a service received, or what an organisation sent and is still of interest. */
export type Whose = { receivedBy: string } | { sentBy: string; closedSince: Date }

function isOf(whose: Whose): SQL | undefined {
  if ('receivedBy' in whose) return eq(referrals.receivingOrganisationId, whose.receivedBy)
  return and(
    eq(referrals.referringOrganisationId, whose.sentBy),
    or(isNull(referrals.closedAt), gte(referrals.closedAt, whose.closedSince)),
  )
}

/** The referrals of some people, as far as one organisation may know of them. */
export async function listReferralsOfPeople(db: Db, personIds: string[], whose: Whose) {
  if (personIds.length === 0) return []
  return db
    .select({
      id: referrals.id,
      personId: referrals.personId,
      reference: referrals.reference,
      status: referrals.status,
      receivedAt: referrals.receivedAt,
    })
    .from(referrals)
    .where(and(inArray(referrals.personId, personIds), isOf(whose)))
    .orderBy(referrals.receivedAt, referrals.id)
}
