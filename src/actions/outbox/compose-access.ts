import { londonDay } from '../../domain/day.ts'
import type { AccessNotice } from '../../domain/notices.ts'
import { composeWayIn } from '../../mail/compose-way-in.ts'
import { type Message, messageIdOf } from '../../mail/mailer.ts'
import { findAccessLink } from '../../store/access-links.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import { tokenOf } from '../access/link-token.ts'
import type { Context } from '../context.ts'

type Owed = OutboxRow & { notice: AccessNotice }

/** An e-mail with a way in, as long as it still is one. The token exists only here and in the e-mail. */
export async function composeAccess(
  { db, now, linkKey }: Pick<Context, 'db' | 'now' | 'linkKey'>,
  { id, notice, toId }: Owed,
  { baseUrl, from }: { baseUrl: string; from: string },
): Promise<Omit<Message, 'date'> | { unsent: string }> {
  const found = await findAccessLink(db.read, toId)
  if (!found) return { unsent: 'what it tells of, or whom, is gone' }
  const { link, organisation } = found
  if (link.usedAt || link.cancelledAt || link.expiresAt <= now()) return { unsent: 'the link does not work any more' }
  const content = composeWayIn(notice, {
    organisation: organisation.name,
    until: londonDay(link.expiresAt),
    link: `${baseUrl}/l/${tokenOf({ linkKey }, link.nonce)}`,
  })
  return { ...content, to: link.email, messageId: messageIdOf(id, from) }
}
