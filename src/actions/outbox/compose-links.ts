import { isConfirmed } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { CODE, placesLinkEnds, registerLinkEnds } from '../../domain/link.ts'
import { composeCode, composeForGroup } from '../../mail/compose-way-in.ts'
import { type Message, messageIdOf } from '../../mail/mailer.ts'
import { findGroup } from '../../store/groups.ts'
import { findLinkCode } from '../../store/link-codes.ts'
import { getOrganisation } from '../../store/organisations.ts'
import { findMessage, type OutboxRow } from '../../store/outbox.ts'
import { hasLeft } from '../../store/users.ts'
import { codeOf, messageToken } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { organisationOfLink } from '../links/organisation-of-link.ts'

type Composed = Omit<Message, 'date'> | { unsent: string }
type Needed = Pick<Context, 'db' | 'now' | 'linkKey'>

interface Sender {
  baseUrl: string
  from: string
}

const GONE = 'what it tells of, or whom, is gone'

/** To the same address as the link that asked for it, as long as it would still open anything. */
export async function composeLinkCode({ db, now, linkKey }: Needed, row: OutboxRow, sender: Sender): Promise<Composed> {
  const code = await findLinkCode(db.read, row.toId)
  const message = code && (await findMessage(db.read, code.messageId))
  const organisationId = message && (await organisationOfLink(db.read, message))
  if (!code || !organisationId) return { unsent: GONE }
  if (code.usedAt || code.expiresAt <= now()) return { unsent: 'the code does not work any more' }
  const { email } = await getOrganisation(db.read, organisationId)
  if (!email || (await hasLeft(db.read, organisationId, email))) return { unsent: 'no address' }
  const content = composeCode({ code: codeOf({ linkKey }, code.id), minutes: CODE.minutes, link: null })
  return { ...content, to: email, messageId: messageIdOf(row.id, sender.from) }
}

/** To the provider of a group: the register of the day on which it was owed, or its places while nobody knows them. */
export async function composeGroupLink(
  { db, now, linkKey }: Needed,
  row: OutboxRow & { notice: 'register-to-take' | 'places-to-confirm' },
  sender: Sender,
): Promise<Composed> {
  const { notice, toId, createdAt } = row
  const group = await findGroup(db.read, toId)
  if (!group || group.cancelledAt) return { unsent: GONE }
  const { email, name } = await getOrganisation(db.read, group.providerOrganisationId)
  if (!email || (await hasLeft(db.read, group.providerOrganisationId, email))) return { unsent: 'no address' }
  const isForRegister = notice === 'register-to-take'
  if (!isForRegister && isConfirmed({ confirmedAt: group.capacityConfirmedAt }, now()))
    return { unsent: 'the places were confirmed' }
  const until = isForRegister ? registerLinkEnds(createdAt) : placesLinkEnds(createdAt)
  if (until < londonDay(now())) return { unsent: 'it is too late for it' }
  const content = composeForGroup(notice, {
    organisation: name,
    group: group.name,
    on: londonDay(createdAt),
    until,
    link: `${sender.baseUrl}/l/${messageToken({ linkKey }, row.id, email)}`,
  })
  return { ...content, to: email, messageId: messageIdOf(row.id, sender.from) }
}
