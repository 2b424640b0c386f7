import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { findLiveSession } from '../../store/sessions.ts'
import type { Membership } from '../../store/users.ts'
import type { Context } from '../context.ts'

export interface SignedInUser {
  id: string
  name: string
  email: string
  memberships: Membership[]
}

/** The token says who; the database says what: role and suspension are read on every request. */
export async function findSession(context: Context, sessionId: string): Promise<{ user: SignedInUser } | undefined> {
  const session = await findLiveSession(context.db.read, sessionId, context.now())
  if (!session) return undefined
  const { userId: id, ...user } = session
  return { user: { id, ...user } }
}

/** The hat somebody wears for this request. An organisation they do not belong to does not exist for them. */
export function actorFor(user: SignedInUser, slug?: string): Actor {
  const [first, ...others] = user.memberships
  const membership = slug === undefined ? first : user.memberships.find(({ organisation }) => organisation === slug)
  if (slug === undefined && others.length > 0)
    throw new Refusal('which-organisation', 'You belong to several organisations: name one in Acting-Organisation.')
  if (!membership && slug !== undefined) throw new Refusal('not-found', 'There is nothing here that you can see.')
  if (!membership) throw new Refusal('not-allowed', 'You do not belong to an organisation at the moment.')
  return { userId: user.id, name: user.name, ...membership }
}
