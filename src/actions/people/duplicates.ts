import { addDays, londonDay } from '../../domain/day.ts'
import { type Described, type Likeness, likenessOf } from '../../domain/likeness.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { PersonInput } from '../../domain/person.ts'
import type { ReferralStatus } from '../../domain/referral-moves.ts'
import type { Db } from '../../store/database.ts'
import { listLookalikes, listReferralsOfPeople, type ReferralOfPerson } from '../../store/duplicates.ts'
import { listSamePeople, type PersonRow } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordListLook } from '../record.ts'
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

interface Alike extends ReferralOfPerson {
  why: Likeness
  personName: string
}

async function findAlike(db: Db, person: Described, known: string[], mayKnow: MayKnow): Promise<Alike[]> {
  const lookalikes = await listLookalikes(db, person, known)
  const like = new Map(
    lookalikes.flatMap((other) => {
      const why = likenessOf(person, other, soundsAlike)
      return why ? [[other.id, { why, personName: other.fullName }] as const] : []
    }),
  )
  const found = (await listReferralsOfPeople(db, [...like.keys()])).filter(mayKnow)
  return found.flatMap((referral) => {
    const likeness = like.get(referral.personId)
    return likeness ? [{ ...referral, ...likeness }] : []
  })
}

function duplicateOf({ id, reference, status, receivedAt, why }: Alike): PossibleDuplicate {
  return { id, reference, status, receivedAt, why }
}

/** Of others' referrals an organisation learns nothing, not even that they are. */
function madeBy({ organisationId }: Pick<Actor, 'organisationId'>, now: Date): MayKnow {
  const closedSince = addDays(londonDay(now), -CLOSED_WITHIN_DAYS)
  return ({ referringOrganisationId, closedAt }) =>
    referringOrganisationId === organisationId && (closedAt === null || londonDay(closedAt) >= closedSince)
}

/** Earlier referrals that the asking organisation made itself. */
export async function findOwnDuplicates(
  db: Db,
  actor: Pick<Actor, 'organisationId'>,
  person: PersonRow,
  now: Date,
): Promise<PossibleDuplicate[]> {
  return (await findAlike(db, person, [person.id], madeBy(actor, now))).map(duplicateOf)
}

/** Before somebody is referred: whom their own organisation referred already, open referrals first, newest first. */
export async function listOwnAlike(context: Context, actor: Actor, person: PersonInput) {
  permit(actor, 'referral.create')
  const described = {
    ...person,
    givenName: person.givenName ?? null,
    familyName: person.familyName ?? null,
    nhsNumber: person.nhsNumber ?? null,
    postcode: person.address?.postcode ?? person.postcode ?? null,
  }
  const alike = await findAlike(context.db.read, described, [], madeBy(actor, context.now()))
  const ids = alike.map(({ id }) => id)
  await recordListLook(context, actor, 'referral', ids)
  return alike
    .map(({ id, reference, status, receivedAt, closedAt, personName }) => {
      return { id, reference, status, receivedAt, closedAt, personName }
    })
    .sort(
      (a, b) =>
        Number(a.closedAt !== null) - Number(b.closedAt !== null) || b.receivedAt.getTime() - a.receivedAt.getTime(),
    )
}

/** For a navigator: what may be the same person, and what was recognised as the same, among what the service received. */
export async function viewLikePeople(db: Db, referral: ReferralRow, person: PersonRow) {
  const isReceived: MayKnow = ({ receivingOrganisationId }) =>
    receivingOrganisationId === referral.receivingOrganisationId
  const known = await listSamePeople(db, person.id)
  const same = await listReferralsOfPeople(db, known)
  return {
    possibleDuplicates: (await findAlike(db, person, known, isReceived)).map(duplicateOf),
    samePerson: same
      .filter((other) => other.id !== referral.id && isReceived(other))
      .map(({ id, reference, status }) => ({ id, reference, status })),
  }
}

export const NO_LIKE_PEOPLE: Awaited<ReturnType<typeof viewLikePeople>> = { possibleDuplicates: [], samePerson: [] }
