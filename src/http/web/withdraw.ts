import type { FastifyReply, FastifyRequest } from 'fastify'
import { openPlacement } from '../../actions/placements/open-placement.ts'
import { withdrawPlacement } from '../../actions/placements/withdraw-placement.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import { withdrawReferral } from '../../actions/referrals/withdraw-referral.ts'
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '../../domain/placement-reasons.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { requireDoor } from './doors.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { baseOf, type Link, show } from './layout.ts'

// This one is for the software, when a closing referral takes its placements along.
const CHOICES = Object.entries(WITHDRAWAL_REASONS).filter(([value]) => value !== 'referral_closed')

function reasonOf(values: Values): WithdrawalReason | undefined {
  const reason = text(values, 'reason')
  return CHOICES.some(([value]) => value === reason) ? (reason as WithdrawalReason) : undefined
}

interface What {
  title: string
  /** The same without the person's name. */
  nameless: string
  /** What ends, in a sentence. */
  consequence: string
  back: Link
}

function page(
  request: FastifyRequest,
  reply: FastifyReply,
  what: What,
  values: Values,
  faults: FieldFault[],
  status = 200,
) {
  const model = {
    ...what,
    form: faultyForm(values, faults),
    reasons: CHOICES.map(([value, words]) => ({ value, text: words })),
    action: request.url,
  }
  return show(request, reply, 'withdraw', { title: what.nameless, back: what.back, faults }, model, status)
}

const NO_REASON: FieldFault[] = [{ field: 'reason', text: 'Choose a reason' }]

export function register(app: App): void {
  async function aboutReferral(request: FastifyRequest, id: string): Promise<What> {
    const actor = actorOf(request)
    const { person, reference } = await openReferral(request.context, actor, id)
    return {
      title: `Withdraw the referral of ${person.fullName}`,
      nameless: `Withdraw referral ${reference}`,
      consequence: 'Nothing more happens with it, and every place or request at a project ends.',
      back: { href: `${baseOf(actor)}/referrals/${id}`, text: person.fullName },
    }
  }

  app.get('/o/:organisation/referrals/:id/withdraw', atRecord, async (request, reply) => {
    requireDoor(await openReferral(request.context, actorOf(request), request.params.id), 'withdraw')
    return page(request, reply, await aboutReferral(request, request.params.id), {}, [])
  })

  app.post('/o/:organisation/referrals/:id/withdraw', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const reason = reasonOf(values)
    if (!reason) return page(request, reply, await aboutReferral(request, id), values, NO_REASON, 400)
    return carryOut(request, reply, {
      act: (context) => withdrawReferral(context, actor, id, { reason }),
      goTo: () => `${baseOf(actor)}/referrals/${id}?done=withdrawn`,
      again: async (faults, status) => page(request, reply, await aboutReferral(request, id), values, faults, status),
    })
  })

  async function aboutPlacement(request: FastifyRequest, id: string): Promise<What> {
    const actor = actorOf(request)
    const { project, group, referralId } = await openPlacement(request.context, actor, id)
    return {
      title: `Withdraw from ${project.name}`,
      nameless: `Withdraw from ${project.name}`,
      consequence: `The place or request at ${group.name} ends. The referral goes on.`,
      back: { href: `${baseOf(actor)}/referrals/${referralId}`, text: 'Back to the referral' },
    }
  }

  app.get('/o/:organisation/placements/:id/withdraw', atRecord, async (request, reply) =>
    page(request, reply, await aboutPlacement(request, request.params.id), {}, []),
  )

  app.post('/o/:organisation/placements/:id/withdraw', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const reason = reasonOf(values)
    if (!reason) return page(request, reply, await aboutPlacement(request, id), values, NO_REASON, 400)
    return carryOut(request, reply, {
      act: (context) => withdrawPlacement(context, actor, id, { reason }),
      goTo: ({ referralId }) => `${baseOf(actor)}/referrals/${referralId}?done=recalled`,
      again: async (faults, status) => page(request, reply, await aboutPlacement(request, id), values, faults, status),
    })
  })
}
