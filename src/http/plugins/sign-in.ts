import { signIn } from '../../actions/access/sign-in.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'
import { Tries } from './tries.ts'

type SignedInNow = Awaited<ReturnType<typeof signIn>>

declare module 'fastify' {
  interface FastifyInstance {
    /** Signs in, for the API and the pages alike, and slows down those who guess passwords. */
    tryToSignIn(request: FastifyRequest, credentials: { email: string; password: string }): Promise<SignedInNow>
  }
}

const WINDOW_MS = 5 * 60_000
// A surgery may share one address, so that has more tries than one person from there. The bound on a person alone is
// wide: a stranger who guesses at somebody's password must not be able to shut them out.
const TRIES = { here: 10, ip: 60, email: 200 }
const TOO_MANY = 'Too many tries to sign in. Wait five minutes, then try again.'

export function addSignIn(app: App): void {
  const tries = (most: number) => new Tries(most, WINDOW_MS, TOO_MANY, ({ code }) => code === 'sign-in-failed')
  const here = tries(TRIES.here)
  const emails = tries(TRIES.email)
  const addresses = tries(TRIES.ip)
  app.decorate('tryToSignIn', (request, credentials) => {
    const { context, ip } = request
    const email = credentials.email.trim().toLowerCase()
    const attempt = async () => {
      // Nobody has such an address, and PostgreSQL could not even look for it.
      if (/\p{Cc}/u.test(email)) throw new Refusal('sign-in-failed', 'The e-mail address or password is not right.')
      return signIn(context, credentials)
    }
    const { now } = context
    return addresses.run(ip, now, () => emails.run(email, now, () => here.run(`${ip} ${email}`, now, attempt)))
  })
}
