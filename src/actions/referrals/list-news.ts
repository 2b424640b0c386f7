import { EVENT_WORDS, QUIET } from '../../domain/events.ts'
import type { Actor } from '../../domain/organisation.ts'
import { findSignInBefore, listNewsEvents } from '../../store/news.ts'
import type { Context } from '../context.ts'
import { NOT_FOR_REFERRERS } from './open-referral.ts'

const NO_NEWS = [...NOT_FOR_REFERRERS, ...QUIET]

export interface News {
  /** The newest thing that whoever referred may know, in words. */
  text: string
  at: Date
  /** Somebody else did something since the reader signed in the time before. */
  isNew: boolean
}

/**
 * The newest news of referrals that a list has just shown to this actor, in two queries however many there are. What is
 * new is known only where there was an earlier sign-in; `since` is its moment.
 */
export async function listNews(
  { db }: Context,
  actor: Actor,
  referralIds: string[],
  sessionId: string | null,
): Promise<{ since: Date | null; of: Map<string, News> }> {
  const since = sessionId ? ((await findSignInBefore(db.read, actor.userId, sessionId)) ?? null) : null
  const of = new Map<string, News>()
  for (const { referralId, type, at, actorId } of await listNewsEvents(db.read, referralIds, NO_NEWS)) {
    const isNew = since !== null && at > since && actorId !== actor.userId
    if (referralId)
      of.set(referralId, { text: EVENT_WORDS[type], at, isNew: isNew || of.get(referralId)?.isNew === true })
  }
  return { since, of }
}
