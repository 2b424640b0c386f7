import { and, asc, desc, eq, inArray, lt, notInArray } from 'drizzle-orm'
import type { EventType } from '../domain/events.ts'
import type { Db } from './database.ts'
import { events, sessions } from './schema.ts'

/** What happened to these referrals, oldest first: only what a line of a list says. */
export async function listNewsEvents(db: Db, referralIds: string[], except: readonly EventType[]) {
  if (referralIds.length === 0) return []
  return db
    .select({ referralId: events.referralId, type: events.type, at: events.at, actorId: events.actorId })
    .from(events)
    .where(and(inArray(events.referralId, referralIds), notInArray(events.type, [...except])))
    .orderBy(asc(events.at), asc(events.id))
}

/** When this user signed in the time before the session they are in. */
export async function findSignInBefore(db: Db, userId: string, sessionId: string): Promise<Date | undefined> {
  const [now] = await db.select({ createdAt: sessions.createdAt }).from(sessions).where(eq(sessions.id, sessionId))
  if (!now) return undefined
  const [before] = await db
    .select({ createdAt: sessions.createdAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), lt(sessions.createdAt, now.createdAt)))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  return before?.createdAt
}
