import { type Actor, ROLES, type Role } from '../../domain/organisation.ts'
import { listUsersOf } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { permit } from './permit.ts'

/** The people of the actor's own organisation, by name: whom one may assign to. */
export async function listColleagues(context: Context, actor: Actor, role?: Role) {
  permit(actor, 'colleague.list')
  return listUsersOf(context.db.read, actor.organisationId, role ? [role] : ROLES)
}
