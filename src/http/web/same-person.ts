import type { FastifyReply, FastifyRequest } from 'fastify'
import { findVisibleReference } from '../../actions/referrals/find-reference.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import { recognisePerson } from '../../actions/referrals/recognise-person.ts'
import { tellPeopleApart } from '../../actions/referrals/tell-apart.ts'
import { REFERRAL_WORDS } from '../../domain/referral-moves.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { requireDoor } from './doors.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

const WHY = {
  nhs_number: 'The same NHS number',
  likeness: 'The same birthday and postcode, and a name that sounds alike',
}
const DONE: Record<string, string> = {
  same: 'They are recognised as one person. Both referrals stay as they are.',
  apart: 'They are two people again.',
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  sent: { values: Values; faults: FieldFault[]; status: number } = { values: {}, faults: [], status: 200 },
) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const referral = await openReferral(request.context, actor, id)
  if (!referral.canSeeWork) requireDoor(referral, 'same-person')
  const { values, faults, status } = sent
  const line = ({
    id: other,
    reference,
    status,
  }: {
    id: string
    reference: string
    status: keyof typeof REFERRAL_WORDS
  }) => ({
    reference,
    status: REFERRAL_WORDS[status],
    href: `${base}/referrals/${other}`,
  })
  const model = {
    name: referral.person.fullName,
    reference: referral.reference,
    same: referral.samePerson.map(line),
    alike: referral.possibleDuplicates.map((other) => ({ ...line(other), why: WHY[other.why], value: other.id })),
    form: faultyForm(values, faults),
    links: { same: `${base}/referrals/${id}/same-person`, apart: `${base}/referrals/${id}/not-same-person` },
  }
  const back = { href: `${base}/referrals/${id}`, text: referral.person.fullName }
  const done = doneIn(request.query, DONE)
  return show(request, reply, 'same-person', { title: 'The same person', back, faults, done }, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/same-person', atRecord, (request, reply) =>
    page(request, reply, request.params.id),
  )

  app.post('/o/:organisation/referrals/:id/same-person', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const again = (faults: FieldFault[], status: number) => page(request, reply, id, { values, faults, status })
    const typed = text(values, 'reference')
    const as = typed ? await findVisibleReference(request.context, actor, typed) : text(values, 'as')
    if (!as)
      return again(
        [
          {
            field: 'reference',
            text: typed ? 'No referral of your service has this reference' : 'Choose a referral, or type its reference',
          },
        ],
        400,
      )
    return carryOut(request, reply, {
      act: (context) => recognisePerson(context, actor, id, { as }),
      goTo: () => `${baseOf(actor)}/referrals/${id}/same-person?done=same`,
      again,
      fieldOf: () => 'reference',
    })
  })

  app.post('/o/:organisation/referrals/:id/not-same-person', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    return carryOut(request, reply, {
      act: (context) => tellPeopleApart(context, actor, id),
      goTo: () => `${baseOf(actor)}/referrals/${id}/same-person?done=apart`,
      again: (faults, status) => page(request, reply, id, { values: {}, faults, status }),
    })
  })
}
