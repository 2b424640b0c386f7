import { listReferralMessages } from '../../actions/outbox/referral-messages.ts'
import { listHistory, openReferral } from '../../actions/referrals/open-referral.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, doneIn } from './addresses.ts'
import { DONE_WORDS } from './do.ts'
import { baseOf, homeOf, show } from './layout.ts'
import { followModel } from './referral-follow.ts'
import { workModel } from './referral-work.ts'

/** What was just done, said once on the page that it leads to. */
const DONE: Record<string, string> = {
  taken: 'This referral is yours now.',
  assigned: 'The referral was given to a colleague. They get an e-mail.',
  logged: 'The contact is saved.',
  planned: 'The plan is saved.',
  sent: 'Sent. The project gets an e-mail and decides within 5 working days.',
  recalled: 'The place was withdrawn.',
  closed: 'The referral is closed. Whoever referred reads your summary.',
  withdrawn: 'The referral is withdrawn. Nothing more happens with it.',
  corrected: 'The details are corrected.',
}

export function doneWords(query: unknown): string | undefined {
  return doneIn(query, DONE, DONE_WORDS)
}

export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const referral = await openReferral(request.context, actor, request.params.id)
    const history = await listHistory(request.context, actor, referral.id)
    const base = baseOf(actor)
    const home = homeOf(actor)
    const frame = {
      title: `Referral ${referral.reference}`,
      part: home,
      back: { href: home, text: home.endsWith('/board') ? 'Board' : 'My referrals' },
      done: doneWords(request.query),
    }
    if (referral.canSeeWork) {
      const messages = await listReferralMessages(request.context, actor, referral.id)
      const model = workModel(referral, history, actor, base, messages)
      return show(request, reply, 'referral-work', { ...frame, scripts: ['changes'] }, model)
    }
    return show(
      request,
      reply,
      'referral-follow',
      { ...frame, scripts: ['copy'] },
      followModel(referral, history, actor, base),
    )
  })
}
