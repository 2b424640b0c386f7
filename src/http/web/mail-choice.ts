import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseMail, type MailChoice, readMailChoice } from '../../actions/service/mail-choice.ts'
import type { MailMode } from '../../domain/notices.ts'
import { MailChoiceBody } from '../api/shapes/messages.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

const DONE: Record<string, string> = { saved: 'Saved. It holds from the next e-mail on.' }

const MODES: { value: MailMode; text: string; hint: { text: string } }[] = [
  {
    value: 'events',
    text: 'Each e-mail as it happens',
    hint: { text: 'After five within an hour, the others come together.' },
  },
  {
    value: 'digest',
    text: 'Once a day, together',
    hint: { text: 'At 8:30am on working days. Urgent ones still come at once.' },
  },
  { value: 'both', text: 'Both', hint: { text: 'Each as it happens, and a list of them in the morning.' } },
]

const valuesFor = ({ mine, shared }: MailChoice): Values => ({ mine: mine ?? '', shared: shared ?? '' })

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  sent?: { values: Values; faults: FieldFault[]; status: number },
) {
  const actor = actorOf(request)
  const choice = await readMailChoice(request.context, actor)
  const faults = sent?.faults ?? []
  const model = {
    name: actor.organisationName,
    hasOwn: choice.mine !== null,
    hasShared: choice.shared !== null,
    modes: MODES,
    form: faultyForm(sent?.values ?? valuesFor(choice), faults),
    action: `${baseOf(actor)}/settings/mail`,
    messagesHref: actor.role === 'organisation_admin' ? null : `${baseOf(actor)}/messages`,
  }
  const frame = { title: 'Your e-mails', done: doneIn(request.query, DONE), faults }
  return show(request, reply, 'mail-choice', frame, model, sent?.status ?? 200)
}

export function register(app: App): void {
  const address = '/o/:organisation/settings/mail'

  app.get(address, atOrganisation, (request, reply) => page(request, reply))

  app.post(address, atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    const values = valuesOf(request.body)
    const { data, faults } = parse(MailChoiceBody, { mine: text(values, 'mine'), shared: text(values, 'shared') })
    if (!data) return page(request, reply, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => chooseMail(context, actor, data),
      goTo: () => `${baseOf(actor)}/settings/mail?done=saved`,
      again: (faults, status) => page(request, reply, { values, faults, status }),
    })
  })
}
