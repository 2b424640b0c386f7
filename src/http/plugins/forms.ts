import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import type { FastifyRequest } from 'fastify'
import type { App } from '../site.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** The hidden field `_csrf` of every form on this page, good for this browser and this sign-in only. */
    formToken(): string
  }
}

const FORM_BYTES = 256 * 1024

/**
 * Lets the pages under `app` take HTML forms, and nothing else; each form must carry the token of its page, unless its
 * address is itself a secret. The API is not among them: it takes no cookies.
 */
export async function addForms(app: App): Promise<void> {
  const { isSecure, formKey } = app.site
  app.removeContentTypeParser('application/json')
  await app.register(formbody, { bodyLimit: FORM_BYTES })
  await app.register(csrf, {
    cookieKey: isSecure ? '__Host-trellis-form' : 'trellis-form',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure },
    csrfOpts: { hmacKey: formKey, userInfo: true },
    getUserInfo: signInOf,
    getToken: (request) => fieldOf(request.body, '_csrf'),
    logLevel: 'info',
  })
  app.decorateReply('formToken', function () {
    return this.generateCsrf({ userInfo: signInOf(this.request) })
  })
  app.addHook('preValidation', (request, reply, done) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return done()
    // No other site knows such an address, so none can have a form sent there.
    if (request.routeOptions.config.isSecretAddress?.(request.params)) return done()
    app.csrfProtection(request, reply, () => {
      // Checked, and no part of what the person filled in.
      if (typeof request.body === 'object' && request.body !== null && '_csrf' in request.body)
        delete request.body._csrf
      done()
    })
  })
}

// Never empty: the library makes tokens for an empty name that it then refuses itself.
const signInOf = (request: FastifyRequest) => request.sessionId ?? 'nobody'

function fieldOf(body: unknown, name: string): string | undefined {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : undefined
}
