import { addDays, type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { CRISIS_RISKS } from '../../domain/seeker.ts'
import { STAGES, type Stage } from '../../domain/stages.ts'
import { countDueByDay, countUpTo, listWorstRows, newestEventId } from '../../store/board.ts'
import { listReferralRows } from '../../store/referral-lists.ts'
import { REFERRAL_TIES, scope, waysTo } from '../../store/scope.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordListLook } from '../record.ts'
import { filterOf, type ReferralListing, type ReferralSummary, summarise } from './list-referrals.ts'

/** Cards of a column, and how far a column is counted. */
export const BOARD = { cards: 12, counted: 200, daysAhead: 14 } as const

export type BoardListing = Pick<ReferralListing, 'need' | 'ward' | 'priority' | 'assignee' | 'shows'>

export interface BoardColumn {
  stage: Stage
  /** No further than `BOARD.counted`. */
  count: number
  items: ReferralSummary[]
}

/** How many fall due on a day; what is late already stands under `null`. */
export interface DueDay {
  day: Day | null
  count: number
  /** Of these, the ones nobody has spoken with. */
  uncalled: number
}

function receivedBy(actor: Actor) {
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  return scope(actor, 'referral.view-work', { receiving: REFERRAL_TIES.receiving })
}

/** The first cards of every column, what is due first on top. It reads as much of a hundred referrals as of a million. */
export async function openBoard(context: Context, actor: Actor, listing: BoardListing) {
  const visible = receivedBy(actor)
  const ways = waysTo(actor, 'referral.view-work', { receiving: REFERRAL_TIES.receiving })
  const { read } = context.db
  const now = context.now()
  const since = await newestEventId(read)
  const filter = filterOf(listing, actor, now)
  const columns = []
  for (const stage of STAGES) {
    const rows = await listReferralRows(read, ways, { ...filter, stage }, { order: 'due', limit: BOARD.cards + 1 })
    const isWhole = rows.length <= BOARD.cards
    const count = isWhole ? rows.length : await countUpTo(read, visible, { ...filter, stage }, BOARD.counted)
    columns.push({ stage, count, rows: rows.slice(0, BOARD.cards) })
  }
  const summaries = await summarise(
    context,
    actor,
    columns.flatMap(({ rows }) => rows),
    now,
  )
  const ids = summaries.map(({ id }) => id)
  await recordListLook(context, actor, 'referral', ids)
  const byId = new Map(summaries.map((summary) => [summary.id, summary]))
  return {
    since,
    // Asked apart from the filters: whoever is next is next, whatever is being looked at.
    hasNew: (await countUpTo(read, visible, { status: ['submitted'] }, 1)) > 0,
    columns: columns.map(
      ({ rows, ...column }): BoardColumn => ({
        ...column,
        items: rows.flatMap(({ referral }) => byId.get(referral.id) ?? []),
      }),
    ),
    due: await dueDays(context, actor, listing, londonDay(now)),
  }
}

async function dueDays(context: Context, actor: Actor, listing: BoardListing, today: Day): Promise<DueDay[]> {
  const last = addDays(today, BOARD.daysAhead)
  const filter = filterOf(listing, actor, context.now())
  const rows = await countDueByDay(context.db.read, receivedBy(actor), filter, last)
  const late = rows.filter(({ day }) => day !== null && day < today)
  const sum = (field: 'count' | 'uncalled') => late.reduce((total, row) => total + row[field], 0)
  return [
    ...(late.length > 0 ? [{ day: null, count: sum('count'), uncalled: sum('uncalled') }] : []),
    ...rows.filter(({ day }) => day !== null && day >= today),
  ]
}

/** What is late or broken, worst first, from a place in that order on. */
export async function listStuck(
  context: Context,
  actor: Actor,
  listing: BoardListing & { skip?: number; limit: number },
): Promise<{ count: number; items: ReferralSummary[]; since: string }> {
  const visible = receivedBy(actor)
  const { read } = context.db
  const now = context.now()
  const since = await newestEventId(read)
  const filter = { ...filterOf(listing, actor, now), stage: 'stuck' as const }
  const { skip = 0, limit } = listing
  const count = await countUpTo(read, visible, filter, BOARD.counted)
  const rows = await listWorstRows(read, visible, filter, { crisisRisks: CRISIS_RISKS, skip, limit })
  const items = await summarise(context, actor, rows, now)
  await recordListLook(
    context,
    actor,
    'referral',
    items.map(({ id }) => id),
  )
  return { count, items, since }
}
