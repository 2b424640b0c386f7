import { permit } from '../../actions/access/permit.ts'
import { listDrafts } from '../../actions/referrals/drafts.ts'
import { listReferrals, type ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { draftForm } from './draft-form.ts'
import { text } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { progressOf } from './progress.ts'
import { priorityTag, referralTag } from './tags.ts'

const PAGE_ROWS = 25

/** One line of the list: who, how far, and what is next or how it ended. */
export function rowOf(referral: ReferralSummary, base: string) {
  return {
    name: referral.personName,
    href: `${base}/referrals/${referral.id}`,
    reference: referral.reference,
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    progress: progressOf(referral),
    next: referral.nextAction,
    changedAt: referral.changedAt,
    isOpen: isOpenReferral(referral.status),
    summary: referral.closingSummary,
  }
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    permit(actor, 'referral.create')
    const base = baseOf(actor)
    const after = queryWord(request.query, 'after')
    const page = await listReferrals(request.context, actor, {
      as: 'referring',
      order: 'news',
      limit: PAGE_ROWS,
      after,
    })
    const drafts = actor.role === 'referrer' && !after ? await listDrafts(request.context, actor) : []
    return show(
      request,
      reply,
      'my-referrals',
      { title: 'My referrals', part: `${base}/referrals` },
      {
        rows: page.items.map((referral) => rowOf(referral, base)),
        drafts: drafts.map(({ id, content, createdAt }) => ({
          href: `${base}/refer?draft=${id}`,
          name: text(draftForm(content).who, 'fullName') ?? 'Without a name',
          createdAt,
        })),
        isFirst: !after,
        links: {
          refer: `${base}/refer`,
          newest: `${base}/referrals`,
          older: page.next ? `${base}/referrals?after=${encodeURIComponent(page.next)}` : null,
        },
      },
    )
  })
}
