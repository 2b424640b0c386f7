import type { Context } from '../../actions/context.ts'
import { proveReady } from '../../actions/ready.ts'
import type { App } from '../site.ts'

/** Whether the process lives, and whether it can serve: for whatever watches over it. */
export function addHealth(app: App, context: Context): void {
  app.get('/health/live', { config: { access: 'public' } }, async () => ({ status: 'live' }))
  app.get('/health/ready', { config: { access: 'public' } }, async (request, reply) => {
    try {
      await proveReady(context)
      return { status: 'ready' }
    } catch (err) {
      request.log.error({ err }, 'Not ready')
      return reply.status(503).send({ status: 'not ready' })
    }
  })
}
