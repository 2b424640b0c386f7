import type { FastifyReply, FastifyRequest } from 'fastify'
import { listColleagues } from '../../actions/access/list-colleagues.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

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
  if (!may(actor, 'referral.reassign', { receiving: referral.receivingOrganisation?.id ?? null }))
    throw new Refusal('not-allowed', 'Giving work to a colleague is for the triage lead.')
  const colleagues = (await listColleagues(request.context, actor))
    .filter(({ role }) => role === 'navigator' || role === 'triage_lead')
    .map((colleague) => ({
      value: colleague.id,
      text: colleague.id === actor.userId ? `${colleague.name} (you)` : colleague.name,
      ...(colleague.id === referral.navigator?.id ? { hint: { text: 'Has it now' } } : {}),
    }))
  const frame = {
    title: 'Give it to a colleague',
    back: { href: `${base}/referrals/${id}`, text: referral.person.fullName },
    faults,
  }
  const model = { form: faultyForm(values, faults), colleagues, name: referral.person.fullName, action: request.url }
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
    if (!navigatorId)
      return page(request, reply, id, values, [{ field: 'navigatorId', text: 'Choose a colleague' }], 400)
    return carryOut(request, reply, {
      act: (context) => assignReferral(context, actor, id, { navigatorId }),
      goTo: () => `${baseOf(actor)}/referrals/${id}?done=assigned`,
      again: (faults, status) => page(request, reply, id, values, faults, status),
    })
  })
}
