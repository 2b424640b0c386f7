import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { DigestNotice } from '../domain/digest.ts'
import type { MailMode } from '../domain/notices.ts'
import type { Db } from './database.ts'
import { type Fate, isOwed, type OutboxRow } from './outbox.ts'
import { memberships, organisations, outbox, placements, referrals } from './schema.ts'

/** How a message ends that went out on its own, and one that a digest told. */
export const SENT = 'sent'
export const TOLD_TOGETHER = 'sent in a digest'
// From the first try on nothing joins a digest, and nothing else is put into one: what may have arrived comes again as it
// was, with the same Message-ID.
export const UNDER_WAY = 'under way'

/** What decides whether messages go out on their own, by their ids. Those that tell of no referral are not among them. */
export async function listMailFacts(db: Db, ids: string[]) {
  const rows = await db
    .select({
      id: outbox.id,
      priority: referrals.priority,
      offerDueOn: sql<string | null>`case when ${placements.status} = 'offered' then ${placements.nextDueOn} end`,
      userMode: memberships.mailMode,
      organisationMode: organisations.mailMode,
      /** For which organisation the recipient does the work that it tells of. */
      organisationId: sql<string>`case when ${outbox.toKind} = 'organisation' then ${outbox.toId} else ${referrals.receivingOrganisationId} end`,
    })
    .from(outbox)
    .innerJoin(referrals, eq(referrals.id, outbox.referralId))
    .leftJoin(placements, eq(placements.id, outbox.placementId))
    .leftJoin(organisations, eq(organisations.id, outbox.toId))
    .leftJoin(
      memberships,
      and(eq(memberships.userId, outbox.toId), eq(memberships.organisationId, referrals.receivingOrganisationId)),
    )
    .where(inArray(outbox.id, ids))
  return rows.map(({ userMode, organisationMode, ...row }) => ({
    ...row,
    mode: userMode ?? organisationMode ?? ('events' satisfies MailMode),
  }))
}

/** When these recipients were sent e-mails about single events since then. */
export async function listSinglesSince(db: Db, toIds: string[], since: Date): Promise<Map<string, Date[]>> {
  const singles = new Map<string, Date[]>()
  if (toIds.length === 0) return singles
  const rows = await db
    .select({ toId: outbox.toId, sentAt: outbox.sentAt })
    .from(outbox)
    .where(and(inArray(outbox.toId, toIds), gt(outbox.sentAt, since), eq(outbox.outcome, SENT), isSingle))
  for (const { toId, sentAt } of rows) if (sentAt) singles.set(toId, [...(singles.get(toId) ?? []), sentAt])
  return singles
}

// Links and digests tell of no one referral.
const isSingle = sql`${outbox.referralId} is not null`

/** Who a digest is for: somebody, in the work that they do for an organisation. */
export interface DigestFor extends Pick<OutboxRow, 'toKind' | 'toId'> {
  organisationId: string
  notice: DigestNotice
}

/** The digest for somebody that others may still join: none of it was tried. */
export async function findOpenDigest(tx: Db, { toId, organisationId, notice }: DigestFor) {
  const [row] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        isOwed,
        eq(outbox.toId, toId),
        eq(outbox.notice, notice),
        eq(outbox.eventId, organisationId),
        isNull(outbox.outcome),
      ),
    )
    .limit(1)
  return row
}

/** Of a digest `event_id` names the organisation whose work it tells of. */
export async function insertDigest(tx: Db, digest: DigestFor & { id: string; createdAt: Date; until: Date }) {
  const { until, organisationId, ...row } = digest
  await tx.insert(outbox).values({ ...row, eventId: organisationId, nextAttemptAt: until, attempts: 0 })
}

/** Messages that wait for this digest from now on. Whoever was sent one already is told of it there once more. */
export async function joinDigest(tx: Db, ids: string[], digestId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ digestId, leasedUntil: null })
    .where(and(inArray(outbox.id, ids), isNull(outbox.digestId)))
}

/** Says that a message may have arrived: of a digest before the first try, of others when the server's answer was lost. */
export async function markUnderWay(tx: Db, id: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ outcome: UNDER_WAY })
    .where(and(eq(outbox.id, id), isNull(outbox.outcome)))
}

/** Everything that a digest is to tell, in the order in which it was owed. */
export async function listToldIn(db: Db, digestId: string): Promise<OutboxRow[]> {
  return db.select().from(outbox).where(eq(outbox.digestId, digestId)).orderBy(asc(outbox.createdAt), asc(outbox.id))
}

/** What a digest's fate is to those that wait for it: these of them, or all. */
export async function settleWaiting(tx: Db, digestId: string, fate: Partial<Fate>, ids?: string[]): Promise<void> {
  if (ids?.length === 0) return
  await tx
    .update(outbox)
    .set(fate)
    .where(and(eq(outbox.digestId, digestId), isOwed, ids && inArray(outbox.id, ids)))
}

/** A digest came back: what it told, and nothing else did, was never told. */
export async function markToldBounced(tx: Db, digestId: string, at: Date, outcome: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ sentAt: null, endedAt: at, failedAt: at, outcome })
    .where(and(eq(outbox.digestId, digestId), eq(outbox.outcome, TOLD_TOGETHER)))
}

/** Sends what waits for a day's digest at the next turn, because its recipient wants it so. */
export async function hastenDigests(
  tx: Db,
  { toId, organisationId }: { toId: string; organisationId: string },
  now: Date,
): Promise<void> {
  await tx
    .update(outbox)
    .set({ nextAttemptAt: now })
    .where(
      and(
        isOwed,
        eq(outbox.toId, toId),
        eq(outbox.eventId, organisationId),
        eq(outbox.notice, 'day-digest'),
        isNull(outbox.outcome),
      ),
    )
}
