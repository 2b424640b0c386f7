import type { App } from '../site.ts'
import { inPublic } from './addresses.ts'
import { homeOf, show } from './layout.ts'

export function register(app: App): void {
  app.get('/', inPublic, (request, reply) => {
    const work = (request.user?.memberships ?? []).map((membership) => ({
      href: homeOf(membership),
      text: membership.organisationName,
    }))
    return show(request, reply, 'start', { title: 'Social prescribing referrals' }, { work })
  })
}
