import { openReferral, readRisks } from '../../actions/referrals/open-referral.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { baseOf, show } from './layout.ts'
import { RISK_WORDS } from './words.ts'

/** Sealed: opening this page is itself written down. */
export function register(app: App): void {
  app.get('/o/:organisation/referrals/:id/risks', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const risks = await readRisks(request.context, actor, id)
    const { person } = await openReferral(request.context, actor, id)
    const back = { href: `${baseOf(actor)}/referrals/${id}`, text: person.fullName }
    const lines = risks.map(({ kind, detail, sealed }) => ({
      kind: RISK_WORDS[kind],
      detail: sealed ? 'Sealed: only the navigator of this referral and the leads read this.' : detail,
    }))
    return show(request, reply, 'risks', { title: 'Risks', back }, { name: person.fullName, lines })
  })
}
