import type { Context } from '../../actions/context.ts'
import type { App } from '../site.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What actions are given, knowing which request they answer. */
    readonly context: Context
    receivedAt: Date | null
  }
}

/** Gives every request the context of actions, says its id in the answer, and logs it without anybody's data. */
export function addRequestContext(app: App, context: Context): void {
  app.decorateRequest('receivedAt', null)
  app.decorateRequest('context', {
    getter() {
      // One moment for the whole request: what an act writes, and a second run of it, bear the same time.
      const at = this.receivedAt ?? context.now()
      return { ...context, now: () => at, log: this.log, requestId: this.id }
    },
  })
  app.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = context.now()
    void reply.header('x-request-id', request.id)
    done()
  })
  // The pattern of the address, never the address: that may hold a search, a token or a name somebody typed.
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url: route } = request.routeOptions
    const facts = {
      method: method ?? request.method,
      route: route ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: request.user?.id ?? null,
    }
    request.log.info(facts, 'answered')
    done()
  })
}
