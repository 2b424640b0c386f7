import { type Invitation, ROLES_IN } from '../../domain/colleague.ts'
import type { Actor, Role } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { cancelAccessLinks, findAccessLink } from '../../store/access-links.ts'
import type { Db } from '../../store/database.ts'
import { findMember, findUserByEmail } from '../../store/users.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { sendLink } from './send-link.ts'

/** Refuses a role that has nothing to do in this kind of organisation. */
export function requireRoleHere({ organisationKind }: Actor, role: Role): void {
  if (ROLES_IN[organisationKind].includes(role)) return
  throw new Refusal('invalid-input', 'There is no such role in your organisation.', [
    { pointer: '/role', code: 'not-on-list', detail: 'Choose a role that your organisation has' },
  ])
}

/**
 * Invites somebody by e-mail. Whether the address is known elsewhere is not said: whoever follows the link sets a password,
 * or joins with the one they have.
 */
export async function inviteColleague(context: Context, actor: Actor, invited: Invitation): Promise<{ id: string }> {
  permit(actor, 'colleague.change')
  requireRoleHere(actor, invited.role)
  return context.db.write(async (tx) => {
    await requireNoMember(tx, actor, invited.email)
    const id = await sendLink(context, tx, actor, { kind: 'invitation', ...invited, userId: null })
    await recordInvitation(context, tx, actor, 'colleague.invited', id, { role: invited.role })
    return { id }
  })
}

async function requireNoMember(tx: Db, { organisationId }: Actor, email: string): Promise<void> {
  const known = await findUserByEmail(tx, email)
  if (!known || !(await findMember(tx, organisationId, known.id))) return
  throw new Refusal('invalid-input', 'This address belongs to a colleague already.', [
    { pointer: '/email', code: 'taken', detail: 'This address belongs to a colleague already' },
  ])
}

/** Sends it again with another link; the one before stops working. */
export async function resendInvitation(context: Context, actor: Actor, id: string): Promise<{ id: string }> {
  permit(actor, 'colleague.change')
  return context.db.write(async (tx) => {
    const { email, name, role } = await getInvitation(tx, actor, id)
    const again = await sendLink(context, tx, actor, { kind: 'invitation', email, name, role, userId: null })
    await recordInvitation(context, tx, actor, 'colleague.invited', again, { role, insteadOf: id })
    return { id: again }
  })
}

/** Takes an invitation back: its link stops working at once. */
export async function cancelInvitation(context: Context, actor: Actor, id: string): Promise<void> {
  permit(actor, 'colleague.change')
  await context.db.write(async (tx) => {
    const invitation = await getInvitation(tx, actor, id)
    await cancelAccessLinks(tx, invitation, context.now())
    await recordInvitation(context, tx, actor, 'invitation.cancelled', id, {})
  })
}

async function getInvitation(tx: Db, { organisationId }: Actor, id: string) {
  const { link } = (await findAccessLink(tx, id)) ?? {}
  if (!link || link.organisationId !== organisationId || link.kind !== 'invitation')
    throw new Refusal('not-found', 'There is nothing here that you can see.')
  if (link.usedAt || link.cancelledAt)
    throw new Refusal('wrong-status', 'This invitation was used or taken back already. Look at the list again.')
  return link
}

async function recordInvitation(context: Context, tx: Db, actor: Actor, action: string, id: string, detail: object) {
  await recordAct(context, tx, actor, {
    action,
    subjectKind: 'invitation',
    subjectId: id,
    detail: detail as Record<string, unknown>,
  })
}

/** A link by which a colleague sets a new password. Nobody else ever learns it, the administrator included. */
export async function sendPasswordLink(context: Context, actor: Actor, userId: string): Promise<void> {
  permit(actor, 'colleague.change', {}, { kind: 'user', id: userId })
  await context.db.write(async (tx) => {
    const member = await findMember(tx, actor.organisationId, userId)
    if (!member) throw new Refusal('not-found', 'There is nothing here that you can see.')
    if (member.membership.suspendedAt || member.userSuspendedAt)
      throw new Refusal('wrong-status', 'Their access was removed. Restore it first.')
    const { email, name } = member
    await sendLink(context, tx, actor, { kind: 'password', email, name, role: null, userId })
    await recordAct(context, tx, actor, { action: 'password-link.sent', subjectKind: 'user', subjectId: userId })
  })
}
