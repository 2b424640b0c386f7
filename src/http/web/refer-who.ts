import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../../actions/access/permit.ts'
import { openDraft, saveDraft } from '../../actions/referrals/drafts.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { draftForm, faultsInWho } from './draft-form.ts'
import { type FieldFault, faultyForm, type Values, valuesOf } from './forms.ts'
import { keepNewDraft } from './keep-draft.ts'
import { baseOf, homeOf, show } from './layout.ts'

const PAGE = { title: 'Who are you referring?' }

function page(request: FastifyRequest, reply: FastifyReply, values: Values, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  const frame = { ...PAGE, part: `${baseOf(actor)}/refer`, back: { href: homeOf(actor), text: 'Back' }, faults }
  const model = { form: faultyForm(values, faults), action: request.url }
  return show(request, reply, 'refer-who', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/refer', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    permit(actor, 'referral.create')
    const id = queryWord(request.query, 'draft')
    const { who } = draftForm(id ? (await openDraft(request.context, actor, id)).content : {})
    return page(request, reply, who)
  })

  app.post('/o/:organisation/refer', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const who = valuesOf(request.body)
    const faults = faultsInWho(who, request.context.now())
    if (faults.length > 0) return page(request, reply, who, faults, 400)
    const id = queryWord(request.query, 'draft')
    const draft = id
      ? await saveDraft(request.context, actor, id, { ...(await openDraft(request.context, actor, id)).content, who })
      : await keepNewDraft(request, { who, why: {} })
    return reply.redirect(`${baseOf(actor)}/refer/${draft.id}/why`, 303)
  })
}
