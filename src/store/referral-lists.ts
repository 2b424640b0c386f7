import { and, asc, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import type { AnyColumn } from './columns.ts'
import { type Db, kept, listed, oneOf, prepared, preparedByShape } from './database.ts'
import type { PersonRow } from './people.ts'
import { type Asked, askedBy, conditionsOf, isSoughtReferral, type ReferralFilter } from './referral-filter.ts'
import type { ReferralRow } from './referrals.ts'
import { people, referrals } from './schema.ts'
import type { Ways } from './scope.ts'

/** `newest` by receipt, `news` by last change, `due` by the next action's day (open ones only). */
export type ReferralOrder = 'newest' | 'news' | 'due'

/** The values of the last row of a page: the next page starts after them. */
export interface ReferralCursor {
  value: string
  id: string
}

// A list shows a third of what the two tables hold; reading the rest costs as much as finding the rows.
const SHOWN = {
  referral: {
    id: referrals.id,
    reference: referrals.reference,
    version: referrals.version,
    status: referrals.status,
    priority: referrals.priority,
    needs: referrals.needs,
    receivedAt: referrals.receivedAt,
    contactedAt: referrals.contactedAt,
    changedAt: referrals.changedAt,
    closedAt: referrals.closedAt,
    closingReason: referrals.closingReason,
    closingSummary: referrals.closingSummary,
    navigatorId: referrals.navigatorId,
    referringOrganisationId: referrals.referringOrganisationId,
    receivingOrganisationId: referrals.receivingOrganisationId,
    redirectedToOrganisationId: referrals.redirectedToOrganisationId,
    nextOwnerKind: referrals.nextOwnerKind,
    nextOwnerId: referrals.nextOwnerId,
    nextStep: referrals.nextStep,
    nextDueOn: referrals.nextDueOn,
  },
  person: {
    fullName: people.fullName,
    postcode: people.postcode,
    wardCode: people.wardCode,
    interpreter: people.interpreter,
    communicationNeeds: people.communicationNeeds,
  },
}

export interface ListedReferral {
  referral: Pick<ReferralRow, keyof (typeof SHOWN)['referral']>
  person: Pick<PersonRow, keyof (typeof SHOWN)['person']>
}

const ORDERS = {
  newest: { column: referrals.receivedAt, direction: desc },
  news: { column: referrals.changedAt, direction: desc },
  due: { column: referrals.nextDueOn, direction: asc },
} as const satisfies Record<ReferralOrder, { column: AnyColumn; direction: typeof asc }>

/** What is asked, apart from the values: each shape is one query, built once. */
interface Shape {
  way: AnyColumn | null
  order: ReferralOrder
  asked: Asked
  isAfter: boolean
  /** Where it is one of the pages' own: SQLite plans a statement anew whenever its LIMIT is bound to it. */
  limit?: number | undefined
  /** Asked by a search, in words that are not known beforehand. */
  sought?: SQL | undefined
}

const place = (name: string) => sql.placeholder(name)

// One row more than a page holds says whether there is another.
const ofPages = new Set([26, 51])

const page = preparedByShape(
  'referrals.list',
  ({ way, order, asked, isAfter, limit }: Shape) => [way?.name, order, isAfter, limit, ...asked].join(' '),
  build,
)

function build(db: Db, { way, order, asked, isAfter, limit, sought }: Shape) {
  const { column, direction } = ORDERS[order]
  const sign = sql.raw(direction === asc ? '>' : '<')
  return db
    .select(SHOWN)
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(
      and(
        way ? eq(way, place('organisationId')) : undefined,
        ...conditionsOf(asked),
        sought,
        order === 'due' ? isNotNull(referrals.nextDueOn) : undefined,
        isAfter ? sql`(${column}, ${referrals.id}) ${sign} (${kept('after', column)}, ${place('afterId')})` : undefined,
      ),
    )
    .orderBy(direction(column), direction(referrals.id))
    .limit(limit ?? place('limit'))
}

/** What a page is sorted by, as text that sorts alike. */
export function sortValue(referral: ListedReferral['referral'], order: ReferralOrder): string {
  if (order === 'due') return referral.nextDueOn ?? ''
  return (order === 'news' ? referral.changedAt : referral.receivedAt).toISOString()
}

/**
 * One page of referrals with their people, without OFFSET: the last row of a page says where the next begins. Each way
 * to see one is a list of its own that an index holds in order; together in one condition, everything would be sorted.
 */
export async function listReferralRows(
  db: Db,
  { organisationId, columns }: Ways,
  filter: ReferralFilter,
  { order, limit, after }: { order: ReferralOrder; limit: number; after?: ReferralCursor | undefined },
): Promise<ListedReferral[]> {
  const { asked, values } = askedBy(filter)
  const from = after && { after: order === 'due' ? after.value : new Date(after.value), afterId: after.id }
  const given = { ...values, ...from, organisationId, limit }
  const sought = filter.sought && isSoughtReferral(filter.sought)
  const lists = []
  for (const way of columns) {
    const shape = { way, order, asked, isAfter: Boolean(after), limit: ofPages.has(limit) ? limit : undefined, sought }
    lists.push(sought ? await build(db, shape).prepare('').execute(given) : await page(db, shape, given))
  }
  const [first = [], ...others] = lists.filter((rows) => rows.length > 0)
  return others.length === 0 ? first : merged([first, ...others], order, limit)
}

function merged(lists: ListedReferral[][], order: ReferralOrder, limit: number): ListedReferral[] {
  const byPlace = new Map(lists.flat().map((row) => [`${sortValue(row.referral, order)} ${row.referral.id}`, row]))
  const rows = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  return (order === 'due' ? rows : rows.reverse()).slice(0, limit)
}

const byIds = prepared('referrals.listedByIds', (db) =>
  db
    .select(SHOWN)
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(oneOf(referrals.id, 'ids')),
)

/** These referrals as a list shows them, in the order of the ids. */
export async function getListedReferrals(db: Db, ids: readonly string[]): Promise<ListedReferral[]> {
  if (ids.length === 0) return []
  const rows = new Map((await byIds(db, { ids: listed(ids) })).map((row) => [row.referral.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}
