import { openReferral } from '../../actions/referrals/open-referral.ts'
import { dueByPriority, LIMITS } from '../../domain/next-action.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { baseOf, show } from './layout.ts'

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/sent', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const referral = await openReferral(request.context, actor, request.params.id)
    const base = baseOf(actor)
    const frame = { title: 'Referral sent', part: `${base}/refer` }
    return show(request, reply, 'refer-sent', frame, {
      referral,
      callBy: dueByPriority(LIMITS.firstContact, referral.priority, referral.receivedAt),
      links: { referral: `${base}/referrals/${referral.id}`, another: `${base}/refer` },
    })
  })
}
