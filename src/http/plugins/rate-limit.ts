import limit from '@fastify/rate-limit'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'

// A hundred a second from one address: far above a surgery full of people, and below what would slow them down.
const ANONYMOUS_PER_MINUTE = 6000

/**
 * Strangers are limited by address. Who is signed in is known by name, and can be shut out by it; and the demonstration
 * is reached from its own machine only.
 */
export async function addRateLimit(app: App): Promise<void> {
  if (app.site.isDemo) return
  await app.register(limit, {
    max: ANONYMOUS_PER_MINUTE,
    timeWindow: 60_000,
    allowList: (request) => request.user !== null || /^\/(health|metrics)/.test(request.url),
    errorResponseBuilder: () => new Refusal('too-many-requests', 'Too many requests from your address. Wait a minute.'),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })
}
