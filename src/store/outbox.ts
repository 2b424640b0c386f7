import { and, asc, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { type Db, prepared } from './database.ts'
import { outbox } from './schema.ts'

export type OutboxRow = typeof outbox.$inferSelect

const queueOne = prepared('outbox.queue', (db) =>
  db.insert(outbox).values({
    id: sql.placeholder('id'),
    notice: sql.placeholder('notice'),
    toKind: sql.placeholder('toKind'),
    toId: sql.placeholder('toId'),
    referralId: sql.placeholder('referralId'),
    placementId: sql.placeholder('placementId'),
    eventId: sql.placeholder('eventId'),
    createdAt: sql.placeholder('createdAt'),
    nextAttemptAt: sql.placeholder('nextAttemptAt'),
    attempts: sql.placeholder('attempts'),
  }),
)

/** Owes messages, in the transaction of what they tell of. */
export async function queueMessages(tx: Db, rows: (typeof outbox.$inferInsert)[]): Promise<void> {
  const [row] = rows
  const isFresh = row && !row.leasedUntil && !row.sentAt && !row.endedAt && !row.outcome
  if (isFresh && rows.length === 1)
    await queueOne(tx, { ...row, referralId: row.referralId ?? null, placementId: row.placementId ?? null })
  else if (row) await tx.insert(outbox).values(rows)
}

const isOwed = and(isNull(outbox.sentAt), isNull(outbox.endedAt))

function isDue(now: Date): SQL | undefined {
  const isFree = or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now))
  return and(isOwed, lte(outbox.nextAttemptAt, now), isFree)
}

/** Messages that may be claimed now, longest due first. */
export async function listDueMessages(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(isDue(now))
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Takes those of the messages that nobody took meanwhile; they are the caller's until the lease runs out. */
export async function claimMessages(tx: Db, ids: string[], now: Date, leasedUntil: Date): Promise<OutboxRow[]> {
  if (ids.length === 0) return []
  return tx
    .update(outbox)
    .set({ leasedUntil })
    .where(and(inArray(outbox.id, ids), isDue(now)))
    .returning()
}

/** Keeps messages claimed, or with null gives them back. */
export async function leaseMessages(tx: Db, ids: string[], leasedUntil: Date | null): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(outbox)
      .set({ leasedUntil })
      .where(and(inArray(outbox.id, ids), isOwed))
}

/** What became of a message: exactly one of the two moments, or neither while it is to be tried again. */
export type Fate = Pick<OutboxRow, 'sentAt' | 'endedAt' | 'outcome' | 'attempts' | 'nextAttemptAt'>

export async function settleMessage(tx: Db, id: string, fate: Partial<Fate>): Promise<void> {
  await tx
    .update(outbox)
    .set({ ...fate, leasedUntil: null })
    .where(and(eq(outbox.id, id), isOwed))
}
