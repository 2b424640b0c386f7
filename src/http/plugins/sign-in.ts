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
// A surgery may share one address, so that has more tries than one person from there. The bound on a person alone is
// wide: a stranger who guesses at somebody's password must not be able to shut them out.
const TRIES = { here: 10, ip: 60, email: 200 }
const MOST_KEPT = 50_000

export function addSignIn(app: App): void {
  const here = new Tries(TRIES.here)
  const emails = new Tries(TRIES.email)
  const addresses = new Tries(TRIES.ip)
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

interface Tried {
  failed: number
  running: number
  until: number
  wake: (() => void)[]
}

/** Counts what failed, by key, in a window that starts with the first. */
class Tries {
  readonly #most: number
  readonly #kept = new Map<string, Tried>()

  constructor(most: number) {
    this.#most = most
  }

  async run<T>(key: string, now: () => Date, attempt: () => Promise<T>): Promise<T> {
    const tried = this.#triedWith(key, now().getTime())
    // A hundred guesses sent together must not all be free, and a hundred people who sign in together are not refused:
    // those beyond the limit wait for how the others end.
    while (tried.failed < this.#most && tried.failed + tried.running >= this.#most)
      await new Promise<void>((resolve) => tried.wake.push(resolve))
    if (tried.failed >= this.#most)
      throw new Refusal('too-many-requests', 'Too many tries to sign in. Wait five minutes, then try again.')
    tried.running++
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Refusal && error.code === 'sign-in-failed') tried.failed++
      throw error
    } finally {
      tried.running--
      for (const wake of tried.wake.splice(0)) wake()
      if (tried.failed + tried.running === 0) this.#kept.delete(key)
    }
  }

  #triedWith(key: string, now: number): Tried {
    const known = this.#kept.get(key)
    if (known && (known.until > now || known.running > 0)) return known
    const fresh = { failed: 0, running: 0, until: now + WINDOW_MS, wake: [] }
    this.#kept.delete(key)
    this.#kept.set(key, fresh)
    // The oldest goes first, so that a flood of invented addresses cannot fill the memory.
    const [oldest = key] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest)
    return fresh
  }
}
