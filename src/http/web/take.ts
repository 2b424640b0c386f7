import type { Context } from '../../actions/context.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord } from './addresses.ts'
import { boardPage } from './board.ts'
import { carryOut, refuseUnlessAnswered } from './carry-out.ts'
import { baseOf } from './layout.ts'

// Urgent ones first, then by their day. Others take from the same queue at the same time: when the first is gone, the one behind it is next.
const TRIES = 5

// Looking leaves a row of its own, so it stands outside the one write that is carried out once.
async function takeNext(outside: Context, context: Context, actor: Actor): Promise<ReferralView> {
  const queue = { status: 'submitted', as: 'receiving', order: 'due', limit: TRIES } as const
  const urgent = await listReferrals(outside, actor, { ...queue, priority: 'urgent' })
  const others = await listReferrals(outside, actor, queue)
  for (const { id } of [...urgent.items, ...others.items]) {
    try {
      return await assignReferral(context, actor, id, { toMe: true })
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'rule') throw error
    }
  }
  return refuseUnlessAnswered(context, new Refusal('changed-meanwhile', 'All new referrals are taken.'))
}

export function register(app: App): void {
  app.post('/o/:organisation/referrals/:id/take', atRecord, (request, reply) => {
    const actor = actorOf(request)
    return carryOut(request, reply, {
      act: (context) => assignReferral(context, actor, request.params.id, { toMe: true }),
      goTo: ({ id }) => `${baseOf(actor)}/referrals/${id}?done=taken`,
      again: (faults, status) => boardPage(request, reply, faults, status),
    })
  })

  app.post('/o/:organisation/board/next', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    return carryOut(request, reply, {
      act: (context) => takeNext(request.context, context, actor),
      goTo: ({ id }) => `${baseOf(actor)}/referrals/${id}?done=taken`,
      again: (faults, status) => boardPage(request, reply, faults, status),
    })
  })
}
