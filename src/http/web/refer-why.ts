import type { FastifyReply, FastifyRequest } from 'fastify'
import { openDraft, saveDraft } from '../../actions/referrals/drafts.ts'
import { NEED_GROUPS, NEEDS, type NeedCode, needLabel } from '../../domain/needs.ts'
import { PRIORITIES, RISK_KINDS } from '../../domain/referral-request.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { type DraftForm, draftForm, faultsInWhy, REASON_LENGTH } from './draft-form.ts'
import { type FieldFault, faultyForm, several, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { PRIORITY_WORDS, RISK_WORDS } from './words.ts'

const PRIORITY_HINTS = {
  routine: 'A first call within 10 working days.',
  priority: 'A first call within 5 working days.',
  urgent: 'A call the same working day, not now.',
}

/** The groups in plain words, and under each the codes that say it more exactly. */
function model(values: Values, faults: FieldFault[], { who }: DraftForm) {
  const exact = several(values, 'needs')
  return {
    form: faultyForm({ priority: 'routine', ...values }, faults),
    name: who.fullName ?? 'this person',
    groups: NEED_GROUPS.map(({ label }, index) => ({
      value: String(index),
      text: label,
      // Hands stay on the keys; after a refusal the summary comes first.
      ...(index === 0 && faults.length === 0 ? { attributes: { autofocus: '' } } : {}),
    })),
    exact: NEED_GROUPS.flatMap(({ codes }) => codes)
      .filter((code): code is NeedCode => Object.hasOwn(NEEDS, code))
      .map((code) => ({ value: code, text: needLabel(code) })),
    isExact: exact.length > 0,
    priorities: PRIORITIES.map((value) => ({
      value,
      text: PRIORITY_WORDS[value],
      hint: { text: PRIORITY_HINTS[value] },
    })),
    risks: RISK_KINDS.map((value) => ({ value, text: RISK_WORDS[value] })),
    reasonLength: REASON_LENGTH,
  }
}

function page(
  request: FastifyRequest,
  reply: FastifyReply,
  draft: { id: string } & DraftForm,
  faults: FieldFault[] = [],
  status = 200,
) {
  const base = baseOf(actorOf(request))
  const frame = {
    title: 'Why are you referring them?',
    part: `${base}/refer`,
    back: { href: `${base}/refer?draft=${draft.id}`, text: 'Back to who' },
    faults,
    scripts: ['count'],
  }
  return show(request, reply, 'refer-why', frame, { ...model(draft.why, faults, draft), action: request.url }, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/refer/:id/why', atRecord, async (request, reply) => {
    const { id, content } = await openDraft(request.context, actorOf(request), request.params.id)
    return page(request, reply, { id, ...draftForm(content) })
  })

  app.post('/o/:organisation/refer/:id/why', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id, content } = await openDraft(request.context, actor, request.params.id)
    const { who } = draftForm(content)
    const why = valuesOf(request.body)
    const faults = faultsInWhy(why)
    if (faults.length > 0) return page(request, reply, { id, who, why }, faults, 400)
    await saveDraft(request.context, actor, id, { who, why })
    return reply.redirect(`${baseOf(actor)}/refer/${id}/check`, 303)
  })
}
