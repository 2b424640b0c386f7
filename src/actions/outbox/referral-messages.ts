import { NOTICE_WORDS, type Notice } from '../../domain/notices.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Db } from '../../store/database.ts'
import { TOLD_TOGETHER, UNDER_WAY } from '../../store/digests.ts'
import { listFailedRows, listMessagesAbout, type StandingMessage } from '../../store/message-lists.ts'
import { REFERRAL_TIES, scope } from '../../store/scope.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { GIVEN_UP, POSTPONED } from './retry.ts'

/**
 * What became of a message; 'held' while it waits to be told with others, 'failed' after all tries, 'not_sent' where it was
 * found better not to.
 */
export const MESSAGE_STATES = ['queued', 'held', 'retrying', 'sent', 'failed', 'not_sent'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

export interface ReferralMessage {
  id: string
  notice: Notice
  noticeText: string
  to: 'person' | 'organisation' | 'user'
  /** Of the organisation or the user; null for the person, whom the referral names. */
  toName: string | null
  state: MessageState
  /** Why it was not sent, or what the mail server answered; null where there is nothing to say. */
  why: string | null
  /** When it came to this state; while it is still owed, since when. */
  at: Date
  /** It told of several things together. */
  isDigest: boolean
  /** It repeats one that somebody asked to be sent again. */
  isRepeated: boolean
  /** When somebody told the recipient another way after it had failed. */
  handledAt: Date | null
}

export interface FailedMessage extends ReferralMessage {
  referralId: string
  reference: string
}

/** What became of the messages about a referral, for those who work on it. */
export async function listReferralMessages({ db }: Context, actor: Actor, id: string): Promise<ReferralMessage[]> {
  await getReferral(db.read, actor, id, 'referral.view-work')
  return messagesOf(db.read, id)
}

/** Every message about a referral, oldest first. Whoever asks has made sure that the reader may see the work. */
export async function messagesOf(db: Db, referralId: string): Promise<ReferralMessage[]> {
  return (await listMessagesAbout(db, referralId)).map(viewMessage)
}

/**
 * The messages given up about referrals that the actor's service works on, newest first, until somebody told the recipient
 * another way. One that a later message to the same recipient made up for is not among them.
 */
export async function listFailedMessages(
  { db }: Context,
  actor: Actor,
  { after, limit = PAGE_SIZE.usual }: { after?: string | undefined; limit?: number | undefined } = {},
): Promise<Page<FailedMessage>> {
  const inScope = scope(actor, 'referral.view-work', REFERRAL_TIES)
  const cursor = readCursor(after)
  const place = cursor && { at: new Date(cursor.value), id: cursor.id }
  const rows = await listFailedRows(db.read, inScope, { after: place, limit: limit + 1 })
  const placeOf = ({ failedAt, createdAt, id }: StandingMessage) => ({
    value: (failedAt ?? createdAt).toISOString(),
    id,
  })
  return toPage(rows, limit, placeOf, (shown) =>
    shown.map(({ referralId, reference, ...row }) => ({ ...viewMessage(row), referralId, reference })),
  )
}

export function viewMessage(row: StandingMessage): ReferralMessage {
  const { id, notice, toKind } = row as StandingMessage & { notice: Notice; toKind: ReferralMessage['to'] }
  const toName = row.organisationName ?? row.userName
  const { resends, handledAt, digestId, sentAt, outcome } = row
  return {
    ...{ id, notice, noticeText: NOTICE_WORDS[notice], to: toKind, toName, ...standing(row) },
    isDigest: digestId !== null && (sentAt === null || outcome === TOLD_TOGETHER),
    isRepeated: resends !== null,
    handledAt,
  }
}

function standing(row: StandingMessage): Pick<ReferralMessage, 'state' | 'why' | 'at'> {
  const { createdAt, attempts, sentAt, endedAt, failedAt, outcome, digestId } = row
  if (sentAt) return { state: 'sent', why: null, at: sentAt }
  if (failedAt) return { state: 'failed', why: after(GIVEN_UP, outcome), at: failedAt }
  if (endedAt) return { state: 'not_sent', why: outcome, at: endedAt }
  if (digestId) return { state: 'held', why: null, at: createdAt }
  if (outcome === UNDER_WAY) return { state: 'retrying', why: 'the mail server does not answer', at: createdAt }
  return { state: attempts > 0 ? 'retrying' : 'queued', why: after(POSTPONED, outcome), at: createdAt }
}

function after(opening: string, outcome: string | null): string | null {
  return outcome?.startsWith(opening) ? outcome.slice(opening.length) : outcome
}
