import { firstNameIn } from '../../domain/link.ts'
import type { Actor } from '../../domain/organisation.ts'
import { findLastEvent } from '../../store/events.ts'
import { getUserNames } from '../../store/users.ts'
import { getPlacement } from '../access/get-placement.ts'
import type { Context } from '../context.ts'

/** Who made the last move of a placement, and when: for whoever comes second. */
export interface LastMove {
  type: string
  at: Date
  /** Null where the software did it, or the person. */
  by: string | null
  isOwn: boolean
}

export async function findLastMove(context: Context, actor: Actor, id: string): Promise<LastMove | null> {
  const { read } = context.db
  await getPlacement(read, actor, id)
  const last = await findLastEvent(read, id)
  if (!last) return null
  const userId = last.actorKind === 'user' ? last.actorId : null
  const names = await getUserNames(read, userId ? [userId] : [])
  const by = last.actorKind === 'link' ? byLink(last.detail) : userId ? (names.get(userId)?.name ?? null) : null
  return { type: last.type, at: last.at, by, isOwn: userId === actor.userId }
}

function byLink(detail: Record<string, unknown>): string {
  return `${firstNameIn(detail) ?? 'Somebody'} (by the e-mail link)`
}
