import type { Role } from '../../domain/organisation.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation } from './addresses.ts'
import { homeOf, type Link, show } from './layout.ts'

interface Work {
  now: string[]
  links?: Link[]
  later: string[]
}

const NOTHING_MORE: Work = { now: [], later: [] }

// Said as it is: nobody should look for a page that does not exist.
const WORK: Partial<Record<Role, Work>> = {
  organisation_admin: {
    now: ['You can sign in and see which organisation you look after.'],
    later: ['Inviting and suspending colleagues', 'Who looked at which record', 'Agreements with other organisations'],
  },
  analyst: {
    now: ['You can sign in. You never see anybody’s record here.'],
    later: ['Counts of referrals, waits and outcomes, with small numbers left out', 'Needs that no project meets'],
  },
  system_admin: {
    now: ['See whether the service is well. Its figures, for monitoring, can be read on its own machine only.'],
    links: [
      { href: '/health/ready', text: 'State of the service' },
      { href: '/api/docs', text: 'The API and its description' },
    ],
    later: ['Settings', 'The health of jobs and of outgoing mail on a page'],
  },
}

export function register(app: App): void {
  app.get('/o/:organisation', atOrganisation, (request, reply) => {
    const actor = actorOf(request)
    const home = homeOf(actor)
    if (home !== `/o/${actor.organisation}`) return reply.redirect(home, 303)
    const work = WORK[actor.role] ?? NOTHING_MORE
    return show(
      request,
      reply,
      'home',
      { title: actor.organisationName },
      { name: actor.organisationName, work: { links: [], ...work } },
    )
  })
}
