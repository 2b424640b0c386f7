import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** One run of one write() body. */
export interface Unit {
  open: boolean
  /** The first failed statement. It spoils the unit even when the body caught it: PostgreSQL could not commit it. */
  failure?: unknown
}

/** Knows, in any piece of asynchronous code, which unit it belongs to. */
export class Units<U extends Unit> {
  readonly #storage = new AsyncLocalStorage<U>()

  /** Every statement of a write asks here first, so a tx kept after its unit ended fails instead of joining another. */
  current(): U {
    const unit = this.#storage.getStore()
    if (unit?.open) return unit
    throw new Error('This tx is used outside its write(): the unit has ended, or a query in it was not awaited.')
  }

  refuseNested(): void {
    if (this.#storage.getStore()?.open) {
      throw new Error('write() inside write(): pass tx down instead, one action is one transaction.')
    }
  }

  async run<T>(unit: U, body: () => Promise<T>): Promise<T> {
    try {
      const answer = await this.#storage.run(unit, body)
      if (unit.failure) throw unit.failure
      return answer
    } finally {
      unit.open = false
    }
  }
}

/** Tries again, after a random and growing pause, until the work succeeds, its error is not passing, or patience ends. */
export async function persist<T>(
  work: () => Promise<T> | T,
  { isPassing, patienceMs, longestPauseMs }: Patience,
): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      if (!isPassing(error) || performance.now() > giveUpAt) throw error
    }
    await sleep(Math.random() * pauseMs)
  }
}

export interface Patience {
  isPassing(error: unknown): boolean
  patienceMs: number
  longestPauseMs: number
}
