import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { listMatches } from '../../actions/referrals/list-matches.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import { typed } from '../../domain/person.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { matchModel, partModel, partNamed, personModel } from './match-parts.ts'

const Sending = z.object({
  groupId: z.string({ error: 'Choose a group' }).min(1, 'Choose a group').max(64),
  overrideReason: typed(500, 'The reason').optional(),
})

const DONE = {
  planned: 'The plan is saved. Now find a project together.',
  answered: 'The answers are saved, and the projects sorted by them.',
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
  const from = queryWord(request.query, 'from') === 'stuck' ? '?from=stuck' : ''
  const address = `${base}/matches${from}`
  const part = partNamed(queryWord(request.query, 'see'))
  const after = queryWord(request.query, 'after')
  const frame = {
    title: `Projects for ${referral.reference}`,
    back: part ? { href: address, text: 'The best projects' } : { href: base, text: referral.person.fullName },
    faults,
    done: doneIn(request.query, DONE),
  }
  const model = {
    ...personModel(referral),
    ...(part
      ? { part: partModel(matches, referral, address, { part, after }) }
      : matchModel(matches, referral, address, values, faults)),
    action: `${base}/placements${from}`,
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
