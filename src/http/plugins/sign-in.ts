import { signIn } from '../../actions/access/sign-in.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { App } from '../site.ts'

type SignedInNow = Awaited<ReturnType<typeof signIn>>

declare module 'fastify' {
  interface FastifyInstance {
    /** Signs in, for the API and the pages alike, and slows down those who guess passwords. */
    tryToSignIn(request: FastifyRequest, credentials: { email: string; password: string }): Promise<SignedInNow>
  }
}

const WINDOW_MS = 5 * 60_000
// A surgery may share one address, so that has more tries than one person's e-mail.
const TRIES = { email: 10, ip: 60 }
const MOST_KEPT = 50_000

export function addSignIn(app: App): void {
  const emails = new Tries(TRIES.email)
  const addresses = new Tries(TRIES.ip)
  app.decorate('tryToSignIn', async (request, credentials) => {
    const email = credentials.email.trim().toLowerCase()
    const now = request.context.now().getTime()
    // Counted before the password is looked at, or a hundred guesses sent together would all be free.
    const allowed = [addresses.begin(request.ip, now), emails.begin(email, now)].every(Boolean)
    if (!allowed)
      throw new Refusal('too-many-requests', 'Too many tries to sign in. Wait five minutes, then try again.')
    const signedIn = await signIn(request.context, credentials)
    addresses.succeed(request.ip)
    emails.succeed(email)
    return signedIn
  })
}

/** Failed tries by key in a window that starts with the first of them. */
class Tries {
  readonly #most: number
  readonly #kept = new Map<string, { count: number; until: number }>()

  constructor(most: number) {
    this.#most = most
  }

  begin(key: string, now: number): boolean {
    const known = this.#kept.get(key)
    const tries = known && known.until > now ? known : { count: 0, until: now + WINDOW_MS }
    tries.count++
    this.#kept.delete(key)
    this.#kept.set(key, tries)
    // The longest untouched goes first, so that a flood of invented addresses cannot fill the memory.
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value ?? key)
    return tries.count <= this.#most
  }

  succeed(key: string): void {
    const tries = this.#kept.get(key)
    if (tries && --tries.count <= 0) this.#kept.delete(key)
  }
}
