import { and, asc, count, eq, gt, gte, isNotNull, lte, max, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { CRISIS_RISKS } from '../domain/seeker.ts'
import { type Db, listed, oneOf, prepared, preparedByShape } from './database.ts'
import { type Asked, askedBy, conditionsOf, type ReferralFilter } from './referral-filter.ts'
import { contacts, events, outbox, people, referrals, users } from './schema.ts'
import type { Ways } from './scope.ts'
import { IN_VAIN, IS_UNHEARD, JUDGED_LATER, severity } from './stages.ts'

const place = (name: string) => sql.placeholder(name)

/** What a board asks of the referrals that one may see: each shape of it is a query of its own, built once. */
interface Shape {
  columns: Ways['columns']
  asked: Asked
  most?: number
  isAfter?: boolean
}

const keyOf = ({ columns, asked, most, isAfter }: Shape) =>
  [...columns.map((column) => column?.name), most, isAfter, ...asked].join(' ')

const seen = ({ columns }: Shape): SQL =>
  or(...columns.map((column) => (column ? eq(column, place('organisationId')) : sql`1 = 1`))) ?? sql`1 = 0`

// Whatever is open has a due day, and an index holds it in that order.
const found = (shape: Shape) => and(seen(shape), isNotNull(referrals.nextDueOn), ...conditionsOf(shape.asked))

const firstDue = preparedByShape('board.firstDue', keyOf, (db, shape: Shape) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .where(found(shape))
    .orderBy(asc(referrals.nextDueOn), asc(referrals.id))
    .limit(shape.most ?? 1),
)

/** The open ones of a filter by their ids, the first due first, no further than `most`. It needs hardly more than an index. */
export async function listFirstDue(db: Db, ways: Ways, filter: ReferralFilter, most: number): Promise<string[]> {
  const { asked, values } = askedBy(filter)
  const { columns, organisationId } = ways
  const rows = await firstDue(db, { columns, asked, most }, { ...values, organisationId })
  return rows.map(({ id }) => id)
}

const counted = preparedByShape('board.counted', keyOf, (db, shape: Shape) => {
  // In its text: SQLite plans a statement anew whenever its LIMIT is bound to it.
  const limit = sql.raw(String(shape.most ?? 1))
  const some = sql`(select 1 from ${referrals} where ${found(shape)} limit ${limit}) as open_ones`
  return db.select({ count: count() }).from(some)
})

/** How many open ones there are, counted no further than `most`: a board says "200+" and reads no more for it. */
export async function countUpTo(db: Db, ways: Ways, filter: ReferralFilter, most: number): Promise<number> {
  const { asked, values } = askedBy(filter)
  const { columns, organisationId } = ways
  const [row] = await counted(db, { columns, asked, most }, { ...values, organisationId })
  return row?.count ?? 0
}

const inWard = preparedByShape('board.inWard', keyOf, (db, shape: Shape) =>
  db
    .select({ id: referrals.id })
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(and(found(shape), eq(people.wardCode, place('ward')))),
)

/**
 * The same filter without its ward: where people live is asked once, of those whom the filter names, and not again for
 * each column of a board.
 */
export async function withoutWard(db: Db, ways: Ways, filter: ReferralFilter): Promise<ReferralFilter> {
  const { ward, ...others } = filter
  if (!ward) return filter
  const { asked, values } = askedBy({ ...others, stage: undefined, shows: undefined })
  const { columns, organisationId } = ways
  const rows = await inWard(db, { columns, asked }, { ...values, ward, organisationId })
  return { ...others, among: rows.map(({ id }) => id) }
}

/** Where something stands in the order of what is worst: how bad, how long due, and which. */
export interface Rank {
  rank: number
  due: Day
  id: string
}

const worst = preparedByShape('board.worst', keyOf, (db, shape: Shape) => {
  const ranked = db
    .select({
      id: referrals.id,
      due: referrals.nextDueOn,
      rank: severity(JUDGED_LATER, CRISIS_RISKS).as('rank'),
    })
    .from(referrals)
    .where(found(shape))
    .as('ranked')
  const isAfter = sql`(${ranked.rank}, ${ranked.due}, ${ranked.id}) > (${place('rank')}, ${place('due')}, ${place('id')})`
  return db
    .select({ id: ranked.id, due: ranked.due, rank: ranked.rank })
    .from(ranked)
    .where(shape.isAfter ? isAfter : undefined)
    .orderBy(asc(ranked.rank), asc(ranked.due), asc(ranked.id))
    .limit(shape.most ?? 1)
})

/** Of one filter the worst first, from after a place in that order on. All of them have to be put in order for it. */
export async function listWorst(
  db: Db,
  ways: Ways,
  filter: ReferralFilter & { today: Day },
  { after, limit }: { after?: Rank | undefined; limit: number },
): Promise<Rank[]> {
  const { asked, values } = askedBy(filter)
  const { columns, organisationId } = ways
  const shape = { columns, asked, most: limit, isAfter: Boolean(after) }
  const rows = await worst(db, shape, { ...values, ...after, organisationId })
  return rows.map(({ id, rank, due }) => ({ id, rank: Number(rank), due: due ?? '' }))
}

const dueByDay = preparedByShape('board.dueByDay', keyOf, (db, shape: Shape) =>
  db
    .select({
      day: referrals.nextDueOn,
      count: count(),
      uncalled: sql<number>`sum(case when ${referrals.status} in ('submitted', 'assigned') then 1 else 0 end)`.mapWith(
        Number,
      ),
    })
    .from(referrals)
    .where(and(found(shape), lte(referrals.nextDueOn, place('last'))))
    .groupBy(referrals.nextDueOn)
    .orderBy(asc(referrals.nextDueOn)),
)

/** How many fall due on each day up to the last one, and how many of them wait for their first conversation. */
export async function countDueByDay(db: Db, ways: Ways, filter: ReferralFilter, last: Day) {
  const { asked, values } = askedBy(filter)
  const { columns, organisationId } = ways
  return dueByDay(db, { columns, asked }, { ...values, last, organisationId })
}

const failedTries = prepared('contacts.failedTries', (db) =>
  db
    .select({ referralId: contacts.referralId, tries: count() })
    .from(contacts)
    .where(and(oneOf(contacts.referralId, 'referralIds'), IN_VAIN))
    .groupBy(contacts.referralId),
)

/** Navigators' tries since the last conversation, for each referral that has any. */
export async function countFailedTries(db: Db, referralIds: string[]): Promise<Map<string, number>> {
  if (referralIds.length === 0) return new Map()
  const rows = await failedTries(db, { referralIds: listed(referralIds) })
  return new Map(rows.map(({ referralId, tries }) => [referralId, tries]))
}

const unheardOf = prepared('outbox.unheardOf', (db) =>
  db
    .select({ referralId: outbox.referralId, unheard: count() })
    .from(outbox)
    .where(and(oneOf(outbox.referralId, 'referralIds'), IS_UNHEARD))
    .groupBy(outbox.referralId),
)

/** Messages about each referral that could not be sent, and that nothing made up for. */
export async function countUnheard(db: Db, referralIds: string[]): Promise<Map<string, number>> {
  if (referralIds.length === 0) return new Map()
  const rows = await unheardOf(db, { referralIds: listed(referralIds) })
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
