import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { listMatches, type MatchView } from '../../actions/referrals/list-matches.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { accessNeedsOf } from '../../domain/access-needs.ts'
import { ACCESS } from '../../domain/directory.ts'
import { typed } from '../../domain/person.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { namedBetter, projectCards, standsInTheWay } from './match-cards.ts'
import { needsBanner } from './person-words.ts'

const Sending = z.object({
  groupId: z.string({ error: 'Choose a group' }).min(1, 'Choose a group').max(64),
  overrideReason: typed(500, 'The reason').optional(),
})

// The ranking puts what is best first; the rest is there for whoever wants to look on.
const SHOWN = 6
const REASONS_SHOWN = 4

const DONE = {
  planned: 'The plan is saved. Now find a project together.',
  answered: 'The answers are saved, and the projects sorted by them.',
}

/** Projects in the order of the ranking, one that was named as a better one first: those that may take the person, then those whose rules say no. */
export function matchModel(
  matches: MatchView[],
  referral: ReferralView,
  values: Values = {},
  faults: FieldFault[] = [],
) {
  const named = namedBetter(referral)
  const isNamed = ({ projectId }: MatchView) => named.has(projectId)
  const fits = ({ verdict }: MatchView) => verdict !== 'not_eligible'
  const isUseful = (one: MatchView) => fits(one) && (one.meetsNeeds.length > 0 || one.isCrisis || isNamed(one))
  // Crisis support leads whatever else was named.
  const leads = (one: MatchView) => one.why.some(({ about }) => about === 'crisis')
  const cards = (some: MatchView[]) => projectCards(some, referral, values, faults)
  const useful = matches.filter(isUseful)
  const order = (one: MatchView) => (leads(one) ? 0 : isNamed(one) ? 1 : 2)
  const fitting = cards([0, 1, 2].flatMap((part) => useful.filter((one) => order(one) === part)))
  const unfitting = cards(matches.filter((one) => !fits(one)))
  return {
    count: fitting.length,
    fitting: fitting.slice(0, SHOWN),
    more: fitting.slice(SHOWN),
    isMoreOpen: fitting.slice(SHOWN).some(({ hasError }) => hasError),
    others: cards(matches.filter((one) => fits(one) && !isUseful(one))),
    unfitting,
    isOverriding: unfitting.some(({ hasError }) => hasError),
    // Where nothing has room the waiting list is a way too, and is said to be one.
    isAllFull: fitting.length > 0 && fitting.every(({ groups }) => groups.every(({ hasRoom }) => !hasRoom)),
    inTheWay: standsInTheWay(matches).slice(0, REASONS_SHOWN),
    lookedFor: lookedFor(referral),
    needs: referral.needs.map(({ label }) => label),
    banner: needsBanner(referral.person),
    name: referral.person.fullName,
  }
}

/** How what was written of access was understood, for whoever knows better. */
function lookedFor({ person }: ReferralView): string[] {
  return accessNeedsOf({ communicationNeeds: person.communicationNeeds ?? null, facts: {} }).map(
    ({ code, because }) => `${ACCESS[code]}, because of “${because}”`,
  )
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  values: Values = {},
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const base = `${baseOf(actor)}/referrals/${id}`
  const matches = await listMatches(request.context, actor, id)
  const referral = await openReferral(request.context, actor, id)
  const frame = {
    title: `Projects for ${referral.reference}`,
    back: { href: base, text: referral.person.fullName },
    faults,
    done: doneIn(request.query, DONE),
  }
  const model = {
    ...matchModel(matches, referral, values, faults),
    action: `${base}/placements${queryWord(request.query, 'from') === 'stuck' ? '?from=stuck' : ''}`,
    referralHref: base,
  }
  return show(
    request,
    reply,
    'matches',
    frame,
    {
      ...model,
      mayPlace: referral.allowedActions.includes('placements'),
      holdHref: referral.allowedActions.includes('hold') ? `${base}/do/hold` : null,
      signpostHref: referral.allowedActions.includes('signposts') ? `${base}/do/signposts` : null,
      unmetHref: referral.allowedActions.includes('unmet-needs') ? `${base}/do/unmet-needs` : null,
    },
    status,
  )
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/matches', atRecord, (request, reply) =>
    page(request, reply, request.params.id),
  )

  app.post('/o/:organisation/referrals/:id/placements', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const sending = { ...values, overrideReason: text(values, 'overrideReason') }
    // The group's own place on the page, where the fault is said again.
    const fieldOf = () => `group-${text(values, 'groupId')}`
    const { data, faults } = parse(Sending, sending, fieldOf)
    if (!data) return page(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => sendPlacement(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/referrals/${id}?done=sent`,
      again: (refused, status) => {
        const faults = refused.map((fault) => ({ ...fault, field: fieldOf() }))
        return page(request, reply, id, values, faults, status)
      },
    })
  })
}
