import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { activateReferral } from '../../actions/referrals/activate-referral.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import { NEED_CODES, needLabel } from '../../domain/needs.ts'
import { required } from '../../domain/person.ts'
import { BasisInput, needCodes, strengthTexts } from '../../domain/referral-request.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { requireDoor } from './doors.ts'
import { type FieldFault, faultyForm, isTicked, parse, several, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { needsBanner } from './person-words.ts'
import { overtaken } from './standing.ts'

const GOALS = [1, 2, 3]

const Plan = z.object({
  needs: needCodes,
  strengths: strengthTexts,
  goals: z.array(
    z.object({
      text: required(300, 'A goal', 'Write the goal, or clear its importance'),
      importance: z.coerce
        .number({ error: 'Say how important this goal is, from 1 to 10' })
        .pipe(
          z
            .number()
            .int('Importance must be a whole number from 1 to 10')
            .min(1, 'Importance must be a whole number from 1 to 10')
            .max(10, 'Importance must be a whole number from 1 to 10'),
        ),
    }),
  ),
  consent: z.object({ shareWithProviders: z.boolean() }),
  basis: BasisInput.optional(),
})

/** The form as the plan it makes. Empty goal rows are left out. */
export function planOf(values: Values) {
  const agrees = isTicked(values, 'agrees')
  const kind = text(values, 'basis')
  return {
    needs: several(values, 'needs'),
    strengths: (text(values, 'strengths') ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    goals: goalRows(values).map((row) => ({
      text: text(values, `goal-${row}`) ?? '',
      importance: text(values, `importance-${row}`) ?? '5',
    })),
    consent: { shareWithProviders: agrees },
    ...(agrees || !kind ? {} : { basis: { kind, reason: text(values, 'basisReason') ?? '' } }),
  }
}

function goalRows(values: Values): number[] {
  return GOALS.filter((row) => text(values, `goal-${row}`) || text(values, `importance-${row}`))
}

function fieldFor(values: Values) {
  return (path: string) => {
    const [part, index, field] = path.split('/')
    if (part === 'goals') return `${field === 'importance' ? 'importance' : 'goal'}-${goalRows(values)[Number(index)]}`
    if (path === 'basis/reason') return 'basisReason'
    return part ?? path
  }
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  values: Values | null,
  faults: FieldFault[] = [],
  status = 200,
) {
  const actor = actorOf(request)
  const referral = await openReferral(request.context, actor, id)
  if (!values) requireDoor(referral, 'activate')
  const start = { needs: referral.needs.map(({ code }) => code), strengths: referral.strengths.join('\n') }
  const frame = {
    title: `Agree the plan: ${referral.reference}`,
    back: { href: `${baseOf(actor)}/referrals/${id}`, text: referral.person.fullName },
    faults,
    done: queryWord(request.query, 'done') === 'logged' ? 'The contact is saved. Now write down the plan.' : undefined,
  }
  const model = {
    form: faultyForm(values ?? start, faults),
    now: await overtaken(request.context, actor, referral, 'activate', status),
    name: referral.person.fullName,
    banner: needsBanner(referral.person),
    whatMatters: referral.whatMattersToMe,
    needs: NEED_CODES.map((code) => ({ value: code, text: needLabel(code) })),
    goals: GOALS,
    action: request.url.replace(/[?&]done=logged/, ''),
  }
  return show(request, reply, 'plan', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/plan', atRecord, (request, reply) =>
    page(request, reply, request.params.id, null),
  )

  app.post('/o/:organisation/referrals/:id/plan', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const fieldOf = fieldFor(values)
    const { data, faults } = parse(Plan, planOf(values), fieldOf)
    if (!data) return page(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => activateReferral(context, actor, id, data),
      goTo: () => `${baseOf(actor)}/referrals/${id}/matches?done=planned`,
      again: (refused, status) => page(request, reply, id, values, refused, status),
      fieldOf,
    })
  })
}
