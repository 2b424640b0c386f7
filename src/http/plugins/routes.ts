import type { RouteOptions } from 'fastify'
import type { App } from '../site.ts'

/** One way in: what `cli routes` prints and the house rules check. */
export interface RouteEntry {
  method: string
  path: string
  access: 'public' | 'signed-in'
  operationId: string | null
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may come in at all. What they may do there is for the action to say. */
    access?: 'public' | 'signed-in'
    /** Whether whoever knows the address may act: a form sent there then needs no token of its page, and no cookie. */
    isSecretAddress?: (params: unknown) => boolean
    /** An Idempotency-Key is honoured on every POST of the API, and required here. */
    key?: 'required'
  }
  interface FastifyInstance {
    readonly routeBook: RouteEntry[]
  }
}

/** Writes down every route, and refuses to start with one that does not say who may use it. */
export function addRouteBook(app: App): void {
  const book: RouteEntry[] = []
  app.decorate('routeBook', book)
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (!access) throw new Error(`${route.method} ${route.url} does not say who may use it: set config.access.`)
    const operationId = route.schema?.operationId ?? null
    if (route.url.startsWith('/api/v1') && !route.schema?.hide) proveDescribed(route)
    for (const method of [route.method].flat()) {
      // Fastify adds a HEAD to every GET.
      if (method !== 'HEAD') book.push({ method, path: route.url, access, operationId })
    }
  })
}

function proveDescribed({ method, url, schema }: RouteOptions): void {
  if (schema?.operationId && schema.response) return
  throw new Error(`${method} ${url} needs an operationId and the shapes of its answers.`)
}
