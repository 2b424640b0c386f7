import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { MessageList } from '../domain/messages.ts'
import type { Db } from './database.ts'
import { IS_MADE_UP_FOR, IS_SENT_AGAIN } from './message-fates.ts'
import { organisations, outbox, referrals, users } from './schema.ts'

const STANDING = {
  id: outbox.id,
  notice: outbox.notice,
  toKind: outbox.toKind,
  createdAt: outbox.createdAt,
  attempts: outbox.attempts,
  sentAt: outbox.sentAt,
  endedAt: outbox.endedAt,
  failedAt: outbox.failedAt,
  outcome: outbox.outcome,
  digestId: outbox.digestId,
  resends: outbox.resends,
  handledAt: outbox.handledAt,
  organisationName: organisations.name,
  userName: users.name,
}

export type StandingMessage = Awaited<ReturnType<typeof listMessagesAbout>>[number]

/** Every message about a referral, in the order in which they were owed. */
export async function listMessagesAbout(db: Db, referralId: string) {
  return db
    .select(STANDING)
    .from(outbox)
    .leftJoin(organisations, eq(organisations.id, outbox.toId))
    .leftJoin(users, eq(users.id, outbox.toId))
    .where(eq(outbox.referralId, referralId))
    .orderBy(asc(outbox.createdAt), asc(outbox.id))
}

/** Messages given up, newest first, that neither a later one to the same recipient nor somebody made up for. */
export async function listFailedRows(
  db: Db,
  inScope: SQL,
  { after, limit }: { after: Place | undefined; limit: number },
) {
  const { where, order } = inList('failed', after)
  return (
    db
      .select({ ...STANDING, referralId: referrals.id, reference: referrals.reference })
      .from(outbox)
      // From the few messages to their referrals: SQLite keeps the order of a cross join, and else begins with every referral.
      .crossJoin(referrals)
      .leftJoin(organisations, eq(organisations.id, outbox.toId))
      .leftJoin(users, eq(users.id, outbox.toId))
      .where(
        and(
          eq(referrals.id, outbox.referralId),
          where,
          isNull(outbox.handledAt),
          inScope,
          sql`not ${IS_MADE_UP_FOR}`,
          sql`not ${IS_SENT_AGAIN}`,
        ),
      )
      .orderBy(...order)
      .limit(limit)
  )
}

/** Where a page goes on: the moment that the list is ordered by, and the id. */
interface Place {
  at: Date
  id: string
}

// Every id begins with its moment, so this order is that of the events, and the table itself holds it.
const LAST_ID = 'z'

function inList(list: MessageList, after: Place | undefined): { where: SQL | undefined; order: SQL[] } {
  const { id, sentAt, endedAt, failedAt, nextAttemptAt } = outbox
  // As rows, or SQLite reads the two halves apart and sorts them.
  const before = (column: typeof sentAt) =>
    after && sql`(${column}, ${id}) < (${sql.param(after.at, column)}, ${after.id})`
  if (list === 'failed') return { where: and(isNotNull(failedAt), before(failedAt)), order: [desc(failedAt), desc(id)] }
  if (list === 'sent') return { where: and(isNotNull(sentAt), before(sentAt)), order: [desc(sentAt), desc(id)] }
  const later = after && sql`(${nextAttemptAt}, ${id}) > (${sql.param(after.at, nextAttemptAt)}, ${after.id})`
  return { where: and(isNull(sentAt), isNull(endedAt), later), order: [asc(nextAttemptAt), asc(id)] }
}

const LISTED = {
  ...STANDING,
  toId: outbox.toId,
  referralId: outbox.referralId,
  placementId: outbox.placementId,
  eventId: outbox.eventId,
  isSentAgain: sql<boolean>`${IS_SENT_AGAIN}`.mapWith(Boolean),
  nextAttemptAt: outbox.nextAttemptAt,
  reference: referrals.reference,
}
export type ListedMessage = Awaited<ReturnType<typeof listMessagesTo>>[number]

/** Messages to an organisation's shared address, by what became of them. */
export async function listMessagesTo(
  db: Db,
  organisationId: string,
  page: { list: MessageList; after: Place | undefined; limit: number },
) {
  const { where, order } = inList(page.list, page.after)
  return (
    db
      .select(LISTED)
      .from(outbox)
      .crossJoin(referrals)
      .leftJoin(organisations, eq(organisations.id, outbox.toId))
      .leftJoin(users, eq(users.id, outbox.toId))
      // Nothing else is said of a link's messages here: they are about no referral.
      .where(and(eq(referrals.id, outbox.referralId), eq(outbox.toId, organisationId), where))
      .orderBy(...order)
      .limit(page.limit)
  )
}

/** Messages about the referrals in this scope. What was sent is in the order in which it came to be owed. */
export async function listMessagesIn(
  db: Db,
  inScope: SQL,
  page: { list: MessageList; after: Place | undefined; limit: number },
): Promise<ListedMessage[]> {
  const { where, order } =
    page.list === 'sent'
      ? { where: and(isNotNull(outbox.sentAt), lt(outbox.id, page.after?.id ?? LAST_ID)), order: [desc(outbox.id)] }
      : inList(page.list, page.after)
  return db
    .select(LISTED)
    .from(outbox)
    .crossJoin(referrals)
    .leftJoin(organisations, eq(organisations.id, outbox.toId))
    .leftJoin(users, eq(users.id, outbox.toId))
    .where(and(eq(referrals.id, outbox.referralId), inScope, where))
    .orderBy(...order)
    .limit(page.limit)
}

type Telling = Pick<typeof outbox.$inferSelect, 'notice' | 'toId' | 'eventId'>
const telling = ({ notice, toId, eventId }: Telling) => `${notice} ${toId} ${eventId}`

/** How often messages about these referrals were sent again since then, however often a repetition was repeated. */
export async function countRepeats(db: Db, referralIds: string[], since: Date): Promise<(message: Telling) => number> {
  const { notice, toId, eventId, referralId, resends, createdAt } = outbox
  const rows =
    referralIds.length === 0
      ? []
      : await db
          .select({ notice, toId, eventId, repeats: count() })
          .from(outbox)
          .where(and(inArray(referralId, referralIds), isNotNull(resends), gte(createdAt, since)))
          .groupBy(notice, toId, eventId)
  const found = new Map(rows.map(({ repeats, ...row }) => [telling(row), repeats]))
  return (message) => found.get(telling(message)) ?? 0
}
