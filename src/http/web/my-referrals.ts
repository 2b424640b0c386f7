import type { FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import type { Page } from '../../actions/page.ts'
import { countReferralFits } from '../../actions/referrals/count-fits.ts'
import { countOutcomes } from '../../actions/referrals/count-outcomes.ts'
import { listDrafts } from '../../actions/referrals/drafts.ts'
import { listNews, type News } from '../../actions/referrals/list-news.ts'
import { listReferrals, type ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { CLOSED_REFERRAL, OPEN_REFERRAL } from '../../domain/referral-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, doneIn, queryWord } from './addresses.ts'
import { lineToCopy } from './copy-line.ts'
import { draftRows } from './draft-rows.ts'
import { fitFigures } from './fit-words.ts'
import { baseOf, show } from './layout.ts'
import { outcomesPicture } from './outcomes-picture.ts'
import { progressOf } from './progress.ts'
import { priorityTag, referralTag } from './tags.ts'

const PAGE_ROWS = 25

/** What the list can be narrowed to. A question waits for whoever referred, and for nobody else. */
const FILTERS = {
  open: { text: 'Open', status: OPEN_REFERRAL, nothing: 'None of your referrals is open.' },
  closed: { text: 'Closed', status: CLOSED_REFERRAL, nothing: 'None of your referrals is closed yet.' },
  waiting: { text: 'Waiting for you', status: ['information_needed'], nothing: 'No question waits for you.' },
} as const
type FilterName = keyof typeof FILTERS

const DONE: Record<string, string> = { 'draft-deleted': 'The draft is deleted.' }

function filterIn(query: unknown): FilterName | null {
  const name = queryWord(query, 'show') ?? ''
  return Object.hasOwn(FILTERS, name) ? (name as FilterName) : null
}

/** One line of the list: who, how far, the news, and what is next or how it ended. */
export function rowOf(referral: ReferralSummary, base: string, news?: News) {
  const progress = progressOf(referral)
  const isOpen = isOpenReferral(referral.status)
  const hasMoved = !isOpen || referral.contactedAt !== null || referral.placements.length > 0
  const told = {
    ...referral,
    caption: progress.caption,
    summary: referral.closingSummary,
    reason: referral.closingReason,
  }
  return {
    id: referral.id,
    name: referral.personName,
    href: `${base}/referrals/${referral.id}`,
    reference: referral.reference,
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    progress,
    next: referral.nextAction,
    isAsked: referral.status === 'information_needed',
    news: news ?? null,
    changedAt: referral.changedAt,
    isOpen,
    copyLine: hasMoved ? lineToCopy(told) : null,
  }
}

/** A page of the list. An address that was kept too long, or cut, leads to the newest instead of nowhere. */
async function pageOf(request: FastifyRequest, actor: Actor, filter: FilterName | null) {
  const after = queryWord(request.query, 'after')
  const list = (from: string | undefined): Promise<Page<ReferralSummary>> =>
    listReferrals(request.context, actor, {
      as: 'referring',
      order: 'news',
      limit: PAGE_ROWS,
      after: from,
      status: filter ? FILTERS[filter].status : undefined,
    })
  try {
    return { ...(await list(after)), isFirst: !after, hasMovedOn: false }
  } catch (error) {
    if (!after || !(error instanceof Refusal) || error.kind !== 'invalid') throw error
    return { ...(await list(undefined)), isFirst: true, hasMovedOn: true }
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals', atOrganisation, async (request, reply) => {
    const { context } = request
    const actor = actorOf(request)
    permit(actor, 'referral.create')
    const base = baseOf(actor)
    const filter = filterIn(request.query)
    const page = await pageOf(request, actor, filter)
    const isStart = page.isFirst && !filter
    const ids = page.items.map(({ id }) => id)
    const news = await listNews(context, actor, ids, request.sessionId)
    const drafts = isStart && actor.role === 'referrer' ? await listDrafts(context, actor) : []
    const months = isStart && page.items.length > 0 ? await countOutcomes(context, actor) : []
    const figures = isStart && page.items.length > 0 ? await countReferralFits(context, actor) : null
    const rows = page.items.map((referral) => rowOf(referral, base, news.of.get(referral.id)))
    const at = (name: FilterName) => `${base}/referrals?show=${name}`
    const query = filter ? `show=${filter}&` : ''
    const frame = {
      title: 'My referrals',
      part: `${base}/referrals`,
      scripts: ['copy'],
      done: doneIn(request.query, DONE),
    }
    return show(request, reply, 'my-referrals', frame, {
      rows,
      fresh: rows.filter((row) => row.news?.isNew).length,
      since: news.since,
      drafts: draftRows(drafts, base, context.now()),
      filter: filter ? { ...FILTERS[filter], name: filter } : null,
      filters: (Object.keys(FILTERS) as FilterName[]).map((name) => ({
        text: FILTERS[name].text,
        href: at(name),
        isChosen: name === filter,
      })),
      isFirst: page.isFirst,
      hasMovedOn: page.hasMovedOn,
      picture: outcomesPicture(months),
      figures: figures && fitFigures(figures),
      links: {
        refer: `${base}/refer`,
        all: `${base}/referrals`,
        newest: filter ? at(filter) : `${base}/referrals`,
        older: page.next ? `${base}/referrals?${query}after=${encodeURIComponent(page.next)}` : null,
      },
    })
  })
}
