import type { FastifyReply, FastifyRequest } from 'fastify'
import { signOut } from '../../actions/access/sign-out.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'
import { doneIn, inPublic, localAddress, queryWord } from './addresses.ts'
import { type FieldFault, faultyForm, text, type Values, valuesOf } from './forms.ts'
import { giveBack } from './give-back.ts'
import { homeOf, show } from './layout.ts'

/** One of each role, for whoever tries the demonstration. */
const DEMO_SIGN_INS = [
  {
    email: 'referrer@st-marys-surgery.example',
    who: 'At a surgery',
    what: 'Refer somebody in three short pages, and read how your other referrals are going.',
  },
  {
    email: 'navigator@so-linked.example',
    who: 'Navigator',
    what: 'The board: take the next person, call them, agree a plan, find a project that fits.',
  },
  {
    email: 'lead@so-linked.example',
    who: 'Lead of the navigators',
    what: 'The same board for the whole team: who has how much, what is late, what is stuck.',
  },
  {
    email: 'worker@community-roots.example',
    who: 'At an allotment project',
    what: 'Say yes or no to new people, keep the register, set how many places there are.',
  },
  {
    email: 'worker@shirley-mens-shed.example',
    who: 'At a men’s shed',
    what: 'This week at a small project run by volunteers.',
  },
  {
    email: 'admin@so-linked.example',
    who: 'Administrator of the service',
    what: 'Look after colleagues and settings.',
  },
  {
    email: 'analyst@public-health.example',
    who: 'Analyst at the city council',
    what: 'Never sees anybody’s record.',
  },
  {
    email: 'admin@trellis.example',
    who: 'System administrator',
    what: 'Loads the city’s map and other directories, and can open a record in an emergency, which is told to others.',
  },
]

const DONE: Record<string, string> = {
  joined: 'You have joined. Sign in with the password you have.',
  password: 'Your password is saved. Sign in with it.',
}

/** What comes back to the sign-in page: where to go on, and a form that was sent after the sign-in had ended. */
interface Carried {
  email?: string
  next?: string
  kept?: string
}

/** The page to sign in on. With a form that is kept it says so: that form comes back filled, and is not sent. */
export function showSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { email = '', next = '', kept = '' }: Carried,
  faults: FieldFault[] = [],
  status = 200,
) {
  const { isDemo, demoPassword } = request.server.site
  const demo = isDemo && demoPassword ? { password: demoPassword, signIns: DEMO_SIGN_INS } : null
  // A password is never sent back to a page.
  const form = faultyForm({ email, next }, faults)
  const title = kept ? 'Your sign-in has ended' : 'Sign in'
  const done = doneIn(request.query, DONE)
  return show(request, reply, 'sign-in', { title, faults, done }, { title, form, demo, kept }, status)
}

// As long as too many tries are remembered, at most.
const WAIT_SECONDS = 300

function otherCookies(request: FastifyRequest, tokenCookie: string): string {
  return (request.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((one) => !one.startsWith(`${tokenCookie}=`))
    .join('; ')
}

function missing(values: Values): FieldFault[] {
  return [
    ...(text(values, 'email') ? [] : [{ field: 'email', text: 'Enter your e-mail address' }]),
    ...(text(values, 'password') ? [] : [{ field: 'password', text: 'Enter your password' }]),
  ]
}

export function register(app: App): void {
  app.get('/sign-in', inPublic, (request, reply) =>
    showSignIn(request, reply, { next: localAddress(queryWord(request.query, 'next')) ?? '' }),
  )

  app.post('/sign-in', inPublic, async (request, reply) => {
    const values = valuesOf(request.body)
    const { _kept: sealed } = request.body as { _kept?: unknown }
    const kept = typeof sealed === 'string' ? app.openForm(sealed, request.context.now()) : undefined
    const carried = {
      email: text(values, 'email') ?? '',
      next: text(values, 'next') ?? '',
      kept: kept ? String(sealed) : '',
    }
    const faults = missing(values)
    if (faults.length > 0) return showSignIn(request, reply, carried, faults, 400)
    try {
      const credentials = { email: text(values, 'email') ?? '', password: String(values.password) }
      const before = request.sessionId
      const { session, user } = await app.tryToSignIn(request, credentials)
      // One browser, one sign-in: the one before it would go on for hours unseen.
      if (before) await signOut(request.context, before)
      const token = app.tokenFor(session, 'pages')
      reply.keepToken(token, session.expiresAt)
      if (kept?.userId === user.id)
        return giveBack(request, reply, kept, {
          cookie: `${app.tokenCookie}=${token}; ${otherCookies(request, app.tokenCookie)}`,
          words: 'You are signed in again.',
          status: 200,
        })
      const [only, ...others] = user.memberships
      const home = only && others.length === 0 ? homeOf(only) : '/'
      // What somebody else was doing is not where this person goes on.
      if (kept) return reply.redirect(home, 303)
      return reply.redirect(localAddress(text(values, 'next')) ?? home, 303)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const status = error.code === 'sign-in-failed' ? 401 : error.code === 'too-many-requests' ? 429 : undefined
      if (!status) throw error
      if (status === 429) void reply.header('retry-after', WAIT_SECONDS)
      return showSignIn(request, reply, carried, [{ field: 'email', text: error.message }], status)
    }
  })

  app.post('/sign-out', inPublic, async (request, reply) => {
    if (request.sessionId) await signOut(request.context, request.sessionId)
    return reply.forgetToken().redirect('/', 303)
  })
}
