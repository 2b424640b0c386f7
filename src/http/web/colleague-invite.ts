import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { inviteColleague } from '../../actions/service/invite-colleague.ts'
import { Invitation, LINK_DAYS, ROLE_HINTS, ROLE_WORDS, ROLES_IN } from '../../domain/colleague.ts'
import type { Actor } from '../../domain/organisation.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

/** The roles of this kind of organisation, as choices. */
export function roleChoices({ organisationKind }: Actor) {
  return ROLES_IN[organisationKind].map((role) => ({
    value: role,
    text: ROLE_WORDS[role],
    hint: { text: ROLE_HINTS[role] },
  }))
}

function page(request: FastifyRequest, reply: FastifyReply, values: Values, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  permit(actor, 'colleague.change')
  const part = `${baseOf(actor)}/colleagues`
  const frame = { title: 'Invite a colleague', part, back: { href: part, text: 'People' }, faults }
  const model = { form: faultyForm(values, faults), roles: roleChoices(actor), days: LINK_DAYS, action: request.url }
  return show(request, reply, 'colleague-invite', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/colleagues/invite', atOrganisation, (request, reply) => page(request, reply, {}))

  app.post('/o/:organisation/colleagues/invite', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    permit(actor, 'colleague.change')
    const values = valuesOf(request.body)
    const [name, email, role] = ['name', 'email', 'role'].map((field) => text(values, field))
    const { data, faults } = parse(Invitation, { name: name ?? '', email: email ?? '', role })
    if (!data) return page(request, reply, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => inviteColleague(context, actor, data),
      goTo: () => `${baseOf(actor)}/colleagues?done=invited`,
      again: (faults, status) => page(request, reply, values, faults, status),
    })
  })
}
