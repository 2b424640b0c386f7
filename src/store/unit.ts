import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/** One run of one write() body. */
export interface Unit {
  open: boolean
  /** The first failed statement. It spoils the unit even when the body caught it: PostgreSQL could not commit it. */
  failure?: unknown
}

/** Keeps which unit a piece of asynchronous code belongs to, as an AsyncLocalStorage does. */
export interface Keeper<U> {
  getStore(): U | undefined
  run<T>(unit: U, body: () => T): T
}

/**
 * The same where units run one at a time, each in one turn of the event loop, in which nothing else runs. An
 * AsyncLocalStorage would have every promise of the process watched, a sixth of all that is done for a request.
 */
export class OneAtATime<U> implements Keeper<U> {
  #unit: U | undefined

  getStore(): U | undefined {
    return this.#unit
  }

  run<T>(unit: U, body: () => T): T {
    this.#unit = unit
    return body()
  }
}

/** Knows, in any piece of asynchronous code, which unit it belongs to. */
export class Units<U extends Unit> {
  readonly #storage: Keeper<U>

  constructor(storage: Keeper<U>) {
    this.#storage = storage
  }

  /** Every statement of a write asks here first, so a tx kept after its unit ended fails instead of joining another. */
  current(): U {
    const unit = this.#storage.getStore()
    if (unit?.open) return unit
    throw new Error('This tx is used outside its write(): the unit has ended, or a query in it was not awaited.')
  }

  /** read and write are for code outside a unit: what they saw or did would not be part of its transaction. */
  refuseInside(door: 'read' | 'write'): void {
    if (this.#storage.getStore()?.open) throw new Error(`${door} inside write(): pass its tx down instead.`)
  }

  async run<T>(unit: U, body: () => Promise<T>): Promise<T> {
    try {
      // Awaited inside: a body may return a bare query, which runs only when somebody waits for it.
      const answer = await this.#storage.run(unit, async () => await body())
      if (unit.failure) throw unit.failure
      return answer
    } finally {
      unit.open = false
    }
  }
}

/** Tries again, after a random and growing pause, until the work succeeds, its error is not passing, or patience ends. */
export async function persist<T>(
  work: (nth: number) => Promise<T> | T,
  { isPassing, patienceMs, longestPauseMs }: Patience,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  for (let nth = 1; ; nth++) {
    try {
      return await work(nth)
    } catch (error) {
      if (!isPassing(error) || performance.now() > giveUpAt) throw error
    }
    await sleep((randomInt(1_000) / 1_000) * Math.min(5 * 2 ** nth, longestPauseMs))
  }
}

export interface Patience {
  isPassing(error: unknown): boolean
  patienceMs: number
  longestPauseMs: number
}

/** Runs one piece of work at a time, in the order they came. */
export function singleFile(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = tail.then(work)
    tail = turn.catch(() => {})
    return turn
  }
}
