import type { RouteOptions } from 'fastify'
import type { App } from '../site.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The OpenAPI document of this server's own routes. Only once it is ready. */
    describe(): Promise<object>
  }
}

const OPEN = { config: { access: 'public' }, schema: { hide: true } } as const
// What decides whether the browser has a file already, and which part of it is wanted.
const PASSED_ON = ['if-none-match', 'if-modified-since', 'range']
// Of the connection between us and whoever asks, not of the file.
const ITS_OWN = ['connection', 'keep-alive', 'date', 'transfer-encoding']

/**
 * The description of the API at /api/v1/openapi.json, made from the routes themselves, and its reader at /api/docs.
 * Both are made when they are first asked for: the modules they take are a tenth of all, and most processes are never
 * asked.
 */
export async function addOpenApi(app: App): Promise<void> {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/v1/') && route.method !== 'HEAD' && !route.schema?.hide) routes.push(route)
  })
  let made: ReturnType<typeof openReader> | undefined
  async function openReader() {
    const description = await import('./api-description.ts')
    return description.openReader(routes, app.site.baseUrl)
  }
  const reader = () => {
    made ??= openReader()
    return made
  }
  app.addHook('onClose', async () => void (await (await made)?.close()))

  app.decorate('describe', async () => (await reader()).swagger())
  app.get('/api/v1/openapi.json', OPEN, async (_request, reply) =>
    reply.type('application/json').send(await app.describe()),
  )
  for (const path of ['/api/docs', '/api/docs/*'])
    app.get(path, OPEN, async (request, reply) => {
      const headers = Object.fromEntries(
        PASSED_ON.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : [])),
      )
      const page = await (await reader()).inject({ url: request.url, headers })
      if (page.statusCode === 404) return reply.callNotFound()
      const own = Object.entries(page.headers).filter(([name]) => !ITS_OWN.includes(name))
      return reply.code(page.statusCode).headers(Object.fromEntries(own)).send(page.rawPayload)
    })
}
