import { addDays, type Day, isDay, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { STAGES, type Stage } from '../../domain/stages.ts'
import { countDueByDay, countUpTo, listFirstDue, listWorst, newestEventId, withoutWard } from '../../store/board.ts'
import type { ReferralFilter } from '../../store/referral-filter.ts'
import { getListedReferrals } from '../../store/referral-lists.ts'
import { REFERRAL_TIES, type Ways, waysTo } from '../../store/scope.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { cursorOf, readCursor } from '../page.ts'
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

function receivedBy(actor: Actor): Ways {
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  return waysTo(actor, 'referral.view-work', { receiving: REFERRAL_TIES.receiving })
}

/** The first cards of every column, what is due first on top. It reads as much of a hundred referrals as of a million. */
export async function openBoard(context: Context, actor: Actor, listing: BoardListing) {
  const ways = receivedBy(actor)
  const { read } = context.db
  const now = context.now()
  const since = await newestEventId(read)
  const filter = await withoutWard(read, ways, filterOf(listing, actor, now))
  const columns: string[][] = []
  for (const stage of STAGES) columns.push(await listFirstDue(read, ways, { ...filter, stage }, BOARD.counted))
  const cards = columns.map((ids) => ids.slice(0, BOARD.cards))
  const rows = await getListedReferrals(read, cards.flat())
  const summaries = await summarise(context, actor, rows, now)
  const ids = summaries.map(({ id }) => id)
  await recordListLook(context, actor, 'referral', ids)
  const byId = new Map(summaries.map((summary) => [summary.id, summary]))
  const countOf = (asked: ReferralFilter, most: number) => countUpTo(read, ways, asked, most)
  return {
    since,
    // Asked apart from the filters: whoever is next is next, whatever is being looked at.
    hasNew: (await countOf({ status: ['submitted'] }, 1)) > 0,
    columns: STAGES.map(
      (stage, nth): BoardColumn => ({
        stage,
        count: columns[nth]?.length ?? 0,
        items: cards[nth]?.flatMap((id) => byId.get(id) ?? []) ?? [],
      }),
    ),
    /** How many of whatever else is looked at stand still: each counted as if it were asked for alone. */
    still: {
      question: await countOf({ ...filter, shows: ['question'] }, BOARD.counted),
      'on-hold': await countOf({ ...filter, shows: ['on-hold'] }, BOARD.counted),
    },
    due: await dueDays(context, ways, filter, londonDay(now)),
  }
}

/** What falls due when, of all that stands on the board. */
export async function readDue(context: Context, actor: Actor, listing: BoardListing): Promise<DueDay[]> {
  const ways = receivedBy(actor)
  const now = context.now()
  const filter = await withoutWard(context.db.read, ways, filterOf(listing, actor, now))
  return dueDays(context, ways, filter, londonDay(now))
}

async function dueDays({ db }: Context, ways: Ways, filter: ReferralFilter, today: Day): Promise<DueDay[]> {
  const rows = await countDueByDay(db.read, ways, filter, addDays(today, BOARD.daysAhead))
  const late = rows.filter(({ day }) => day !== null && day < today)
  const sum = (field: 'count' | 'uncalled') => late.reduce((total, row) => total + row[field], 0)
  return [
    ...(late.length > 0 ? [{ day: null, count: sum('count'), uncalled: sum('uncalled') }] : []),
    ...rows.filter(({ day }) => day !== null && day >= today),
  ]
}

const isRank = (value: string) => /^[0-4] /.test(value) && isDay(value.slice(2))

/** What is late or broken, worst first, from after a place in that order on; `next` goes on after the first of them. */
export async function listStuck(
  context: Context,
  actor: Actor,
  listing: BoardListing & { after?: string | undefined; limit: number },
): Promise<{ count: number; items: ReferralSummary[]; next: string | null; since: string }> {
  const ways = receivedBy(actor)
  const cursor = readCursor(listing.after, isRank)
  const { read } = context.db
  const now = context.now()
  const since = await newestEventId(read)
  const filter = { ...filterOf(listing, actor, now), stage: 'stuck' as const }
  const asked = { ...(await withoutWard(read, ways, filter)), today: filter.today }
  const count = await countUpTo(read, ways, asked, BOARD.counted)
  const after = cursor && { rank: Number(cursor.value.slice(0, 1)), due: cursor.value.slice(2), id: cursor.id }
  const places = await listWorst(read, ways, asked, { after, limit: listing.limit })
  const rows = await getListedReferrals(
    read,
    places.map(({ id }) => id),
  )
  const items = await summarise(context, actor, rows, now)
  await recordListLook(
    context,
    actor,
    'referral',
    items.map(({ id }) => id),
  )
  const [top, below] = places
  return { count, items, next: top && below ? cursorOf({ value: `${top.rank} ${top.due}`, id: top.id }) : null, since }
}
