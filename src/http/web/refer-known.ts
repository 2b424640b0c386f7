import { listOwnAlike } from '../../actions/people/duplicates.ts'
import { openDraft } from '../../actions/referrals/drafts.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { draftForm, faultsInWho, personOfDraft } from './draft-form.ts'
import { text } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { referralTag } from './tags.ts'

export function register(app: App): void {
  /** Their own organisation referred somebody like this before: said before anybody types on. */
  app.get('/o/:organisation/refer/:id/known', atRecord, async (request, reply) => {
    const { context } = request
    const actor = actorOf(request)
    const base = baseOf(actor)
    const { id, content } = await openDraft(context, actor, request.params.id)
    const { who } = draftForm(content)
    const isWhole = faultsInWho(who, context.now()).length === 0
    const alike = isWhole ? await listOwnAlike(context, actor, personOfDraft(who)) : []
    const links = {
      who: `${base}/refer?draft=${id}`,
      why: `${base}/refer/${id}/why`,
      discard: `${base}/refer/${id}/delete`,
    }
    if (alike.length === 0) return reply.redirect(isWhole ? links.why : links.who, 303)
    const isOpen = alike.some(({ closedAt }) => closedAt === null)
    const frame = {
      title: isOpen ? 'You may have referred this person already' : 'You may have referred this person before',
      part: `${base}/refer`,
      back: { href: links.who, text: 'Back to who' },
    }
    return show(request, reply, 'refer-known', frame, {
      name: text(who, 'fullName') ?? '',
      rows: alike.map(({ id: referral, status, ...row }) => ({
        ...row,
        tag: referralTag(status),
        href: `${base}/referrals/${referral}`,
      })),
      links,
    })
  })
}
