import type { Actor, Role } from '../../domain/organisation.ts'
import { listOpenInvitations } from '../../store/access-links.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

export interface InvitationView {
  id: string
  name: string
  email: string
  role: Role | null
  sentAt: Date
  expiresAt: Date
  hasExpired: boolean
}

/** Colleagues who were invited and have not come yet, the newest first. */
export async function listInvitations({ db, now }: Context, actor: Actor): Promise<InvitationView[]> {
  permit(actor, 'colleague.change')
  return (await listOpenInvitations(db.read, actor.organisationId)).map(
    ({ id, name, email, role, createdAt, expiresAt }) => ({
      id,
      name,
      email,
      role,
      sentAt: createdAt,
      expiresAt,
      hasExpired: expiresAt <= now(),
    }),
  )
}
