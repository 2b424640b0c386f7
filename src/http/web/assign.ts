import type { FastifyReply, FastifyRequest } from 'fastify'
import { listLoads } from '../../actions/access/list-loads.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { assignSeveral, MOST_AT_ONCE } from '../../actions/referrals/assign-several.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWords } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, several, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { listPage } from './list.ts'
import { loadLines } from './loads.ts'
import { standsNow } from './standing.ts'

const CHOOSE: FieldFault = { field: 'navigatorId', text: 'Choose a colleague' }
const SELECT: FieldFault = { field: 'selected', text: 'Select a referral for this task' }

function requireLead(actor: Actor, receiving: string | null = actor.organisationId): void {
  if (!may(actor, 'referral.reassign', { receiving }))
    throw new Refusal('not-allowed', 'Giving work to a colleague is for the triage lead.')
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  values: Values,
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const referral = await openReferral(request.context, actor, id)
  requireLead(actor, referral.receivingOrganisation?.id ?? null)
  const frame = {
    title: 'Give it to a colleague',
    back: { href: `${base}/referrals/${id}`, text: referral.person.fullName },
    faults,
  }
  const model = {
    form: faultyForm(values, faults),
    colleagues: loadLines(await listLoads(request.context, actor), actor, referral.navigator?.id),
    what: referral.person.fullName,
    refs: [],
    now: status === 409 ? standsNow(referral) : null,
    action: request.url,
  }
  return show(request, reply, 'assign', frame, model, status)
}

async function pageForSeveral(
  request: FastifyRequest,
  reply: FastifyReply,
  refs: string[],
  values: Values,
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const frame = { title: 'Give to a colleague', back: { href: `${base}/list`, text: 'List' }, faults }
  const model = {
    form: faultyForm(values, faults),
    colleagues: loadLines(await listLoads(request.context, actor), actor),
    what: refs.length === 1 ? '1 referral' : `${refs.length} referrals`,
    refs,
    now: null,
    action: `${base}/assign`,
  }
  return show(request, reply, 'assign', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/assign', atRecord, (request, reply) =>
    page(request, reply, request.params.id, {}),
  )

  app.post('/o/:organisation/referrals/:id/assign', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const navigatorId = text(values, 'navigatorId')
    if (!navigatorId) return page(request, reply, id, values, [CHOOSE], 400)
    return carryOut(request, reply, {
      act: (context) => assignReferral(context, actor, id, { navigatorId }),
      goTo: () => `${baseOf(actor)}/referrals/${id}?done=assigned`,
      again: (faults, status) => page(request, reply, id, values, faults, status),
    })
  })

  app.get('/o/:organisation/assign', atOrganisation, (request, reply) => {
    requireLead(actorOf(request))
    const refs = queryWords(request.query, 'ref').slice(0, MOST_AT_ONCE)
    // The list again, with everything that was chosen to look at.
    if (refs.length === 0) return listPage(request, reply, [SELECT], 400)
    return pageForSeveral(request, reply, refs, {})
  })

  app.post('/o/:organisation/assign', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    requireLead(actor)
    const values = valuesOf(request.body)
    const refs = several(values, 'ref')
    const navigatorId = text(values, 'navigatorId')
    if (refs.length === 0) return listPage(request, reply, [SELECT], 400)
    if (!navigatorId) return pageForSeveral(request, reply, refs, values, [CHOOSE], 400)
    return carryOut(request, reply, {
      act: (context) => assignSeveral(context, actor, refs, navigatorId),
      goTo: ({ count }) => `${baseOf(actor)}/list?given=${count}`,
      again: (faults, status) => pageForSeveral(request, reply, refs, values, faults, status),
    })
  })
}
