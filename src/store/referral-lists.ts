import { and, asc, desc, eq, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { type AnyColumn, asContained, jsonArrayContains } from './columns.ts'
import { type Db, kept, listed, oneOf, type Prepared, prepared } from './database.ts'
import type { PersonRow } from './people.ts'
import { isParticular, matching, type ReferralFilter } from './referral-filter.ts'
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
  /** The filters that are set; of states it matters whether it is one or several. */
  asked: (keyof typeof CONDITIONS)[]
}

const place = (name: string) => sql.placeholder(name)

const CONDITIONS = {
  status: () => eq(referrals.status, place('status')),
  statuses: () => oneOf(referrals.status, 'statuses'),
  ward: () => eq(people.wardCode, place('ward')),
  need: () => jsonArrayContains(referrals.needs, place('need')),
  unassigned: () => isNull(referrals.navigatorId),
  navigator: () => eq(referrals.navigatorId, place('navigator')),
  priority: () => eq(referrals.priority, place('priority')),
  overdue: () => lt(referrals.nextDueOn, place('overdueOn')),
  after: () => undefined,
} satisfies Record<string, () => SQL | undefined>

type Values = Record<string, unknown>

/** The conditions of a filter by name, and the values that go with them. */
function read(filter: ReferralFilter, after: ReferralCursor | undefined, order: ReferralOrder) {
  const { status, ward, need, navigatorId, priority, overdueOn } = filter
  const asked: Shape['asked'] = []
  const values: Values = {}
  const ask = (name: Shape['asked'][number], more: Values) => {
    asked.push(name)
    Object.assign(values, more)
  }
  if (status?.length === 1) ask('status', { status: status[0] })
  else if (status) ask('statuses', { statuses: listed(status) })
  if (ward) ask('ward', { ward })
  if (need) ask('need', { need: asContained(need) })
  if (navigatorId === null) ask('unassigned', {})
  if (navigatorId) ask('navigator', { navigator: navigatorId })
  if (priority) ask('priority', { priority })
  if (overdueOn) ask('overdue', { overdueOn })
  if (after) ask('after', { after: order === 'due' ? after.value : new Date(after.value), afterId: after.id })
  return { asked, values }
}

const queries = new Map<string, Prepared<ListedReferral[]>>()

function queryOf(shape: Shape): Prepared<ListedReferral[]> {
  const { way, order, asked } = shape
  const name = ['referrals.list', way?.name, order, ...asked].join('.')
  const known = queries.get(name)
  if (known) return known
  const query = prepared(name, (db) => build(db, shape))
  queries.set(name, query)
  return query
}

function build(db: Db, { way, order, asked }: Shape) {
  const isAfter = asked.includes('after')
  const bound = isAfter ? { value: kept('after', ORDERS[order].column), id: place('afterId') } : undefined
  const conditions = [way ? eq(way, place('organisationId')) : undefined, ...asked.map((name) => CONDITIONS[name]())]
  return pageOf(db, order, conditions, bound).limit(place('limit'))
}

function pageOf(db: Db, order: ReferralOrder, conditions: (SQL | undefined)[], after?: { value: SQL; id: unknown }) {
  const { column, direction } = ORDERS[order]
  const sign = sql.raw(direction === asc ? '>' : '<')
  return db
    .select(SHOWN)
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(
      and(
        ...conditions,
        order === 'due' ? isNotNull(referrals.nextDueOn) : undefined,
        after && sql`(${column}, ${referrals.id}) ${sign} (${after.value}, ${after.id})`,
      ),
    )
    .orderBy(direction(column), direction(referrals.id))
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
  const { asked, values } = read(filter, after, order)
  const lists = []
  for (const way of columns)
    if (isParticular(filter)) {
      const { column } = ORDERS[order]
      const value = after && (order === 'due' ? sql`${after.value}` : sql`${sql.param(new Date(after.value), column)}`)
      const conditions = [way ? eq(way, organisationId) : undefined, ...matching(filter)]
      lists.push(await pageOf(db, order, conditions, value && { value, id: after.id }).limit(limit))
    } else lists.push(await queryOf({ way, order, asked })(db, { ...values, organisationId, limit }))
  const [only] = lists
  return lists.length === 1 && only ? only : merged(lists, order, limit)
}

function merged(lists: ListedReferral[][], order: ReferralOrder, limit: number): ListedReferral[] {
  const rows = [...new Map(lists.flat().map((row) => [row.referral.id, row])).values()]
  const placeOf = ({ referral }: ListedReferral) => `${sortValue(referral, order)} ${referral.id}`
  rows.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  return (order === 'due' ? rows : rows.reverse()).slice(0, limit)
}
