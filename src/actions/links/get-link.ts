import { type LinkPurpose, purposeOf } from '../../domain/link.ts'
import type { LinkHolder } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findMessage, type OutboxRow } from '../../store/outbox.ts'
import { type MessageLink, messageOfToken } from '../access/message-token.ts'
import type { Context } from '../context.ts'

const NOTHING = 'There is nothing at this address.'

/** The link that a message carried: the message itself says what it is for, and for whom. */
export interface Link {
  message: OutboxRow
  purpose: LinkPurpose
  /** Which mailbox this copy went to. */
  copy: MessageLink
}

/** One answer for whatever is no link of ours, and for a link that nobody was ever sent. */
export async function getLink(context: Context, db: Db, token: string): Promise<Link> {
  const copy = messageOfToken(context, token)
  const message = copy && (await findMessage(db, copy.messageId))
  const purpose = message && purposeOf(message.notice)
  if (!copy || !message || !purpose || isUntold(message)) throw nothingThere()
  return { message, purpose, copy }
}

export function nothingThere(): Refusal {
  return new Refusal('not-found', NOTHING)
}

// What was told together with others went out with those; what was tried may have arrived although nobody said so.
function isUntold({ sentAt, endedAt, digestId, attempts }: OutboxRow): boolean {
  return endedAt !== null && sentAt === null && digestId === null && attempts === 0
}

/** Whoever acts by this link: as a worker of the project, and of no other. */
export function holderOf({ message }: Link, organisationId: string, firstName?: string): LinkHolder {
  return { linkId: message.id, role: 'provider_worker', organisationId, firstName }
}
