import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listReferrals, type ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { OPEN_REFERRAL } from '../../domain/referral-moves.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { priorityTag } from './tags.ts'

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
export function boardModel(referrals: ReferralSummary[], actor: Actor) {
  const tickets = referrals.map((referral) => ticket(referral, actor))
  const columns = COLUMNS.map((column) => {
    const all = tickets.filter((one) => one.column === column.stage)
    return { ...column, count: all.length, tickets: all.slice(0, SHOWN), more: all.slice(SHOWN) }
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
  const page = await listReferrals(request.context, actor, {
    status: OPEN_REFERRAL,
    as: 'receiving',
    order: 'due',
    limit: MOST,
  })
  // What nobody has taken is everybody's.
  const shown =
    whose === 'all' ? page.items : page.items.filter(({ navigator }) => !navigator || navigator.id === actor.userId)
  const frame = { title: 'Board', part: `${base}/board`, isWide: true, faults }
  const links = { mine: `${base}/board?whose=mine`, all: `${base}/board?whose=all`, next: `${base}/board/next` }
  const model = { ...boardModel(shown, actor), whose, links, isCut: page.next !== null, most: MOST }
  return show(request, reply, 'board', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/board', atOrganisation, (request, reply) => boardPage(request, reply))
}
