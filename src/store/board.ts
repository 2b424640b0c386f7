import { and, asc, count, eq, gt, gte, inArray, isNotNull, lte, max, ne, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { type Db, prepared } from './database.ts'
import { matching, type ReferralFilter } from './referral-filter.ts'
import { contacts, events, outbox, people, referrals, users } from './schema.ts'
import { IN_VAIN, isUnheard, severity } from './stages.ts'

// Without the people hardly more than an index is read, so only a ward looks for them.
function holding({ ward, ...filter }: ReferralFilter): (SQL | undefined)[] {
  const livesIn = sql`exists (select 1 from ${people} where ${people.id} = ${referrals.personId} and ${people.wardCode} = ${ward})`
  return [ward ? livesIn : undefined, ...matching(filter)]
}

/** How many there are, counted no further than `most`: a board says "200+" and reads no more for it. */
export async function countUpTo(db: Db, visible: SQL, filter: ReferralFilter, most: number): Promise<number> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(referrals)
    .where(and(visible, ...holding(filter)))
    .limit(most)
    .as('some')
  const [row] = await db.select({ count: count() }).from(some)
  return row?.count ?? 0
}

/** Of one filter the worst first, from a place in that order on. */
export async function listWorstRows(
  db: Db,
  visible: SQL,
  filter: ReferralFilter & { today: Day },
  { crisisRisks, skip, limit }: { crisisRisks: readonly string[]; skip: number; limit: number },
) {
  // Everything that is stuck has to be put in order, but only what is shown is read whole.
  const worst = await db
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(visible, ...holding(filter)))
    .orderBy(severity(filter.today, crisisRisks), asc(referrals.nextDueOn), asc(referrals.id))
    .limit(limit)
    .offset(skip)
  const ids = worst.map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await db
    .select({ referral: referrals, person: people })
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(inArray(referrals.id, ids))
  const byId = new Map(rows.map((row) => [row.referral.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** How many fall due on each day up to the last one, and how many of them wait for their first conversation. */
export async function countDueByDay(db: Db, visible: SQL, filter: ReferralFilter, last: Day) {
  return db
    .select({
      day: referrals.nextDueOn,
      count: count(),
      uncalled: sql<number>`sum(case when ${referrals.status} in ('submitted', 'assigned') then 1 else 0 end)`.mapWith(
        Number,
      ),
    })
    .from(referrals)
    .where(and(visible, isNotNull(referrals.nextDueOn), lte(referrals.nextDueOn, last), ...holding(filter)))
    .groupBy(referrals.nextDueOn)
    .orderBy(asc(referrals.nextDueOn))
}

/** Navigators' tries since the last conversation, for each referral that has any. */
export async function countFailedTries(db: Db, referralIds: string[]): Promise<Map<string, number>> {
  if (referralIds.length === 0) return new Map()
  const rows = await db
    .select({ referralId: contacts.referralId, tries: count() })
    .from(contacts)
    .where(and(inArray(contacts.referralId, referralIds), IN_VAIN))
    .groupBy(contacts.referralId)
  return new Map(rows.map(({ referralId, tries }) => [referralId, tries]))
}

/** Messages about each referral that could not be sent, and that nothing made up for. */
export async function countUnheard(db: Db, referralIds: string[], today: Day): Promise<Map<string, number>> {
  if (referralIds.length === 0) return new Map()
  const rows = await db
    .select({ referralId: outbox.referralId, unheard: count() })
    .from(outbox)
    .where(and(inArray(outbox.referralId, referralIds), isUnheard(today)))
    .groupBy(outbox.referralId)
  return new Map(rows.map(({ referralId, unheard }) => [referralId ?? '', unheard]))
}

/** What each navigator of a service carries, by priority, and what of it came since then: one query for everybody. */
export async function countLoads(db: Db, organisationId: string, since: Date) {
  const isNew = gte(referrals.receivedAt, sql.param(since, referrals.receivedAt))
  return db
    .select({
      navigatorId: referrals.navigatorId,
      priority: referrals.priority,
      open: count(),
      fresh: sql<number>`sum(case when ${isNew} then 1 else 0 end)`.mapWith(Number),
    })
    .from(referrals)
    .where(
      and(
        eq(referrals.receivingOrganisationId, organisationId),
        // Whatever is open has a due day, and nothing else: these stand in an index of their own.
        isNotNull(referrals.nextDueOn),
        isNotNull(referrals.navigatorId),
      ),
    )
    .groupBy(referrals.navigatorId, referrals.priority)
}

const newest = prepared('events.newest', (db) => db.select({ id: max(events.id) }).from(events))

/** The newest event of all: ids sort by age, so whatever comes later is greater. Empty where nothing ever happened. */
export async function newestEventId(db: Db): Promise<string> {
  const [row] = await newest(db)
  return row?.id ?? ''
}

/** So many events after one are looked at, whosever they are: the answer costs the same on any day. */
const LOOKED_AT = 500

/** What others did to a service's referrals soon after an event, oldest first. */
export async function listDoneSince(
  db: Db,
  { organisationId, since, notBy }: { organisationId: string; since: string; notBy: string },
) {
  const later = db
    .select({ id: events.id, type: events.type, referralId: events.referralId, actorId: events.actorId })
    .from(events)
    .where(gt(events.id, since))
    .orderBy(asc(events.id))
    .limit(LOOKED_AT)
    .as('later')
  return db
    .select({ type: later.type, referralId: referrals.id, by: users.name })
    .from(later)
    .innerJoin(referrals, eq(referrals.id, later.referralId))
    .leftJoin(users, eq(users.id, later.actorId))
    .where(
      and(
        // From the few events to their referrals: left bare, SQLite begins with every referral of the service.
        sql`coalesce(${referrals.receivingOrganisationId}, '') = ${organisationId}`,
        sql`coalesce(${later.actorId}, '') <> ${notBy}`,
      ),
    )
    .orderBy(asc(later.id))
}

const doneToSince = prepared('events.doneToSince', (db) =>
  db
    .select({ by: users.name })
    .from(events)
    .leftJoin(users, eq(users.id, events.actorId))
    .where(
      and(
        eq(events.referralId, sql.placeholder('referralId')),
        gt(events.id, sql.placeholder('since')),
        ne(sql`coalesce(${events.actorId}, '')`, sql.placeholder('notBy')),
      ),
    )
    .orderBy(asc(events.id))
    .limit(1),
)

/** Who changed one referral first after an event, leaving somebody's own changes out; undefined where nobody did. */
export async function findChangeSince(db: Db, change: { referralId: string; since: string; notBy: string }) {
  const [row] = await doneToSince(db, change)
  return row
}
