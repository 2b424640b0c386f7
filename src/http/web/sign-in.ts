import type { FastifyReply, FastifyRequest } from 'fastify'
import { signOut } from '../../actions/access/sign-out.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'
import { inPublic, localAddress, queryWord } from './addresses.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { homeOf, show } from './layout.ts'

/** One of each role, for whoever tries the demonstration. */
const DEMO_SIGN_INS = [
  { email: 'referrer@st-marys-surgery.example', what: 'a surgery that refers' },
  { email: 'navigator@so-linked.example', what: 'a navigator' },
  { email: 'lead@so-linked.example', what: 'a triage lead' },
  { email: 'worker@community-roots.example', what: 'a project that takes people' },
  { email: 'admin@so-linked.example', what: 'the administrator of a service' },
  { email: 'analyst@public-health.example', what: 'an analyst' },
]

const DONE: Record<string, string> = {
  joined: 'You have joined. Sign in with the password you have.',
  password: 'Your password is saved. Sign in with it.',
}

function page(request: FastifyRequest, reply: FastifyReply, values: Values, faults: FieldFault[] = [], status = 200) {
  const { isDemo, demoPassword } = request.server.site
  const demo = isDemo && demoPassword ? { password: demoPassword, signIns: DEMO_SIGN_INS } : null
  // A password is never sent back to a page.
  const form = faultyForm({ email: values.email ?? '', next: values.next ?? '' }, faults)
  const done = DONE[queryWord(request.query, 'done') ?? '']
  return show(request, reply, 'sign-in', { title: 'Sign in', faults, done }, { form, demo }, status)
}

function missing(values: Values): FieldFault[] {
  return [
    ...(text(values, 'email') ? [] : [{ field: 'email', text: 'Enter your e-mail address' }]),
    ...(text(values, 'password') ? [] : [{ field: 'password', text: 'Enter your password' }]),
  ]
}

export function register(app: App): void {
  app.get('/sign-in', inPublic, (request, reply) =>
    page(request, reply, { next: localAddress(queryWord(request.query, 'next')) ?? '' }),
  )

  app.post('/sign-in', inPublic, async (request, reply) => {
    const values = valuesOf(request.body)
    const faults = missing(values)
    if (faults.length > 0) return page(request, reply, values, faults, 400)
    try {
      const credentials = { email: text(values, 'email') ?? '', password: String(values.password) }
      const { session, user } = await app.tryToSignIn(request, credentials)
      reply.keepToken(app.tokenFor(session, 'pages'), session.expiresAt)
      const [only, ...others] = user.memberships
      const home = only && others.length === 0 ? homeOf(only) : '/'
      return reply.redirect(localAddress(text(values, 'next')) ?? home, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = error.code === 'sign-in-failed' ? 401 : error.code === 'too-many-requests' ? 429 : undefined
      if (!status) throw error
      return page(request, reply, values, [{ field: 'email', text: error.message }], status)
    }
  })

  app.post('/sign-out', inPublic, async (request, reply) => {
    if (request.sessionId) await signOut(request.context, request.sessionId)
    return reply.forgetToken().redirect('/', 303)
  })
}
