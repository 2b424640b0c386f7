import { LINK_DAYS } from '../../domain/colleague.ts'
import type { Actor, Role } from '../../domain/organisation.ts'
import { type AccessLinkRow, cancelAccessLinks, insertAccessLink } from '../../store/access-links.ts'
import type { Db } from '../../store/database.ts'
import { newNonce } from '../access/link-token.ts'
import type { Context } from '../context.ts'
import { owe } from '../record.ts'

interface Wanted {
  kind: AccessLinkRow['kind']
  email: string
  name: string
  role: Role | null
  userId: string | null
}

/** Makes a link and owes the e-mail that carries it. An earlier one that is still open stops working. */
export async function sendLink(context: Context, tx: Db, actor: Actor, wanted: Wanted): Promise<string> {
  const { organisationId, userId: invitedBy } = actor
  const createdAt = context.now()
  await cancelAccessLinks(tx, { organisationId, ...wanted }, createdAt)
  const id = context.newId()
  const expiresAt = new Date(createdAt.getTime() + LINK_DAYS * 86_400_000)
  await insertAccessLink(tx, { id, organisationId, invitedBy, createdAt, expiresAt, ...wanted, ...newNonce(context) })
  await owe(context, tx, { notice: wanted.kind === 'invitation' ? 'invitation' : 'new-password', linkId: id })
  return id
}
