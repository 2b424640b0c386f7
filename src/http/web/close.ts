import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { closeReferral } from '../../actions/referrals/close-referral.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { CLOSE_OUTCOMES, type CloseOutcome, closingMove, DIED, OUTCOMES_NEEDING_REASON } from '../../domain/closing.ts'
import { statesFor } from '../../domain/moves.ts'
import { required, typed } from '../../domain/person.ts'
import { isOpenPlacement, takesAPlace } from '../../domain/placement.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { REFERRAL_MOVES, REFERRAL_WORDS, type ReferralStatus } from '../../domain/referral-moves.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { requireDoor } from './doors.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { overtaken } from './standing.ts'
import { RESULTS } from './words.ts'

const OUTCOME_HINTS: Record<CloseOutcome, string> = {
  completed: 'The plan is done. The person goes on by themselves.',
  closed_early: 'It ends before the plan is done, for a reason outside it.',
  disengaged: 'The person stopped answering after the first talk.',
  unreachable: 'Three tries or more, over five working days, in two ways where there are two.',
  not_suitable: 'Social prescribing is not what this person needs.',
  duplicate: 'Somebody else referred the person for the same reason.',
}

const Closing = z.object({
  outcome: z.enum(CLOSE_OUTCOMES, { error: 'Choose how it ends' }),
  reason: typed(500, 'The reason').optional(),
  summary: required(2000, 'The summary', 'Write a summary for whoever referred'),
  duplicateOf: z.string().optional(),
  goals: z.array(z.object({ id: z.string().max(64), result: z.enum(['achieved', 'partly', 'not']) })),
})

// Nobody has to find words for it.
const AfterDeath = Closing.partial({ summary: true })

/** Only the endings that the referral's state allows. */
export function outcomesFor(status: ReferralStatus): CloseOutcome[] {
  return CLOSE_OUTCOMES.filter((outcome) => {
    const from: readonly string[] = statesFor<ReferralStatus>(
      REFERRAL_MOVES[closingMove(outcome, undefined)],
      'navigator',
    )
    return from.includes(status)
  })
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  referral: ReferralView,
  values: Values,
  faults: FieldFault[] = [],
  status = 200,
) {
  const back = { href: `${baseOf(actorOf(request))}/referrals/${referral.id}`, text: referral.person.fullName }
  const outcomes = outcomesFor(referral.status)
  const open = referral.placements.filter((placement) => isOpenPlacement(placement.status))
  const hints = open.some((placement) => takesAPlace(placement.status))
    ? { ...OUTCOME_HINTS, completed: 'Only once the project has recorded how it ended, or the place is withdrawn.' }
    : OUTCOME_HINTS
  const model = {
    form: faultyForm(values, faults),
    reasonHint: outcomes.includes('completed') ? 'Not needed when it is completed.' : '',
    name: referral.person.fullName,
    outcomes: [
      ...outcomes.map((value) => ({ value, text: REFERRAL_WORDS[value], hint: { text: hints[value] } })),
      { value: DIED, text: 'The person died', hint: { text: 'Every message to the person stops at once.' } },
    ],
    isDeathOnly: outcomes.length === 0,
    alsoEnds: open.map(({ project, statusText }) => `${project.name} (${statusText.toLowerCase()})`),
    asksDuplicate: outcomes.includes('duplicate'),
    goals: referral.goals.map(({ id, text }) => ({ field: `goal-${id}`, text })),
    results: RESULTS,
    referrer: referral.referringOrganisation?.name ?? 'whoever referred',
    now: await overtaken(request.context, actorOf(request), referral, 'close', status),
    action: request.url,
  }
  const title = model.isDeathOnly ? 'Record that the person died' : 'Close the referral'
  return show(request, reply, 'close', { title, back, faults }, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/close', atRecord, async (request, reply) => {
    const referral = await openReferral(request.context, actorOf(request), request.params.id)
    requireDoor(referral, 'close')
    return page(request, reply, referral, {})
  })

  app.post('/o/:organisation/referrals/:id/close', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { context, params } = request
    const values = valuesOf(request.body)
    const referral = await openReferral(context, actor, params.id)
    const { id: duplicateOf, faults: unknown } = await findDuplicate()
    const schema = text(values, 'outcome') === DIED ? AfterDeath : Closing
    const { data, faults } = parse(schema, { ...closingOf(values, referral), duplicateOf })
    const missing = [...unexplained(values), ...faults, ...unknown]
    if (!data || missing.length > 0) return page(request, reply, referral, values, missing, 400)
    return carryOut(request, reply, {
      act: (inside) => closeReferral(inside, actor, referral.id, data),
      goTo: () => `${baseOf(actor)}/referrals/${referral.id}?done=closed`,
      again: (refused, status) => page(request, reply, referral, values, refused, status),
    })

    /** People know a referral by its reference, so that is what they type. */
    async function findDuplicate(): Promise<{ id?: string; faults: FieldFault[] }> {
      const typedReference = text(values, 'duplicateOf')
      if (text(values, 'outcome') !== 'duplicate') return { faults: [] }
      const reference = typedReference && normaliseReference(typedReference)
      const found = reference
        ? (await listReferrals(context, actor, { search: reference, limit: 1 })).items[0]
        : undefined
      if (found && found.id !== referral.id) return { id: found.id, faults: [] }
      return {
        faults: [{ field: 'duplicateOf', text: 'Enter the reference of the other referral, like SP-7K3M-Q2XD' }],
      }
    }
  })
}

/** Said together with what else is missing; the reference of the other referral explains a duplicate. */
function unexplained(values: Values): FieldFault[] {
  const outcome = text(values, 'outcome')
  const needsReason = outcome !== 'duplicate' && OUTCOMES_NEEDING_REASON.some((one) => one === outcome)
  return needsReason && !text(values, 'reason') ? [{ field: 'reason', text: 'Say why it closes like this' }] : []
}

function closingOf(values: Values, { goals }: ReferralView) {
  const outcome = text(values, 'outcome')
  const summary = text(values, 'summary')
  return {
    ...(outcome === DIED
      ? { outcome: 'closed_early', reason: DIED, summary }
      : { outcome, reason: text(values, 'reason'), summary: summary ?? '' }),
    goals: goals.flatMap(({ id }) => {
      const result = text(values, `goal-${id}`)
      return result ? [{ id, result }] : []
    }),
  }
}
