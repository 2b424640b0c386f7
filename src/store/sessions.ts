import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { sessions, users } from './schema.ts'

const liveSession = prepared('sessions.live', (db) =>
  db
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder('id')),
        isNull(sessions.endedAt),
        isNull(users.suspendedAt),
        gt(sessions.expiresAt, sql.param(sql.placeholder('now'), sessions.expiresAt)),
      ),
    ),
)

/** Who stands behind a session: nobody once it ended, expired, or its user was suspended. Asked on every request. */
export async function findLiveSession(db: Db, id: string, now: Date) {
  const [row] = await liveSession(db, { id, now })
  return row
}

export const insertSession = inserting(sessions)

/** Whose session ended; undefined where it had ended before. */
export async function endSession(tx: Db, id: string, at: Date): Promise<string | undefined> {
  const [ended] = await tx
    .update(sessions)
    .set({ endedAt: at })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning({ userId: sessions.userId })
  return ended?.userId
}
