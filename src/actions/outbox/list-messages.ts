import type { MessageList } from '../../domain/messages.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { type ListedMessage, listMessagesIn, listMessagesTo } from '../../store/message-lists.ts'
import { REFERRAL_TIES, scope } from '../../store/scope.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { type ReferralMessage, viewMessage } from './referral-messages.ts'
import { resendsLeft } from './resends-left.ts'

export interface OrganisationMessage extends ReferralMessage {
  referralId: string
  reference: string
  /** Who may see the referral's work may have it sent again, or say that they told it another way. */
  mayResend: boolean
  /** How often it may still be sent again today; null for whoever may not. */
  resendsLeft: number | null
  mayHandle: boolean
  /** Somebody had it sent again since, and that stands for itself. */
  isSentAgain: boolean
}

export interface MessageListing {
  state: MessageList
  after?: string | undefined
  limit?: number | undefined
}

/**
 * What was sent, what waits, or what failed: about the referrals that the actor's service works on; for everybody else,
 * to their own organisation's shared address. By reference, so that it is no look at anybody's record.
 */
export async function listMessages(
  context: Context,
  actor: Actor,
  { state, after, limit = PAGE_SIZE.usual }: MessageListing,
): Promise<Page<OrganisationMessage>> {
  const { db } = context
  permit(actor, 'message.list', { own: actor.organisationId })
  const seesWork = may(actor, 'referral.view-work', { receiving: actor.organisationId })
  const cursor = readCursor(after)
  const page = { list: state, after: cursor && { at: new Date(cursor.value), id: cursor.id }, limit: limit + 1 }
  const rows = seesWork
    ? await listMessagesIn(db.read, scope(actor, 'referral.view-work', REFERRAL_TIES), page)
    : await listMessagesTo(db.read, actor.organisationId, page)
  const ids = rows.flatMap(({ referralId }) => referralId ?? [])
  const left = seesWork ? await resendsLeft(context, db.read, ids) : () => null
  return toPage(rows, limit, placeIn(state), (shown) => shown.map((row) => view(row, left(row))))
}

const placeIn = (state: MessageList) => (row: ListedMessage) => {
  const at = { sent: row.sentAt, failed: row.failedAt, waiting: row.nextAttemptAt }[state] ?? row.createdAt
  return { value: at.toISOString(), id: row.id }
}

function view(row: ListedMessage, left: number | null): OrganisationMessage {
  const seesWork = left !== null
  const { reference, referralId } = row
  const stands = row.failedAt !== null && !row.isSentAgain
  return {
    ...viewMessage(row),
    referralId: referralId ?? '',
    reference,
    mayResend: seesWork && left > 0 && (row.sentAt !== null || stands),
    resendsLeft: left,
    mayHandle: seesWork && stands && row.handledAt === null,
    isSentAgain: row.isSentAgain,
  }
}
