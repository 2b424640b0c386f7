import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import { OPEN_REFERRAL } from '../../domain/referral-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import { STAGES } from '../../domain/stages.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { addressWith, chosenIn, cursorIn, filterModel, listingOf, offeredTo, STAGE_WORDS } from './board-filter.ts'
import type { FieldFault } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { ticket } from './ticket.ts'

const ROWS = 50

/** One stage of the board as a list that goes on page by page, from which a lead can give several away in one go. */
export async function listPage(
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FieldFault[] = [],
  status?: number,
) {
  const { context } = request
  const actor = actorOf(request)
  const base = baseOf(actor)
  permit(actor, 'referral.view-work', { receiving: actor.organisationId })
  const path = `${base}/list`
  const offered = await offeredTo(context, actor)
  const chosen = chosenIn(request.query, actor, offered)
  const listing = {
    ...listingOf(chosen),
    stage: chosen.stage,
    status: OPEN_REFERRAL,
    as: 'receiving',
    order: 'due',
  } as const
  const after = cursorIn(request.query)
  let hasMovedOn = false
  const page = await listReferrals(context, actor, { ...listing, limit: ROWS, after }).catch((error) => {
    // A cursor of another day, or of nobody's: the list begins again, and says so.
    if (!(error instanceof Refusal) || error.code !== 'invalid-input' || after === undefined) throw error
    hasMovedOn = true
    return listReferrals(context, actor, { ...listing, limit: ROWS })
  })
  const title = chosen.stage ? STAGE_WORDS[chosen.stage] : 'All open referrals'
  const frame = {
    title,
    part: `${base}/board`,
    isWide: true,
    faults,
    back: { href: addressWith(`${base}/board`, chosen), text: 'Board' },
    done: doneWords(queryWord(request.query, 'given')),
  }
  const model = {
    title,
    filter: filterModel(path, chosen, offered, actor),
    stages: [
      { text: 'All', href: addressWith(path, chosen, { stage: undefined }), isNow: !chosen.stage },
      ...STAGES.map((stage) => ({
        text: STAGE_WORDS[stage],
        href: addressWith(path, chosen, { stage }),
        isNow: stage === chosen.stage,
      })),
    ],
    rows: page.items.map((item) => ticket(item, actor)),
    nextHref: page.next && addressWith(path, chosen, { after: page.next }),
    firstHref: after && !hasMovedOn ? addressWith(path, chosen) : null,
    hasMovedOn,
    mayAssign: actor.role === 'triage_lead',
    assignHref: `${base}/assign`,
    error: faults[0]?.text ?? null,
    here: { ...chosen, after: after ?? null },
  }
  return show(request, reply, 'list', frame, model, status)
}

function doneWords(given: string | undefined): string | undefined {
  const count = Number(given)
  if (!Number.isInteger(count) || count < 1) return undefined
  return `${count} ${count === 1 ? 'referral was' : 'referrals were'} given to a colleague. They get an e-mail.`
}

export function register(app: App): void {
  app.get('/o/:organisation/list', atOrganisation, (request, reply) => listPage(request, reply))
}
