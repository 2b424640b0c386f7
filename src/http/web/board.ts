import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listFailedMessages } from '../../actions/outbox/referral-messages.ts'
import { countReferralFits } from '../../actions/referrals/count-fits.ts'
import { countSignpostsToAsk } from '../../actions/referrals/list-due-signposts.ts'
import { listReferrals, type ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import { BOARD, type BoardColumn, openBoard } from '../../actions/referrals/open-board.ts'
import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Stage } from '../../domain/stages.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { addressWith, type Chosen, chosenIn, filterModel, listingOf, offeredTo, STAGE_WORDS } from './board-filter.ts'
import { duePicture } from './due-picture.ts'
import { fitFigures } from './fit-words.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { priorityTag } from './tags.ts'
import { ticket } from './ticket.ts'

const EMPTY: Record<Stage, string> = {
  new: 'Nothing new.',
  contacting: 'Nobody to call.',
  matching: 'Nobody to match.',
  'with-provider': 'Nobody with a project.',
  stuck: 'Nothing stuck.',
}

/** A number that was counted up to a limit: "200+". */
export function countWords(count: number): string {
  return count >= BOARD.counted ? `${BOARD.counted}+` : String(count)
}

/** The columns with their cards, the one due first on top; each leads to its whole list. */
export function boardModel(columns: BoardColumn[], actor: Actor, chosen: Chosen) {
  const base = baseOf(actor)
  const isFiltered = Boolean(chosen.need || chosen.ward || chosen.priority) || chosen.shows.length > 0
  // On a small screen one column stands at a time: the one asked for, or the first that holds anything.
  const now = chosen.stage ?? columns.find(({ count }) => count > 0)?.stage ?? 'new'
  return {
    columns: columns.map(({ stage, count, items }) => ({
      stage,
      title: STAGE_WORDS[stage],
      isNow: stage === now,
      count: countWords(count),
      empty: isFiltered ? 'None of these.' : EMPTY[stage],
      tickets: items.map((item) => ticket(item, actor)),
      switchHref: addressWith(`${base}/board`, chosen, { stage }),
      listHref: count > items.length ? addressWith(`${base}/list`, chosen, { stage }) : null,
    })),
    oldest: Math.max(
      0,
      ...(columns.find(({ stage }) => stage === 'contacting')?.items ?? []).map((one) => one.daysWaiting),
    ),
  }
}

/** Referrals that another service asks this team to take on. */
export function askedOfTeam(referrals: ReferralSummary[], actor: Actor) {
  return referrals
    .filter(({ nextAction }) => nextAction?.what === 'answer_redirect' && nextAction.owner.id === actor.organisationId)
    .map(({ id, reference, initials, needs, area, priority, nextAction }) => {
      const href = `${baseOf(actor)}/referrals/${id}`
      return {
        href,
        initials,
        reference,
        needs: needs.map(({ label }) => label),
        area,
        priority: priorityTag(priority),
        next: nextAction,
        takeHref: `${href}/do/answer-redirect?answer=yes`,
        backHref: `${href}/do/answer-redirect?answer=no`,
      }
    })
}

const MOST_ASKED = 50
// The list has them all.
const MOST_FAILED = 10

export async function boardPage(
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FieldFault[] = [],
  status = 200,
): Promise<FastifyReply> {
  const { context } = request
  const actor = actorOf(request)
  const base = baseOf(actor)
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  const offered = await offeredTo(context, actor)
  const chosen = chosenIn(request.query, actor, offered)
  const failed = await listFailedMessages(context, actor, { limit: MOST_FAILED })
  const board = await openBoard(context, actor, listingOf(chosen))
  // A referral is asked of a team by its next action, so what this service itself sent away is left out.
  const redirected = await listReferrals(context, actor, {
    status: 'redirected',
    as: 'redirected',
    order: 'due',
    limit: MOST_ASKED,
  })
  const toAsk = await countSignpostsToAsk(context, actor, BOARD.counted)
  const frame = {
    title: 'Board',
    part: `${base}/board`,
    isWide: true,
    faults,
    scripts: ['changes'],
    done:
      queryWord(request.query, 'done') === 'answered' ? 'Your answer is saved, and the service is told.' : undefined,
  }
  const model = {
    ...boardModel(board.columns, actor, chosen),
    hasNew: board.hasNew,
    filter: filterModel(`${base}/board`, chosen, offered, actor, {
      question: countWords(board.still.question),
      'on-hold': countWords(board.still['on-hold']),
    }),
    due: duePicture(board.due, londonDay(context.now())),
    asked: askedOfTeam(redirected.items, actor),
    // A team that only takes on what others send it has no columns to fill.
    isService: actor.organisationKind === 'navigation_service' || board.columns.some(({ count }) => count > 0),
    failedMessages: failed.items.map(({ referralId, reference, noticeText }) => ({
      text: `${reference}: ${noticeText}`,
      href: `${base}/referrals/${referralId}`,
    })),
    hasMoreFailed: failed.next !== null,
    figures: fitFigures(await countReferralFits(context, actor)),
    messagesHref: `${base}/messages?state=failed`,
    toAsk: toAsk > 0 ? { count: countWords(toAsk), href: `${base}/did-they-go` } : null,
    nextAction: `${base}/board/next`,
    listHref: addressWith(`${base}/list`, chosen),
    stuckHref: `${base}/stuck`,
    changesHref: `${base}/changes?since=${board.since}`,
    hereHref: addressWith(`${base}/board`, chosen),
  }
  return show(request, reply, 'board', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/board', atOrganisation, (request, reply) => boardPage(request, reply))
}
