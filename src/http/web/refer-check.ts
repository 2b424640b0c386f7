import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../actions/context.ts'
import { openDraft } from '../../actions/referrals/drafts.ts'
import { submitForReceipt } from '../../actions/referrals/submit-referral.ts'
import { planWanted } from '../../actions/referrals/wanted-project.ts'
import { BASIS_WORDS } from '../../domain/consent.ts'
import { ageOn, londonDay } from '../../domain/day.ts'
import { needLabel } from '../../domain/needs.ts'
import { dueByPriority, LIMITS } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { withAnd } from '../../domain/phrases.ts'
import { ReferralRequest } from '../../domain/referral-request.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut, refuseUnlessAnswered } from './carry-out.ts'
import { draftForm, fieldOf, requestOf } from './draft-form.ts'
import { type FieldFault, parse, text, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { safeWords } from './person-words.ts'
import { PRIORITY_WORDS, RISK_WORDS } from './words.ts'

/** Everything on one card, as it will be sent. */
export function cardOf({ person, needs, reason, priority, risks, consent, basis }: ReferralRequest, now: Date) {
  const lines = [...(person.address?.lines ?? []), person.address?.postcode ?? person.postcode ?? '']
  return {
    name: person.fullName,
    dateOfBirth: person.dateOfBirth,
    age: ageOn(person.dateOfBirth, londonDay(now)),
    nhsNumber: person.nhsNumber ?? null,
    phone: person.phone ?? null,
    email: person.email ?? null,
    address: person.noFixedAddress ? 'No fixed address' : lines.filter(Boolean).join('\n'),
    safe: safeWords(person.safeContact ?? null),
    agreement: consent.shareWithNavigator
      ? 'Agrees to be referred'
      : `${basis && BASIS_WORDS[basis.kind]}: ${basis?.reason}`,
    needs: needs.map(needLabel),
    reason,
    priority: PRIORITY_WORDS[priority],
    isUrgent: priority === 'urgent',
    risks: risks === 'none_known' ? 'None known' : withAnd(risks.map(({ kind }) => RISK_WORDS[kind])),
    riskDetail: risks === 'none_known' ? null : risks[0]?.detail || null,
    access: [
      person.interpreter ? `Interpreter${person.preferredLanguage ? `: ${person.preferredLanguage}` : ''}` : null,
      person.preferredLanguage && !person.interpreter ? `Language: ${person.preferredLanguage}` : null,
      person.communicationNeeds ?? null,
    ].filter((line) => line !== null),
    callBy: dueByPriority(LIMITS.firstContact, priority, now),
    getsEmail: Boolean(person.email && person.safeContact?.email),
  }
}

async function page(request: FastifyRequest, reply: FastifyReply, id: string, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  const base = `${baseOf(actor)}/refer`
  const { content } = await openDraft(request.context, actor, id)
  const { data } = parse(ReferralRequest, requestOf(draftForm(content)), fieldOf)
  // Something is still missing: the screen on which it stands says what.
  if (!data) return reply.redirect(`${base}/${id}/why`, 303)
  const frame = {
    title: 'Check before you send',
    part: base,
    back: { href: `${base}/${id}/why`, text: 'Back to why' },
    faults: faults.map(({ text }) => ({ field: '', text })),
  }
  const wanted = (await planWanted(request.context, actor, data)) ?? null
  const way = wanted === null ? '' : wanted.straight ? 'straight' : 'service'
  const links = { who: `${base}?draft=${id}`, why: `${base}/${id}/why`, send: `${base}/${id}/check` }
  return show(
    request,
    reply,
    'refer-check',
    frame,
    { card: cardOf(data, request.context.now()), wanted, way, links },
    status,
  )
}

/** What the page said would become of the wish for a project is what is sent, or it is refused and said anew. */
function sentAs({ projectId, groupId, ...request }: ReferralRequest, way: string | undefined): ReferralRequest {
  if (way === 'straight') return { ...request, projectId, groupId }
  const { shareWithProject: _, ...consent } = request.consent
  return { ...request, consent, ...(way === 'service' ? { projectId } : {}) }
}

/** The draft's content: with a first click it went, and then that click's answer stands. */
async function contentOf(context: Context, actor: Actor, id: string) {
  try {
    return (await openDraft(context, actor, id)).content
  } catch (error) {
    return refuseUnlessAnswered(context, error)
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/refer/:id/check', atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post('/o/:organisation/refer/:id/check', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const way = text(valuesOf(request.body), 'way')
    return carryOut(request, reply, {
      act: async (context) => {
        const content = await contentOf(context, actor, id)
        const request = ReferralRequest.parse(requestOf(draftForm(content)))
        return submitForReceipt(context, actor, sentAs(request, way), id)
      },
      goTo: (referral) => `${baseOf(actor)}/referrals/${referral.id}/sent`,
      again: (faults, status) => page(request, reply, id, faults, status),
    })
  })
}
