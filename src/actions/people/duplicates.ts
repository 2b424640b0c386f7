import { addDays, londonDay } from '../../domain/day.ts'
import { type Likeness, likenessOf } from '../../domain/likeness.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { ReferralStatus } from '../../domain/referral-moves.ts'
import type { Db } from '../../store/database.ts'
import { listLookalikes, listReferralsOfPeople, type ReferralOfPerson } from '../../store/duplicates.ts'
import { listSamePeople, type PersonRow } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { soundsAlike } from './sounds-alike.ts'

export interface PossibleDuplicate {
  id: string
  reference: string
  status: ReferralStatus
  receivedAt: Date
  why: Likeness
}

/** How long a closed referral is still worth a warning to whoever made it. */
const CLOSED_WITHIN_DAYS = 365

type MayKnow = (referral: ReferralOfPerson) => boolean

async function findAlike(db: Db, person: PersonRow, known: string[], mayKnow: MayKnow): Promise<PossibleDuplicate[]> {
  const lookalikes = await listLookalikes(db, person, known)
  const why = new Map(
    lookalikes.flatMap((other) => {
      const likeness = likenessOf(person, other, soundsAlike)
      return likeness ? [[other.id, likeness] as const] : []
    }),
  )
  const found = (await listReferralsOfPeople(db, [...why.keys()])).filter(mayKnow)
  return found.flatMap(({ id, reference, status, receivedAt, personId }) => {
    const likeness = why.get(personId)
    return likeness ? [{ id, reference, status, receivedAt, why: likeness }] : []
  })
}

/** Earlier referrals that the asking organisation made itself: of others' it learns nothing, not even that they are. */
export async function findOwnDuplicates(
  db: Db,
  { organisationId }: Pick<Actor, 'organisationId'>,
  person: PersonRow,
  now: Date,
): Promise<PossibleDuplicate[]> {
  const closedSince = addDays(londonDay(now), -CLOSED_WITHIN_DAYS)
  return findAlike(
    db,
    person,
    [person.id],
    ({ referringOrganisationId, closedAt }) =>
      referringOrganisationId === organisationId && (closedAt === null || londonDay(closedAt) >= closedSince),
  )
}

/** For a navigator: what may be the same person, and what was recognised as the same, among what the service received. */
export async function viewLikePeople(db: Db, referral: ReferralRow, person: PersonRow) {
  const isReceived: MayKnow = ({ receivingOrganisationId }) =>
    receivingOrganisationId === referral.receivingOrganisationId
  const known = await listSamePeople(db, person.id)
  const same = await listReferralsOfPeople(db, known)
  return {
    possibleDuplicates: await findAlike(db, person, known, isReceived),
    samePerson: same
      .filter((other) => other.id !== referral.id && isReceived(other))
      .map(({ id, reference, status }) => ({ id, reference, status })),
  }
}

export const NO_LIKE_PEOPLE: Awaited<ReturnType<typeof viewLikePeople>> = { possibleDuplicates: [], samePerson: [] }
