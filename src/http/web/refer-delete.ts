import { discardDraft } from '../../actions/referrals/drafts.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { homeOf } from './layout.ts'

export function register(app: App): void {
  app.post('/o/:organisation/refer/:id/delete', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    await discardDraft(request.context, actor, request.params.id)
    return reply.redirect(`${homeOf(actor)}?done=draft-deleted`, 303)
  })
}
