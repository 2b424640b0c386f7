import { type Day, londonDay } from '../../domain/day.ts'
import { isDigestNotice } from '../../domain/digest.ts'
import { ownLinkEnds, purposeOf } from '../../domain/link.ts'
import { dueByPriority, LIMITS, type Limits, ownerOf } from '../../domain/next-action.ts'
import { isAccessNotice, type Notice } from '../../domain/notices.ts'
import { compose, firstNameOf, type VisitFacts } from '../../mail/compose.ts'
import { type Message, messageIdOf } from '../../mail/mailer.ts'
import { type Language, tongueOf } from '../../mail/tongue.ts'
import { findMessageFacts, findRecipient, type MessageFacts, type Recipient } from '../../store/message-facts.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import { messageToken } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { getLimits } from '../steps/limits.ts'
import { composeAccess } from './compose-access.ts'
import { visitFacts } from './visit-facts.ts'
import { whyNobodyReads, whyNotToSend } from './why-not-to-send.ts'

/** The message as it would be sent now, or why it is not to be sent at all, or cannot be. */
export type Draft = Omit<Message, 'date'> | { unsent: string } | { failed: string }

type Sender = { baseUrl: string; from: string; linkKey: Uint8Array; showsDrafts?: boolean | undefined }
type Owed = OutboxRow & { notice: Notice }

/** Reads what is true now: an address corrected or an agreement withdrawn since the message was owed is honoured. */
export async function composeMessage(
  { db, now, linkKey }: Context,
  row: OutboxRow,
  post: Omit<Sender, 'linkKey'>,
): Promise<Draft> {
  const { notice } = row
  if (isAccessNotice(notice)) return composeAccess({ db, now, linkKey }, { ...row, notice }, post)
  if (isDigestNotice(notice)) throw new Error('A digest is composed of what it tells.')
  const facts = await findMessageFacts(db.read, row)
  const recipient = await findRecipient(db.read, row, facts?.referral.receivingOrganisationId)
  if (!facts || !recipient) return { unsent: 'what it tells of, or whom, is gone' }
  const today = londonDay(now())
  const unsent = whyNotToSend({ ...row, notice }, facts, recipient, today)
  if (unsent || !recipient.email) return { unsent: unsent ?? 'no address' }
  const failed = whyNobodyReads(recipient)
  if (failed) return { failed }
  const limits = await getLimits(db.read, facts.referral)
  const visit = VISITS.includes(notice)
    ? await visitFacts({ linkKey, now }, db.read, row.placementId, baseFor(recipient, post))
    : null
  if (VISITS.includes(notice) && !visit) return { unsent: 'no visit lies ahead' }
  const message = writeMessage({ ...row, notice }, facts, recipient, { ...post, linkKey }, { today, limits, visit })
  return { ...message, to: recipient.email }
}

/** The words of a message, whether or not it is to be sent. */
export function writeMessage(
  owed: OutboxRow,
  facts: MessageFacts,
  recipient: Recipient,
  sender: Sender,
  { today, limits = LIMITS, visit = null }: { today: Day; limits?: Limits; visit?: VisitFacts | null },
): Omit<Message, 'date' | 'to'> {
  const { notice } = owed
  if (isAccessNotice(notice) || isDigestNotice(notice))
    throw new Error('An e-mail with a way in, or a digest, tells of no one referral.')
  const row = { ...owed, notice }
  const due = replyBy(row, facts, limits)
  const tongue = tongueFor(recipient, sender)
  const said = {
    reference: facts.referral.reference,
    replyBy: due,
    isLate: due !== null && due < today,
    link: visit?.calendar ?? linkFor(row, facts, recipient, sender),
    visit,
    firstName: recipient.kind === 'person' ? firstNameOf(recipient) : null,
    phone: recipient.kind === 'person' ? facts.referral.servicePhone : null,
  }
  const content = compose(row.notice, said, tongue)
  return { ...content, messageId: messageIdOf(row.id, sender.from) }
}

/** The day on which the reader's answer is due, as long as it is still they who owe one. */
export function replyBy(
  { notice, toId, createdAt }: Owed,
  { referral, placement }: MessageFacts,
  limits: Limits = LIMITS,
): Day | null {
  if (notice === 'person-referral-received')
    return ['submitted', 'assigned'].includes(referral.status)
      ? dueByPriority(limits.firstContact, referral.priority, referral.receivedAt)
      : null
  if (notice === 'person-own-page') return ownLinkEnds(createdAt)
  const owed = placement ? [{ ...placement, navigatorId: referral.navigatorId }, referral] : [referral]
  return owed.find((next) => ownerOf(next)?.id === toId)?.nextDueOn ?? null
}

/** In which language somebody is written to: staff and organisations in English, a person in theirs where it is on. */
function tongueFor(recipient: Recipient, { showsDrafts = false }: Pick<Sender, 'showsDrafts'>): Language {
  const says = recipient.kind === 'person' ? recipient.preferredLanguage : null
  return tongueOf(says, { withDrafts: showsDrafts })
}

/** Where the addresses begin of the pages in their language. */
function baseFor(recipient: Recipient, sender: Pick<Sender, 'baseUrl' | 'showsDrafts'>): string {
  return sender.baseUrl + tongueFor(recipient, sender).prefix
}

const VISITS: readonly Notice[] = ['person-first-visit', 'person-visit-tomorrow']

const ON_THE_PLACEMENT: readonly Notice[] = ['placement-withdrawn']

/** A signed link where something can be done about it; else the page of whoever signs in. A person has no other. */
function linkFor(row: Owed, facts: MessageFacts, recipient: Recipient, sender: Sender): string | null {
  const { baseUrl, linkKey } = sender
  if (purposeOf(row.notice) && recipient.kind !== 'user')
    return recipient.email && `${baseFor(recipient, sender)}/l/${messageToken({ linkKey }, row.id, recipient.email)}`
  if (recipient.kind === 'person') return null
  const organisation = recipient.kind === 'organisation' ? recipient.slug : facts.referral.receivingOrganisation
  const page =
    ON_THE_PLACEMENT.includes(row.notice) && row.placementId
      ? `placements/${row.placementId}`
      : `referrals/${facts.referral.id}`
  return `${baseUrl}/o/${organisation}/${page}`
}
