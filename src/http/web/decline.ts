import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { declinePlacement } from '../../actions/placements/decline-placement.ts'
import { listRules, type OwnRule } from '../../actions/placements/list-rules.ts'
import { openPlacement } from '../../actions/placements/open-placement.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import type { EligibilityRule } from '../../domain/eligibility.ts'
import { RULE_WORDS } from '../../domain/eligibility-words.ts'
import { typed } from '../../domain/person.ts'
import { DECLINE_REASONS, type DeclineReason } from '../../domain/placement-reasons.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import type { Choice } from './move-page.ts'
import { placementRefused } from './placement.ts'

const USUAL: DeclineReason[] = ['no_capacity', 'outside_area', 'not_our_work', 'not_eligible']

const reasons = Object.keys(DECLINE_REASONS) as [DeclineReason, ...DeclineReason[]]
const rules = Object.keys(RULE_WORDS) as [EligibilityRule['rule'], ...EligibilityRule['rule'][]]

const Decline = z
  .object({
    reason: z.enum(reasons, { error: 'Choose a reason' }),
    rule: z.enum(rules).optional(),
    note: typed(1000, 'The note').optional(),
  })
  .superRefine(({ reason, rule }, context) => {
    if (reason === 'not_eligible' && !rule)
      context.addIssue({ code: 'custom', path: ['rule'], message: 'Choose the rule that they do not fit' })
  })

const choice = (value: DeclineReason) => ({ value, text: DECLINE_REASONS[value] })

// These two have usual reasons of their own.
const SAID_OTHERWISE: EligibilityRule['rule'][] = ['area', 'need']

/** The usual reasons; not to fit stands there once for each rule of the project's own, so that one choice says which. */
function usualChoices(own: OwnRule[]): Choice[] {
  const fits = ({ rule, says }: OwnRule): Choice => ({
    value: `not_eligible:${rule}`,
    text: `${DECLINE_REASONS.not_eligible}: ${RULE_WORDS[rule].toLowerCase()}`,
    hint: { text: says },
  })
  return USUAL.flatMap((reason) => (reason === 'not_eligible' && own.length > 0 ? own.map(fits) : [choice(reason)]))
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
  const placement = await openPlacement(request.context, actor, id)
  if (!placement.allowedActions.includes('decline')) {
    if (placement.referralId) throw new Refusal('not-allowed', 'Your role in this organisation does not allow this.')
    const said = `This is “${placement.statusText.toLowerCase()}”, so it cannot be declined now.`
    return placementRefused(request, reply, id, 'decline', {
      values: {},
      faults: [{ field: '', text: said }],
      status: 409,
    })
  }
  const rules = await listRules(request.context, actor, id)
  const back = { href: `${baseOf(actor)}/placements/${id}`, text: placement.person?.fullName ?? placement.reference }
  const model = { ...declineModel(placement, rules, values, faults), action: request.url }
  return show(request, reply, 'decline', { title: 'Decline', back, faults }, model, status)
}

/** The reasons to choose from: four usual ones, and the others behind them. */
export function declineModel(placement: PlacementView, all: OwnRule[], values: Values, faults: FieldFault[]) {
  const own = all.filter(({ rule }) => !SAID_OTHERWISE.includes(rule))
  const others = reasons.filter((reason) => !USUAL.includes(reason))
  return {
    // Where each rule has a choice of its own, that is where one is missing.
    form: faultyForm(
      values,
      faults.map((fault) => (own.length > 0 && fault.field === 'rule' ? { ...fault, field: 'reason' } : fault)),
    ),
    usual: usualChoices(own),
    others: others.map(choice),
    isOther: others.some((reason) => reason === values.reason),
    rules:
      own.length > 0
        ? null
        : [{ value: '', text: 'Choose a rule' }, ...rules.map((value) => ({ value, text: RULE_WORDS[value] }))],
    needs: placement.needs.map(({ label }) => label),
    group: placement.group.name,
  }
}

/** The form as the answer it stands for: a rule is chosen with its reason, or beside it. */
export function readDecline(values: Values) {
  const [reason, rule] = text(values, 'reason')?.split(':') ?? []
  return parse(Decline, { reason, rule: rule ?? text(values, 'rule'), note: text(values, 'note') })
}

export function register(app: App): void {
  app.get('/o/:organisation/placements/:id/decline', atRecord, (request, reply) =>
    page(request, reply, request.params.id, {}),
  )

  app.post('/o/:organisation/placements/:id/decline', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = readDecline(values)
    if (!data) return page(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => declinePlacement(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/placements?done=declined`,
      again: (refused, status) => page(request, reply, id, values, refused, status),
    })
  })
}
