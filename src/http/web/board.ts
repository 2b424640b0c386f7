import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listFailedMessages } from '../../actions/outbox/referral-messages.ts'
import { listReferrals, type ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { OPEN_REFERRAL } from '../../domain/referral-moves.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { priorityTag, referralTag } from './tags.ts'

const COLUMNS = [
  { stage: 'new', title: 'New', empty: 'Nothing new.' },
  { stage: 'contacting', title: 'Contacting', empty: 'Nobody to call.' },
  { stage: 'matching', title: 'Matching', empty: 'Nobody to match.' },
  { stage: 'with-provider', title: 'With a project', empty: 'Nobody with a project.' },
  { stage: 'stuck', title: 'Stuck', empty: 'Nothing is late.' },
] as const
type Stage = (typeof COLUMNS)[number]['stage']

/** Where a referral stands in the work, whether or not it is late. */
function stageOf({ status, placements }: ReferralSummary): Exclude<Stage, 'stuck'> {
  if (status === 'submitted') return 'new'
  if (status === 'assigned' || status === 'information_needed') return 'contacting'
  if (status === 'redirected' || placements.some((placement) => isOpenPlacement(placement.status)))
    return 'with-provider'
  return 'matching'
}

// What stands still for a reason that everybody should see.
const STILL: readonly ReferralSummary['status'][] = ['information_needed', 'on_hold', 'redirected']

const CHIPS = [
  {
    show: 'question',
    text: 'Question waiting',
    holds: ({ status, placements }: ReferralSummary) =>
      status === 'information_needed' || placements.some((placement) => placement.status === 'information_needed'),
  },
  { show: 'on-hold', text: 'On hold', holds: ({ status }: ReferralSummary) => status === 'on_hold' },
  { show: 'other-team', text: 'With another team', holds: ({ status }: ReferralSummary) => status === 'redirected' },
  { show: 'overdue', text: 'Overdue', holds: ({ nextAction }: ReferralSummary) => nextAction?.isOverdue ?? false },
]

/** The states that hide in a column as links with their number; the chosen one leads back to everything. */
export function chipsOf(referrals: ReferralSummary[], here: string, chosen: string | undefined) {
  return CHIPS.map(({ show, text, holds }) => {
    const isChosen = show === chosen
    const count = referrals.filter(holds).length
    return { text, count, isChosen, href: isChosen ? here : `${here}&show=${show}` }
  }).filter(({ count, isChosen }) => count > 0 || isChosen)
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

function ticket(referral: ReferralSummary, actor: Actor) {
  const stage = stageOf(referral)
  const isLate = referral.nextAction?.isOverdue ?? false
  const open = referral.placements.filter(({ status }) => isOpenPlacement(status))
  return {
    column: isLate ? 'stuck' : stage,
    stage: COLUMNS.find((column) => column.stage === stage)?.title,
    isLate,
    href: `${baseOf(actor)}/referrals/${referral.id}`,
    initials: referral.initials,
    reference: referral.reference,
    needs: referral.needs.map(({ label }) => label),
    area: referral.area,
    days: referral.daysWaiting,
    next: referral.nextAction,
    placement: open[0] ? { project: open[0].projectName, status: open[0].statusText } : null,
    navigator: referral.navigator && referral.navigator.id !== actor.userId ? referral.navigator.name : null,
    tags: [
      priorityTag(referral.priority),
      STILL.includes(referral.status) ? referralTag(referral.status) : null,
      referral.flags.interpreter ? { text: 'Interpreter', colour: 'purple' } : null,
      referral.flags.accessNeeds && !referral.flags.interpreter ? { text: 'Access needs', colour: 'purple' } : null,
      referral.flags.risk ? { text: 'Risk', colour: 'red' } : null,
    ].filter((tag) => tag !== null),
    takeAction: referral.status === 'submitted' ? `${baseOf(actor)}/referrals/${referral.id}/take` : null,
  }
}

// Of a long column the rest stands folded: what is due first is what matters.
const SHOWN = 12

/** The columns with their cards, the one due first on top. */
export function boardModel(referrals: ReferralSummary[], actor: Actor, isFiltered = false) {
  const tickets = referrals.map((referral) => ticket(referral, actor))
  const columns = COLUMNS.map((column) => {
    const all = tickets.filter((one) => one.column === column.stage)
    const empty = isFiltered ? 'None of these.' : column.empty
    return { ...column, empty, count: all.length, tickets: all.slice(0, SHOWN), more: all.slice(SHOWN) }
  })
  const oldest = Math.max(0, ...tickets.filter(({ column }) => column === 'contacting').map(({ days }) => days))
  return { columns, oldest, hasNew: tickets.some(({ takeAction }) => takeAction !== null) }
}

const MOST = 200

export async function boardPage(
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FieldFault[] = [],
  status = 200,
): Promise<FastifyReply> {
  const actor = actorOf(request)
  const base = baseOf(actor)
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  const whose = queryWord(request.query, 'whose') ?? (actor.role === 'triage_lead' ? 'all' : 'mine')
  const failed = await listFailedMessages(request.context, actor)
  const page = await listReferrals(request.context, actor, {
    status: OPEN_REFERRAL,
    as: 'receiving',
    order: 'due',
    limit: MOST,
  })
  // What nobody has taken is everybody's.
  const shown =
    whose === 'all' ? page.items : page.items.filter(({ navigator }) => !navigator || navigator.id === actor.userId)
  const chosen = CHIPS.find(({ show }) => show === queryWord(request.query, 'show'))
  // A referral is asked of a team by its next action, so what this service itself sent away is left out.
  const redirected = await listReferrals(request.context, actor, { status: 'redirected', order: 'due', limit: MOST })
  const frame = {
    title: 'Board',
    part: `${base}/board`,
    isWide: true,
    faults,
    done:
      queryWord(request.query, 'done') === 'answered' ? 'Your answer is saved, and the service is told.' : undefined,
  }
  const links = { mine: `${base}/board?whose=mine`, all: `${base}/board?whose=all`, next: `${base}/board/next` }
  const model = {
    ...boardModel(chosen ? shown.filter(chosen.holds) : shown, actor, chosen !== undefined),
    hasNew: shown.some(({ status }) => status === 'submitted'),
    chips: chipsOf(shown, whose === 'all' ? links.all : links.mine, chosen?.show),
    team: askedOfTeam(redirected.items, actor),
    // A team that only takes on what others send it has no columns to fill.
    isService: actor.organisationKind === 'navigation_service' || page.items.length > 0,
    failedMessages: failed.map(({ referralId, reference, noticeText }) => ({
      text: `${reference}: ${noticeText}`,
      href: `${base}/referrals/${referralId}`,
    })),
    whose,
    links,
    isCut: page.next !== null,
    most: MOST,
  }
  return show(request, reply, 'board', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/board', atOrganisation, (request, reply) => boardPage(request, reply))
}
