import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { endPlacement } from '../../actions/placements/end-placement.ts'
import { openPlacement } from '../../actions/placements/open-placement.ts'
import { typed } from '../../domain/person.ts'
import { END_OUTCOMES, type EndOutcome } from '../../domain/placement.ts'
import { PLACEMENT_WORDS } from '../../domain/placement-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { RESULTS } from './words.ts'

export const ENDING_HINTS: Record<EndOutcome, string> = {
  completed: 'They came as long as it was planned, or as long as they wanted.',
  left_early: 'They stopped before the end, and told you so.',
  disengaged: 'They stopped coming, and you tried to reach them.',
  moved_on: 'They went on to something else, such as volunteering or work.',
}

export const Ending = z.object({
  outcome: z.enum(END_OUTCOMES, { error: 'Choose how it ended' }),
  note: typed(2000, 'The note').optional(),
  goals: z.array(z.object({ id: z.string(), result: z.enum(['achieved', 'partly', 'not']) })),
})

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
  if (faults.length === 0 && !placement.allowedActions.includes('complete'))
    throw new Refusal('wrong-status', `This is “${placement.statusText.toLowerCase()}”, so it cannot end yet.`)
  const name = placement.person?.fullName ?? placement.reference
  const back = { href: `${baseOf(actor)}/placements/${id}`, text: name }
  const model = {
    form: faultyForm(values, faults),
    name,
    group: placement.group.name,
    outcomes: END_OUTCOMES.map((value) => ({
      value,
      text: PLACEMENT_WORDS[value],
      hint: { text: ENDING_HINTS[value] },
    })),
    goals: placement.goals.map(({ id: goal, text: words }) => ({ field: `goal-${goal}`, text: words })),
    results: RESULTS,
    action: request.url,
  }
  return show(request, reply, 'placement-end', { title: 'How it ended', back, faults }, model, status)
}

// The action knows which goals are this person's, and refuses others.
function goalResultsOf(values: Values) {
  return Object.keys(values).flatMap((name) => {
    const result = text(values, name)
    return name.startsWith('goal-') && result ? [{ id: name.slice('goal-'.length), result }] : []
  })
}

export function register(app: App): void {
  app.get('/o/:organisation/placements/:id/end', atRecord, (request, reply) =>
    page(request, reply, request.params.id, {}),
  )

  app.post('/o/:organisation/placements/:id/end', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parse(Ending, {
      outcome: text(values, 'outcome'),
      note: text(values, 'note'),
      goals: goalResultsOf(values),
    })
    if (!data) return page(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => endPlacement(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=ended`,
      again: (refused, status) => page(request, reply, id, values, refused, status),
    })
  })
}
