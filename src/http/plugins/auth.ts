import cookies from '@fastify/cookie'
import jwt from '@fastify/jwt'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actorFor, findSession, type SignedInUser } from '../../actions/access/find-session.ts'
import type { Context } from '../../actions/context.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { type App, isForMachines } from '../site.ts'

type Audience = 'api' | 'pages'

declare module 'fastify' {
  interface FastifyInstance {
    /** The name of the cookie that `keepToken` sets. */
    readonly tokenCookie: string
    /** A token for a session that was just started. Pages keep it in a cookie, callers of the API show it. */
    tokenFor(session: { id: string; userId: string; expiresAt: Date }, audience: Audience): string
  }
  interface FastifyRequest {
    /** The session behind `request.user`. */
    sessionId: string | null
    /** The hat somebody wears, or null; `actorOf` refuses instead, and says why. */
    readonly actor: Actor | null
  }
  interface FastifyReply {
    /** Signs the browser in: keeps the token in a cookie that no script can read. */
    keepToken(token: string, expiresAt: Date): void
    forgetToken(): FastifyReply
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: { sub: string; sid: string; aud: Audience; iat: number; exp: number }
    /** Who is signed in, read from the store for this request; null for anybody else. */
    user: SignedInUser | null
  }
}

// Times are checked here against the clock of the service, as whole numbers: @fastify/jwt lets a future iat through
// and answers 500 to an exp that is text.
const Claims = z.object({
  sub: z.string(),
  sid: z.string(),
  aud: z.string(),
  iat: z.int(),
  exp: z.int(),
  nbf: z.int().optional(),
})

// Two machines of ours may disagree by this much.
const LEEWAY_SECONDS = 30

const TOKENS_KEPT = 2000

const seconds = (moment: Date) => Math.floor(moment.getTime() / 1000)

export async function addAuth(app: App, { now }: Pick<Context, 'now'>): Promise<void> {
  const { baseUrl, isSecure, tokenKey } = app.site
  // A browser keeps a __Host- cookie only over https, where no neighbour of the domain can plant one.
  const cookie = isSecure ? '__Host-trellis' : 'trellis'
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const

  await app.register(cookies)
  await app.register(jwt, {
    secret: tokenKey,
    sign: { algorithm: 'HS256', iss: baseUrl, header: { alg: 'HS256', typ: 'at+jwt' } },
    verify: {
      algorithms: ['HS256'],
      allowedIss: baseUrl,
      checkTyp: 'at+jwt',
      requiredClaims: ['iss', 'aud', 'sub', 'sid', 'iat', 'exp'],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    },
  })

  app.decorate('tokenCookie', cookie)
  app.decorate('tokenFor', ({ id, userId, expiresAt }, audience) => {
    return app.jwt.sign({ sub: userId, sid: id, aud: audience, iat: seconds(now()), exp: seconds(expiresAt) })
  })
  app.decorateReply('keepToken', function (token, expires) {
    void this.setCookie(cookie, token, { ...attributes, expires })
  })
  app.decorateReply('forgetToken', function () {
    return this.clearCookie(cookie, attributes)
  })

  async function recognise(request: FastifyRequest): Promise<void> {
    const audience: Audience = isForMachines(request) ? 'api' : 'pages'
    const token = audience === 'api' ? bearerOf(request) : request.cookies[cookie]
    const claims = token ? readClaims(token) : undefined
    if (claims?.aud !== audience) return
    const at = seconds(now())
    if (claims.exp <= at || Math.max(claims.iat, claims.nbf ?? 0) > at + LEEWAY_SECONDS) return
    const session = await findSession(request.context, claims.sid)
    if (session?.user.id !== claims.sub) return
    request.user = session.user
    request.sessionId = claims.sid
  }

  // What a token says and whether we signed it never change, so it is read once for many requests. Whether its session
  // still lives is asked of the store each time.
  const claimsOf = new Map<string, z.output<typeof Claims>>()

  function readClaims(token: string): z.output<typeof Claims> | undefined {
    const known = claimsOf.get(token)
    if (known) return known
    try {
      const claims = Claims.parse(app.jwt.verify(token))
      if (claimsOf.size >= TOKENS_KEPT) claimsOf.clear()
      claimsOf.set(token, claims)
      return claims
    } catch {
      // Whatever is wrong with a token, its holder is nobody.
      return undefined
    }
  }

  app.decorateRequest('sessionId', null)
  app.decorateRequest('actor', {
    getter() {
      try {
        return actorOf(this)
      } catch {
        return null
      }
    },
  })
  app.addHook('onRequest', async (request) => {
    await recognise(request)
    // Whoever sent a form after their sign-in had ended gets it back: so it is read first, and refused then.
    if (isForSomebody(request) && !isForm(request)) userOf(request)
  })
  app.addHook('preValidation', async (request) => {
    if (isForSomebody(request)) userOf(request)
  })
}

const isForSomebody = ({ routeOptions }: FastifyRequest) => routeOptions.config?.access === 'signed-in'

function isForm(request: FastifyRequest): boolean {
  const type = request.headers['content-type'] ?? ''
  return request.method === 'POST' && !isForMachines(request) && type.startsWith('application/x-www-form-urlencoded')
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.-]+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

export function userOf({ user }: FastifyRequest): SignedInUser {
  if (!user) throw new Refusal('not-signed-in', 'Sign in first: there is no session, or it has ended.')
  return user
}

/** The hat for this request: by Acting-Organisation in the API, by /o/{organisation} on pages. Refuses where there is none. */
export function actorOf(request: FastifyRequest): Actor {
  const { organisation } = (request.params ?? {}) as { organisation?: string }
  const named = isForMachines(request) ? request.headers['acting-organisation'] : organisation
  return actorFor(userOf(request), named ? String(named) : undefined)
}
