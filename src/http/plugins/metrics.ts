import type { FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from '../../actions/context.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'

const LOOPBACK = /^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3})$/

/** Asked on this machine itself. What a proxy here passes on comes from elsewhere, whether or not we trust its word. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  return !isPassedOn && LOOPBACK.test(socket.remoteAddress ?? '')
}

// The process is one, however many apps a test makes in it.
const machine = new Registry()
let isWatching = false

/** Numbers for a Prometheus on this machine. Labels are patterns of addresses, methods and statuses: never an id, never a person. */
export function addMetrics(app: App, { db }: Pick<Context, 'db'>): void {
  if (!isWatching) collectDefaultMetrics({ register: machine })
  isWatching = true
  const own = new Registry()
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [own],
  })
  for (const name of ['units', 'commits', 'retries'] as const) {
    new Gauge({
      name: `database_${name}`,
      help: `Database ${name} since the start.`,
      registers: [own],
      collect() {
        this.set(db.tally[name])
      },
    })
  }
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  app.get('/metrics', { config: { access: 'public' } }, async (request, reply) => {
    if (!isFromHere(request)) throw new Refusal('not-found', 'There is nothing at this address.')
    return reply.type(machine.contentType).send(await Registry.merge([machine, own]).metrics())
  })
}
