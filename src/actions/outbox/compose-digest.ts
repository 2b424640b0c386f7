import { type Day, londonDay } from '../../domain/day.ts'
import { digestWords, inDigestOrder } from '../../domain/digest.ts'
import { purposeOf } from '../../domain/link.ts'
import type { Notice } from '../../domain/notices.ts'
import { composeDigestMail, type DigestLine as Line } from '../../mail/compose-digest.ts'
import { messageIdOf } from '../../mail/mailer.ts'
import type { Db } from '../../store/database.ts'
import { listToldIn, markUnderWay } from '../../store/digests.ts'
import { findMessageFacts, findRecipient, type Recipient } from '../../store/message-facts.ts'
import { getOrganisations } from '../../store/organisations.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import { messageToken } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { type Draft, replyBy } from './compose-message.ts'
import { whyNobodyReads, whyNotToSend } from './why-not-to-send.ts'

/** What waits for a digest, sorted: by the ids of what it tells, and what is not to be told any more, with why. */
export interface Contents {
  told: string[]
  dropped: { id: string; why: string }[]
}

export type DigestDraft = Contents & Draft

type Told = Omit<Line, 'isLate'>

const GONE = 'what it tells of, or whom, is gone'
// A longer list is not read in a mail; the page has it all.
const LINES = 60

/** All that waits for a digest as it is true now. Nothing joins it from here on. */
export async function composeDigest(
  { db, now, linkKey }: Context,
  digest: OutboxRow,
  { baseUrl, from }: { baseUrl: string; from: string },
): Promise<DigestDraft> {
  await db.write((tx) => markUnderWay(tx, digest.id))
  const { toKind, toId, eventId: organisationId } = digest
  const recipient = await findRecipient(db.read, { toKind, toId }, organisationId)
  const slug = (await getOrganisations(db.read, [organisationId])).get(organisationId)?.slug
  const contents: Contents & { lines: Told[] } = { told: [], dropped: [], lines: [] }
  for (const row of await listToldIn(db.read, digest.id)) {
    const found = recipient && (await lineOf(db.read, row, recipient, londonDay(now())))
    if (found && 'reference' in found) {
      const { email } = recipient
      const link = email && canAct(row) ? `${baseUrl}/l/${messageToken({ linkKey }, row.id, email)}` : null
      contents.lines.push({ ...found, link })
      contents.told.push(row.id)
    } else contents.dropped.push({ id: row.id, why: found?.why ?? GONE })
  }
  const { lines, ...sorted } = contents
  if (!recipient?.email || !slug || lines.length === 0)
    return { ...sorted, unsent: lines.length === 0 ? 'nothing is left to tell' : 'no address' }
  const failed = whyNobodyReads(recipient)
  if (failed) return { ...sorted, failed }
  const today = londonDay(now())
  const inOrder = inDigestOrder(lines).map((line) => ({
    ...line,
    isLate: line.replyBy !== null && line.replyBy < today,
  }))
  const home = `${baseUrl}/o/${slug}`
  const content = composeDigestMail({
    lines: inOrder.slice(0, LINES),
    count: lines.length,
    more: Math.max(0, lines.length - LINES),
    late: inOrder.filter(({ isLate }) => isLate).length,
    firstReplyBy: inOrder[0]?.replyBy ?? null,
    isDaily: digest.notice === 'day-digest',
    link: home,
  })
  return {
    ...sorted,
    ...content,
    to: recipient.email,
    messageId: messageIdOf(digest.id, from),
    unsubscribe: `${home}/settings/mail`,
  }
}

/** A project need not sign in for what came thick: each of its messages keeps its own link. */
const canAct = ({ notice, toKind }: OutboxRow) => toKind === 'organisation' && purposeOf(notice) !== undefined

async function lineOf(
  db: Db,
  row: OutboxRow,
  recipient: Recipient,
  today: Day,
): Promise<Omit<Told, 'link'> | { why: string }> {
  const notice = row.notice as Notice
  const facts = await findMessageFacts(db, row)
  if (!facts) return { why: GONE }
  const why = whyNotToSend({ ...row, notice }, facts, recipient, today)
  if (why) return { why }
  const { reference } = facts.referral
  return {
    reference,
    says: digestWords(notice),
    at: row.createdAt,
    replyBy: replyBy({ ...row, notice }, facts),
  }
}
