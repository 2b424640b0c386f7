import type { MovedLink } from '../../actions/links/moved-link.ts'
import { show } from './layout.ts'
import type { Visit } from './link-visit.ts'

// Where the same stands for whoever signs in.
const PAGE_OF: Partial<Record<MovedLink['purpose'], (id: string) => string>> = {
  placement: (id) => `placements/${id}`,
  register: (id) => `groups/${id}/register`,
  places: () => 'places',
}

/** For whoever still has the old mailbox: that nothing can be done by it, and for the project's own people how they go on. */
export async function movedLinkPage({ request, reply }: Visit, moved: MovedLink): Promise<unknown> {
  const { provider, service, purpose, subjectId } = moved
  const title = 'This link went to an address that is not in use any more'
  const model = {
    title,
    provider: provider.name,
    service,
    wasSent: request.method === 'POST',
    signIn: `/o/${provider.slug}/${PAGE_OF[purpose]?.(subjectId) ?? ''}`,
  }
  return show(request, reply, 'link-moved', { title }, model, 410)
}
