import type { FastifyReply, FastifyRequest } from 'fastify'
import { breakGlass, listGlassUses } from '../../actions/referrals/break-glass.ts'
import { may } from '../../domain/permissions.ts'
import { BreakGlassBody } from '../api/shapes/referrals.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { answerable, type FieldFault, faultsOf, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { personFacts } from './person-words.ts'
import { placementTag, referralTag } from './tags.ts'
import { RISK_WORDS } from './words.ts'

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  values: Values,
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const after = queryWord(request.query, 'after')
  const { items, next } = await listGlassUses(request.context, actor, { after, limit: 25 })
  const part = `${baseOf(actor)}/break-glass`
  const model = {
    form: faultyForm(values, faults),
    mayOpen: may(actor, 'glass.break'),
    uses: items,
    isFirst: !after,
    older: next ? `${part}?after=${encodeURIComponent(next)}` : null,
    action: part,
  }
  return show(request, reply, 'break-glass', { title: 'Open a record in an emergency', part, faults }, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/break-glass', atOrganisation, (request, reply) => page(request, reply, {}))

  // Answered at once and kept nowhere: each look needs its own reason, and the page cannot be loaded again.
  app.post('/o/:organisation/break-glass', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const values = valuesOf(request.body)
    const asked = { referral: text(values, 'referral') ?? '', reason: text(values, 'reason') ?? '' }
    const { data, faults } = parse(BreakGlassBody, asked)
    if (!data) return page(request, reply, values, faults, 400)
    try {
      const { referral, risks, reason, at } = await breakGlass(request.context, actor, data)
      const part = `${baseOf(actor)}/break-glass`
      const model = {
        reference: referral.reference,
        tag: referralTag(referral.status),
        person: personFacts(referral.person),
        receiving: referral.receivingOrganisation?.name ?? null,
        referring: referral.referringOrganisation?.name ?? 'The person',
        navigator: referral.navigator?.name ?? null,
        whyReferred: referral.reason,
        next: referral.nextAction,
        risks: risks.map(({ kind, detail }) => ({ kind: RISK_WORDS[kind], detail: detail ?? '' })),
        placements: referral.placements.map(({ project, provider, status }) => ({
          project: project.name,
          provider: provider.name,
          tag: placementTag(status),
        })),
        reason,
        at,
      }
      const frame = { title: `Referral ${referral.reference}`, part, back: { href: part, text: 'Emergency looks' } }
      return show(request, reply, 'glass-broken', frame, model, 201)
    } catch (error) {
      const refusal = answerable(error)
      return page(request, reply, values, faultsOf(refusal), 409)
    }
  })
}
