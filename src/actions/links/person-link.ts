import { type Day, londonDay } from '../../domain/day.ts'
import { type LinkPurpose, stillWantedLinkEnds } from '../../domain/link.ts'
import { answersBy, type PersonAnswer } from '../../domain/link-person.ts'
import type { Limits } from '../../domain/next-action.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import type { PositionRange } from '../../domain/queue.ts'
import type { Db } from '../../store/database.ts'
import { findLastOfType } from '../../store/events.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { getPerson } from '../../store/people.ts'
import { findPlacement, getWholePlacements, listWaitingElsewhere, type PlacementRow } from '../../store/placements.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { wentTo } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { readPosition } from '../placements/read-position.ts'
import { getLimits } from '../steps/limits.ts'
import { getLink, type Link, nothingThere } from './get-link.ts'
import { type ToldMove, tellMoves } from './tell-moves.ts'

type ForPersons = Extract<LinkPurpose, 'offer' | 'still-wanted'>

/** Another list that the person stands on. */
export interface OtherList {
  placementId: string
  project: string
  group: string
}

export interface PersonLink {
  purpose: ForPersons
  project: string
  group: { name: string; schedule: string; venue: string }
  service: { name: string; email: string | null; phone: string | null }
  status: PlacementStatus
  /** What the person may say now by this link. */
  answers: PersonAnswer[]
  answerBy: Day | null
  /** Where they stand on the list; null where they do not wait. */
  position: PositionRange | null
  moves: ToldMove[]
  /** Asked about once a place was taken. */
  otherLists: OtherList[]
  limits: Limits
}

export interface PersonCase {
  placement: PlacementRow
  personId: string
  purpose: ForPersons
  answers: PersonAnswer[]
}

/** What stands behind the link of a person, read from the store that the answer is written to. */
export async function getPersonLink(context: Context, db: Db, token: string): Promise<PersonCase> {
  const link = await getLink(context, db, token)
  const { message, purpose } = link
  const isTheirs = message.toKind === 'person' && (purpose === 'offer' || purpose === 'still-wanted')
  const placement = isTheirs && message.placementId ? await findPlacement(db, message.placementId) : undefined
  if (!isTheirs || !placement) throw nothingThere()
  const referral = await getReferralRow(db, placement.referralId)
  if (referral.personId !== message.toId || !(await isTheirMailbox(context, db, link))) throw nothingThere()
  const offered = purpose === 'offer' ? await findLastOfType(db, placement.id, 'placement.offered') : undefined
  const answers = answersBy({
    purpose,
    status: placement.status,
    // An earlier offer of the same place had a link of its own.
    isLatest: purpose !== 'offer' || offered === message.eventId,
    hasEnded: stillWantedLinkEnds(message.createdAt) < londonDay(context.now()),
  })
  return { placement, personId: message.toId, purpose, answers }
}

/** Whoever reads the mailbox that it went to may not be them, once mail to it is no longer safe or they have another. */
export async function isTheirMailbox(context: Context, db: Db, { message, copy }: Link): Promise<boolean> {
  const { email, safeContact } = await getPerson(db, message.toId)
  return email !== null && safeContact.email && wentTo(context, copy, email)
}

/** Only shows. It says no more than the mail: where, and when it is; nothing of why. */
export async function readPersonLink(context: Context, token: string): Promise<PersonLink> {
  const { read } = context.db
  const { placement, purpose, answers } = await getPersonLink(context, read, token)
  const [whole] = await getWholePlacements(read, [placement.id])
  if (!whole) throw nothingThere()
  const { name, email, phone } = await getOrganisation(read, placement.receivingOrganisationId)
  const others = answers.includes('leave-others') ? await listOtherLists(read, placement) : []
  return {
    purpose,
    project: whole.project.name,
    group: { name: whole.group.name, schedule: whole.group.schedule, venue: whole.group.venue },
    service: { name, email, phone },
    status: placement.status,
    answers,
    answerBy: placement.nextOwnerKind === 'person' ? placement.nextDueOn : null,
    position: await readPosition(context, placement),
    moves: await tellMoves(read, placement.id),
    otherLists: others,
    limits: await getLimits(read, placement),
  }
}

/** The other lists on which the same referral put them. */
async function listOtherLists(db: Db, placement: PlacementRow): Promise<OtherList[]> {
  const lists = await listWaitingElsewhere(db, [placement.referralId])
  return lists
    .filter(({ id }) => id !== placement.id)
    .map(({ id, project, group }) => ({ placementId: id, project, group }))
}
