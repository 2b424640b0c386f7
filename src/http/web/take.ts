import type { Context } from '../../actions/context.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { dayWords, timeWords } from '../../templates.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord } from './addresses.ts'
import { boardPage } from './board.ts'
import { carryOut, refuseUnlessAnswered } from './carry-out.ts'
import { baseOf } from './layout.ts'

/** Whoever comes second is told who was first: a lead must not take from a colleague unseen. */
async function requireUntaken(context: Context, actor: Actor, id: string): Promise<void> {
  const { status, navigator, changedAt } = await openReferral(context, actor, id)
  if (status !== 'submitted' && navigator && navigator.id !== actor.userId)
    throw new Refusal(
      'changed-meanwhile',
      `${navigator.name} took this one. It last changed ${dayWords(changedAt)} at ${timeWords(changedAt)}.`,
    )
}

// Others take from the same queue at the same time: when the first is gone, the one behind it is next.
const TRIES = 5

// Looking leaves a row of its own, so it stands outside the one write that is carried out once.
async function takeNext(outside: Context, context: Context, actor: Actor): Promise<ReferralView> {
  const { items } = await listReferrals(outside, actor, { status: 'submitted', order: 'due', limit: TRIES })
  for (const { id } of items) {
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
      act: async (context) => {
        await requireUntaken(request.context, actor, request.params.id)
        return assignReferral(context, actor, request.params.id, { toMe: true })
      },
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
