import { Refusal } from '../../domain/refusal.ts'

const MOST_KEPT = 50_000

interface Tried {
  failed: number
  running: number
  until: number
  wake: (() => void)[]
}

/** Counts what failed, by key, in a window that starts with the first. */
export class Tries {
  readonly #most: number
  readonly #windowMs: number
  readonly #tooMany: string
  readonly #isFailure: (refusal: Refusal) => boolean
  readonly #kept = new Map<string, Tried>()

  /** @param isFailure which refusals count as a failed try */
  constructor(most: number, windowMs: number, tooMany: string, isFailure: (refusal: Refusal) => boolean) {
    this.#most = most
    this.#windowMs = windowMs
    this.#tooMany = tooMany
    this.#isFailure = isFailure
  }

  async run<T>(key: string, now: () => Date, attempt: () => Promise<T>): Promise<T> {
    const tried = this.#triedWith(key, now().getTime())
    // A hundred guesses sent together must not all be free, and a hundred people who sign in together are not refused:
    // those beyond the limit wait for how the others end.
    while (tried.failed < this.#most && tried.failed + tried.running >= this.#most)
      await new Promise<void>((resolve) => tried.wake.push(resolve))
    if (tried.failed >= this.#most) throw new Refusal('too-many-requests', this.#tooMany)
    tried.running++
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Refusal && this.#isFailure(error)) tried.failed++
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
    const fresh = { failed: 0, running: 0, until: now + this.#windowMs, wake: [] }
    this.#kept.delete(key)
    this.#kept.set(key, fresh)
    // The oldest goes first, so that a flood of invented addresses cannot fill the memory.
    const [oldest = key] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest)
    return fresh
  }
}
