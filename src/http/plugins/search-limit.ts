import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'
import { userOf } from './auth.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a search. Refuses whoever searches faster than anybody reads what was found. */
    countSearch(request: FastifyRequest): void
  }
}

const MOST = 60
const WINDOW_MS = 60_000
const MOST_KEPT = 10_000

/** Gently: a receptionist with a queue is never refused, and a list of names cannot be tried one by one. */
export function addSearchLimit(app: App): void {
  const kept = new Map<string, { count: number; until: number }>()
  app.decorate('countSearch', (request) => {
    const { id } = userOf(request)
    const now = request.context.now().getTime()
    const known = kept.get(id)
    const window = known && known.until > now ? known : { count: 0, until: now + WINDOW_MS }
    window.count++
    kept.delete(id)
    kept.set(id, window)
    const [oldest = id] = kept.keys()
    if (kept.size > MOST_KEPT) kept.delete(oldest)
    if (window.count > MOST)
      throw new Refusal('too-many-requests', 'You searched very often in the last minute. Wait a minute, then go on.')
  })
}
