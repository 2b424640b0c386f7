import limit from '@fastify/rate-limit'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'

// Some 30 a second from one address: far above people, and below what would keep them out.
const ANONYMOUS_PER_MINUTE = 2000

/** Strangers are limited by address. Who is signed in is known by name, and can be shut out by it. */
export async function addRateLimit(app: App): Promise<void> {
  await app.register(limit, {
    max: ANONYMOUS_PER_MINUTE,
    timeWindow: 60_000,
    allowList: (request) => request.user !== null || /^\/(health|metrics)/.test(request.url),
    errorResponseBuilder: () => new Refusal('too-many-requests', 'Too many requests from your address. Wait a minute.'),
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })
}
