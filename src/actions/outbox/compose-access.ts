import { londonDay } from '../../domain/day.ts'
import { chaseEndsOn } from '../../domain/freshness.ts'
import type { AccessNotice } from '../../domain/notices.ts'
import { composeEntryCheck, composeWayIn } from '../../mail/compose-way-in.ts'
import { type Message, messageIdOf } from '../../mail/mailer.ts'
import { findAccessLink } from '../../store/access-links.ts'
import { findEntryById } from '../../store/directory-search.ts'
import type { OutboxRow } from '../../store/outbox.ts'
import { hasLeft } from '../../store/users.ts'
import { entryToken } from '../access/entry-token.ts'
import { tokenOf } from '../access/link-token.ts'
import type { Context } from '../context.ts'
import { composeGroupLink, composeLinkCode } from './compose-links.ts'

type Owed = OutboxRow & { notice: AccessNotice }
type Composed = Omit<Message, 'date'> | { unsent: string }
type Needed = Pick<Context, 'db' | 'now' | 'linkKey'>

interface Sender {
  baseUrl: string
  from: string
}

const GONE = 'what it tells of, or whom, is gone'

/** An e-mail with a way in, as long as it still is one. The token exists only here and in the e-mail. */
export async function composeAccess(context: Needed, row: Owed, sender: Sender): Promise<Composed> {
  const { notice } = row
  if (notice === 'entry-to-check') return composeCheck(context, row, sender)
  if (notice === 'link-code') return composeLinkCode(context, row, sender)
  if (notice === 'register-to-take' || notice === 'places-to-confirm')
    return composeGroupLink(context, { ...row, notice }, sender)
  const { db, now, linkKey } = context
  const found = await findAccessLink(db.read, row.toId)
  if (!found) return { unsent: GONE }
  const { link, organisation } = found
  if (link.usedAt || link.cancelledAt || link.expiresAt <= now()) return { unsent: 'the link does not work any more' }
  const content = composeWayIn(notice, {
    organisation: organisation.name,
    until: londonDay(link.expiresAt),
    link: `${sender.baseUrl}/l/${tokenOf({ linkKey }, link.nonce)}`,
  })
  return { ...content, to: link.email, messageId: messageIdOf(row.id, sender.from) }
}

/** To the provider's shared address. The message stands for the project, so the link is made of what that is now. */
async function composeCheck({ db, linkKey }: Needed, { id, toId }: Owed, sender: Sender): Promise<Composed> {
  const found = await findEntryById(db.read, toId)
  if (!found?.providerEmail) return { unsent: GONE }
  const { project, provider, providerEmail } = found
  if (await hasLeft(db.read, provider.id, providerEmail)) return { unsent: 'no address' }
  const { chasedOn, assuredOn } = project
  if (chasedOn === null || (assuredOn !== null && assuredOn >= chasedOn)) return { unsent: 'the entry was confirmed' }
  const content = composeEntryCheck({
    organisation: provider.name,
    project: project.name,
    until: chaseEndsOn(chasedOn),
    link: `${sender.baseUrl}/l/${entryToken({ linkKey }, project.id, { chasedOn, email: providerEmail })}`,
  })
  return { ...content, to: providerEmail, messageId: messageIdOf(id, sender.from) }
}
