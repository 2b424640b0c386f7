import { and, asc, desc, eq, inArray, isNotNull, like, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import type { NextAction } from '../domain/next-action.ts'
import { searchName } from '../domain/person.ts'
import { normaliseReference } from '../domain/reference.ts'
import { Refusal } from '../domain/refusal.ts'
import { type AnyColumn, jsonArrayContains } from './columns.ts'
import { type Db, inserting, kept, prepared, saving } from './database.ts'
import { RetryWrite, uniqueViolation } from './failures.ts'
import { people, referrals } from './schema.ts'

export type ReferralRow = typeof referrals.$inferSelect
export type NewReferral = typeof referrals.$inferInsert
export type ReferralChanges = Partial<Omit<ReferralRow, 'id' | 'version' | 'reference' | 'personId' | 'receivedAt'>>

/** The one next action as columns; null empties them, which only a closed state may have. */
export function nextColumns(next: NextAction | null) {
  return {
    nextOwnerKind: next?.ownerKind ?? null,
    nextOwnerId: next?.ownerId ?? null,
    nextStep: next?.step ?? null,
    nextDueOn: next?.dueOn ?? null,
    remindedAt: null,
  }
}

const byId = prepared('referrals.byId', (db) =>
  db
    .select()
    .from(referrals)
    .where(eq(referrals.id, sql.placeholder('id'))),
)

export async function findReferral(db: Db, id: string): Promise<ReferralRow | undefined> {
  const [row] = await byId(db, { id })
  return row
}

const byReference = prepared('referrals.byReference', (db) =>
  db
    .select()
    .from(referrals)
    .where(eq(referrals.reference, sql.placeholder('reference'))),
)

export async function findReferralByReference(db: Db, reference: string): Promise<ReferralRow | undefined> {
  const [row] = await byReference(db, { reference })
  return row
}

/** For what hangs on a referral: its absence is a fault of ours, not a question. */
export async function getReferralRow(db: Db, id: string): Promise<ReferralRow> {
  const row = await findReferral(db, id)
  if (!row) throw new Error('A placement names a referral that is not there.')
  return row
}

const insert = inserting(referrals)

export async function insertReferral(tx: Db, row: NewReferral): Promise<ReferralRow> {
  try {
    return await insert(tx, row)
  } catch (error) {
    // One in thousands of millions: the unit runs again and draws another.
    if (uniqueViolation(error) === 'referrals.reference') throw new RetryWrite('The reference is taken.')
    throw error
  }
}

const save = saving(referrals)

/** Writes against the version that was read: whoever comes second is told, and writes nothing. */
export async function saveReferral(tx: Db, read: ReferralRow, changes: ReferralChanges): Promise<ReferralRow> {
  const saved = await save(tx, read, changes)
  if (!saved)
    throw new Refusal('changed-meanwhile', 'Somebody changed this referral in the meantime. Look at it again.')
  return saved
}

/** News that changes nothing of the referral itself: it stands first in the lists that show news. */
const touch = prepared('referrals.touch', (db) =>
  db
    .update(referrals)
    .set({ changedAt: kept('changedAt', referrals.changedAt) })
    .where(eq(referrals.id, sql.placeholder('id'))),
)

export async function touchReferral(tx: Db, id: string, changedAt: Date): Promise<void> {
  await touch(tx, { id, changedAt })
}

export interface ReferralFilter {
  status?: readonly string[] | undefined
  ward?: string | undefined
  need?: string | undefined
  navigatorId?: string | null | undefined
  priority?: string | undefined
  overdueOn?: Day | undefined
  search?: string | undefined
}

/** `newest` by receipt, `news` by last change, `due` by the next action's day (open ones only). */
export type ReferralOrder = 'newest' | 'news' | 'due'

/** The values of the last row of a page: the next page starts after them. */
export interface ReferralCursor {
  value: string
  id: string
}

function matching(filter: ReferralFilter): (SQL | undefined)[] {
  const reference = filter.search && normaliseReference(filter.search)
  const name = filter.search ? searchName(filter.search) : ''
  return [
    filter.status && inArray(referrals.status, filter.status as ReferralRow['status'][]),
    filter.ward ? eq(people.wardCode, filter.ward) : undefined,
    filter.need ? jsonArrayContains(referrals.needs, filter.need) : undefined,
    filter.navigatorId === null ? sql`${referrals.navigatorId} is null` : undefined,
    filter.navigatorId ? eq(referrals.navigatorId, filter.navigatorId) : undefined,
    filter.priority ? eq(referrals.priority, filter.priority as ReferralRow['priority']) : undefined,
    filter.overdueOn ? lt(referrals.nextDueOn, filter.overdueOn) : undefined,
    filter.search
      ? or(
          reference ? eq(referrals.reference, reference) : undefined,
          name ? or(like(people.searchName, `${name}%`), like(people.searchName, `% ${name}%`)) : sql`1 = 0`,
        )
      : undefined,
  ]
}

const ORDERS = {
  newest: { column: referrals.receivedAt, direction: desc },
  news: { column: referrals.changedAt, direction: desc },
  due: { column: referrals.nextDueOn, direction: asc },
} as const satisfies Record<ReferralOrder, { column: AnyColumn; direction: typeof asc }>

/** One page of referrals with their people, without OFFSET: the last row of a page says where the next begins. */
export async function listReferralRows(
  db: Db,
  visible: SQL,
  filter: ReferralFilter,
  page: { order: ReferralOrder; limit: number; after?: ReferralCursor | undefined },
) {
  const { column, direction } = ORDERS[page.order]
  const { after } = page
  const bound =
    after &&
    (page.order === 'due' ? after.value : sql.param(new Date(after.value), column as typeof referrals.receivedAt))
  const beyond =
    after && sql`(${column}, ${referrals.id}) ${sql.raw(direction === asc ? '>' : '<')} (${bound}, ${after.id})`
  return db
    .select({ referral: referrals, person: people })
    .from(referrals)
    .innerJoin(people, eq(people.id, referrals.personId))
    .where(and(visible, ...matching(filter), page.order === 'due' ? isNotNull(referrals.nextDueOn) : undefined, beyond))
    .orderBy(direction(column), direction(referrals.id))
    .limit(page.limit)
}
