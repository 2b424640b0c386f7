import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { memberships, organisations, sessions, users } from './schema.ts'
import type { Membership } from './users.ts'

const liveSession = prepared('sessions.live', (db) =>
  db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      membership: {
        role: memberships.role,
        organisationId: organisations.id,
        organisation: organisations.slug,
        organisationName: organisations.name,
        organisationKind: organisations.kind,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(memberships, and(eq(memberships.userId, users.id), isNull(memberships.suspendedAt)))
    .leftJoin(organisations, eq(organisations.id, memberships.organisationId))
    .where(
      and(
        eq(sessions.id, sql.placeholder('id')),
        isNull(sessions.endedAt),
        isNull(users.suspendedAt),
        gt(sessions.expiresAt, sql.param(sql.placeholder('now'), sessions.expiresAt)),
      ),
    )
    .orderBy(asc(organisations.name)),
)

type Found = Awaited<ReturnType<typeof liveSession>>[number]['membership']

// The organisation is joined to the membership, so either all of it is there or nothing.
const isHeld = (membership: Found): membership is Found & Membership => membership.organisationId !== null

/**
 * Who stands behind a session, and where they may act: nobody once it ended, expired, or its user was suspended. Asked on
 * every request, so in one statement.
 */
export async function findLiveSession(db: Db, id: string, now: Date) {
  const rows = await liveSession(db, { id, now })
  const [first] = rows
  if (!first) return undefined
  const { userId, name, email } = first
  return { userId, name, email, memberships: rows.map(({ membership }) => membership).filter(isHeld) }
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
