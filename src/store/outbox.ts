import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lte, max, min, or, type SQL, sql } from 'drizzle-orm'
import { type Db, inserting, prepared } from './database.ts'
import { outbox } from './schema.ts'

export type OutboxRow = typeof outbox.$inferSelect
type NewMessage = typeof outbox.$inferInsert

const insert = inserting(outbox)

const byId = prepared('outbox.byId', (db) =>
  db
    .select()
    .from(outbox)
    .where(eq(outbox.id, sql.placeholder('id'))),
)

export async function findMessage(db: Db, id: string): Promise<OutboxRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

/** When the recipient was last sent one of these messages about a placement or a group, after this one; undefined where none was. */
export async function findLaterMessage(
  db: Db,
  one: OutboxRow,
  notices: OutboxRow['notice'][],
): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: max(outbox.sentAt) })
    .from(outbox)
    .where(
      and(
        eq(outbox.toId, one.toId),
        isNotNull(outbox.sentAt),
        inArray(outbox.notice, notices),
        gt(outbox.createdAt, one.createdAt),
        one.placementId ? eq(outbox.placementId, one.placementId) : undefined,
      ),
    )
  return row?.at ?? undefined
}

const latestAbout = prepared('outbox.latestAbout', (db) =>
  db
    .select({ at: max(outbox.createdAt) })
    .from(outbox)
    .where(eq(outbox.referralId, sql.placeholder('referralId'))),
)

/** Owes messages, in the transaction of what they tell of; of a referral made in it, nothing can be owed already. */
export async function queueMessages(tx: Db, messages: NewMessage[], newReferralId?: string): Promise<void> {
  for (const row of await inOrderOwed(tx, messages, newReferralId)) await insert(tx, row)
}

/** Messages about one referral go out in the order of their moments, so a clock that was set back must not turn it. */
async function inOrderOwed(tx: Db, messages: NewMessage[], newReferralId?: string): Promise<NewMessage[]> {
  const earliest = new Map<string, Date>()
  for (const referralId of new Set(messages.flatMap((message) => message.referralId ?? []))) {
    // On PostgreSQL everybody who makes a referral would look at the same page of the index, and only one could stay.
    if (referralId === newReferralId) continue
    const [latest] = await latestAbout(tx, { referralId })
    if (latest?.at) earliest.set(referralId, new Date(latest.at.getTime() + 1))
  }
  return messages.map((message) => {
    const first = earliest.get(message.referralId ?? '')
    return first && first > message.createdAt ? { ...message, createdAt: first } : message
  })
}

export const isOwed = and(isNull(outbox.sentAt), isNull(outbox.endedAt))

// Whoever is told of a later state must not be told of an earlier one afterwards, however the earlier one is delayed.
// What waits for a digest is told with its moment, so only one that was tried already stands in the way.
const isNext = sql`not exists (
  select 1 from ${outbox} earlier
  where earlier.referral_id = ${outbox.referralId} and earlier.to_id = ${outbox.toId}
    and earlier.sent_at is null and earlier.ended_at is null
    and (earlier.digest_id is null
      or exists (select 1 from ${outbox} digest where digest.id = earlier.digest_id and digest.outcome is not null))
    and (earlier.created_at, earlier.id) < (${outbox.createdAt}, ${outbox.id}))`

const isDue = (now: Date): SQL | undefined =>
  and(isOwed, isNull(outbox.digestId), lte(outbox.nextAttemptAt, now), isNext)

export type Claimable = Pick<OutboxRow, 'id' | 'leasedUntil'>

async function listDue(db: Db, now: Date, lease: SQL | undefined, limit: number): Promise<Claimable[]> {
  return db
    .select({ id: outbox.id, leasedUntil: outbox.leasedUntil })
    .from(outbox)
    .where(and(isDue(now), lease))
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(limit)
}

/** Messages that may be claimed now, longest due first: of those to one recipient about one referral only the next. */
export async function listDueMessages(db: Db, now: Date, limit: number): Promise<Claimable[]> {
  return listDue(db, now, isNull(outbox.leasedUntil), limit)
}

/** Due messages whose lease ran out, or is longer than anybody takes one: their sender died, or the clock was moved. */
export async function listLapsedMessages(db: Db, now: Date, longestLease: Date, limit: number): Promise<Claimable[]> {
  const isLapsed = or(lte(outbox.leasedUntil, now), gt(outbox.leasedUntil, longestLease))
  return listDue(db, now, and(isNotNull(outbox.leasedUntil), isLapsed), limit)
}

/** Takes those of the messages whose lease is as it was read; they are the caller's until the lease runs out. */
export async function claimMessages(tx: Db, read: Claimable[], now: Date, leasedUntil: Date): Promise<OutboxRow[]> {
  if (read.length === 0) return []
  const asRead = read.map(({ id, leasedUntil: lease }) =>
    and(eq(outbox.id, id), lease ? eq(outbox.leasedUntil, lease) : isNull(outbox.leasedUntil)),
  )
  return tx
    .update(outbox)
    .set({ leasedUntil })
    .where(and(or(...asRead), isDue(now)))
    .returning()
}

/** Keeps messages claimed, or with null gives them back: those that still have one of the leases they were given. */
export async function leaseMessages(tx: Db, ids: string[], given: Date[], leasedUntil: Date | null): Promise<void> {
  if (ids.length > 0)
    await tx
      .update(outbox)
      .set({ leasedUntil })
      .where(and(inArray(outbox.id, ids), inArray(outbox.leasedUntil, given), isOwed))
}

/** What became of a message: exactly one of the first two moments, or neither while it is to be tried again. */
export type Fate = Pick<OutboxRow, 'sentAt' | 'endedAt' | 'failedAt' | 'outcome' | 'attempts' | 'nextAttemptAt'>

export async function settleMessage(tx: Db, id: string, fate: Partial<Fate>): Promise<void> {
  await tx
    .update(outbox)
    .set({ ...fate, leasedUntil: null })
    .where(and(eq(outbox.id, id), isOwed))
}

/** The longest that a message waits after so many failed attempts; the last of a list holds for all beyond it. */
export interface PlannedPause {
  attempts: number
  until: Date
}

/** Messages that would wait longer than was ever planned, as they do after the clock was set back. */
export async function listStrayMessages(
  db: Db,
  now: Date,
  { pauses, hourDigest }: { pauses: PlannedPause[]; hourDigest: Date },
  limit: number,
): Promise<string[]> {
  const isLast = (nth: number) => nth === pauses.length - 1
  const isStray = or(
    and(eq(outbox.attempts, 0), lte(outbox.nextAttemptAt, outbox.createdAt)),
    and(eq(outbox.attempts, 0), eq(outbox.notice, 'hour-digest'), gt(outbox.nextAttemptAt, hourDigest)),
    ...pauses.map(({ attempts, until }, nth) =>
      and((isLast(nth) ? gte : eq)(outbox.attempts, attempts), gt(outbox.nextAttemptAt, until)),
    ),
  )
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isOwed, gt(outbox.nextAttemptAt, now), isStray))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function hastenMessages(tx: Db, ids: string[], now: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ nextAttemptAt: now })
    .where(and(inArray(outbox.id, ids), isOwed, gt(outbox.nextAttemptAt, now)))
}

/** The letter that told a person of this event, since when it was owed, and when a mail server first took it or one like it. */
export async function findLetterOf(
  db: Db,
  { referralId, eventId }: { referralId: string; eventId: string },
): Promise<{ owedAt: Date; sentAt: Date } | undefined> {
  const [row] = await db
    .select({ owedAt: min(outbox.createdAt), sentAt: min(outbox.sentAt) })
    .from(outbox)
    .where(and(eq(outbox.referralId, referralId), eq(outbox.eventId, eventId), eq(outbox.toKind, 'person')))
  return row?.owedAt && row.sentAt ? { owedAt: row.owedAt, sentAt: row.sentAt } : undefined
}

/** The repetition of a message that is still on its way, where there is one. */
export async function findRepetition(tx: Db, { id, referralId }: OutboxRow): Promise<{ id: string } | undefined> {
  if (!referralId) return undefined
  const [row] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.referralId, referralId), eq(outbox.resends, id), isOwed))
    .limit(1)
  return row
}

/** Somebody told the recipient another way. False where that was said already, or nothing failed. */
export async function markHandled(tx: Db, id: string, handledBy: string, handledAt: Date): Promise<boolean> {
  const marked = await tx
    .update(outbox)
    .set({ handledBy, handledAt })
    .where(and(eq(outbox.id, id), isNotNull(outbox.failedAt), isNull(outbox.handledAt)))
    .returning({ id: outbox.id })
  return marked.length > 0
}

/** A mail server took it, and another said later that nobody has it: it never arrived. */
export async function markBounced(tx: Db, id: string, at: Date, outcome: string): Promise<boolean> {
  const marked = await tx
    .update(outbox)
    .set({ sentAt: null, endedAt: at, failedAt: at, outcome })
    .where(and(eq(outbox.id, id), isNotNull(outbox.sentAt)))
    .returning({ id: outbox.id })
  return marked.length > 0
}
