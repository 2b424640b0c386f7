import type { OutgoingHttpHeaders } from 'node:http'
import helmet from '@fastify/helmet'
import type { FastifyReply } from 'fastify'
import type { App } from '../site.ts'

/** Everything comes from here, nothing is inline, and forms post nowhere else. */
export async function addSecurity(app: App): Promise<void> {
  const { isSecure } = app.site
  await app.register(helmet, {
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
    hsts: isSecure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  })
  // Helmet works out the same headers anew for each answer that it is asked for: it is asked once.
  let headers: OutgoingHttpHeaders | undefined
  app.addHook('onRequest', (_request, reply, done) => {
    headers ??= askHelmet(reply)
    void reply.headers(headers)
    done()
  })
  // What is not a file of ours may be about a person: it stays out of caches, shared computers' back buttons included.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
    done()
  })
}

function askHelmet(reply: FastifyReply): OutgoingHttpHeaders {
  reply.helmet()
  return { ...reply.raw.getHeaders() }
}
