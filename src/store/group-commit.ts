import { AsyncResource } from 'node:async_hooks'
// Imported, not global, so that a test with fake timers cannot stop the store.
import { nextTick } from 'node:process'
import { setImmediate } from 'node:timers'
import type Sqlite from 'better-sqlite3'
import type { Tally } from './db.ts'
import { DatabaseBusy, isContention } from './failures.ts'
import { persist, type Unit, type Units } from './unit.ts'

// Bounds on one batch: the event loop stands still from its BEGIN to its COMMIT.
const BATCH_UNITS = 128
const BATCH_MS = 20

interface Waiting {
  attempt(): Promise<void>
  answer(): void
  reject(error: unknown): void
}

/**
 * Runs units one after another on SQLite's only writer. Those that wait together share a commit, which is what costs
 * time; each has a savepoint of its own, and is answered only when the commit they share is on disk.
 */
export class GroupCommit {
  readonly #units: Units<Unit>
  readonly #tally: Tally
  readonly #handle: Sqlite.Database
  readonly #say: Record<'begin' | 'commit' | 'rollback' | 'mark' | 'keep' | 'undo', Sqlite.Statement>
  readonly #queue: Waiting[] = []
  #draining: Promise<void> | undefined
  #closed = false

  constructor(handle: Sqlite.Database, units: Units<Unit>, tally: Tally) {
    this.#handle = handle
    this.#units = units
    this.#tally = tally
    this.#say = {
      begin: handle.prepare('BEGIN IMMEDIATE'),
      commit: handle.prepare('COMMIT'),
      rollback: handle.prepare('ROLLBACK'),
      mark: handle.prepare('SAVEPOINT unit'),
      keep: handle.prepare('RELEASE unit'),
      undo: handle.prepare('ROLLBACK TO unit'),
    }
  }

  run<T>(body: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('The database is closed.'))
    return new Promise((resolve, reject) => {
      let answer = () => {}
      // Bound to the caller, or every body would run in the request context of whoever woke the queue.
      const caller = new AsyncResource('unit')
      const attempt = async () => {
        const unit = { open: true }
        this.#tally.units++
        this.#say.mark.run()
        try {
          const value = await this.#units.run(unit, () => caller.runInAsyncScope(() => inThisTurn(unit, body)))
          answer = () => resolve(value)
        } catch (error) {
          // A full disk and its like end the whole transaction, neighbours included.
          if (!this.#handle.inTransaction) throw error
          this.#say.undo.run()
          answer = () => reject(error)
        }
        this.#say.keep.run()
      }
      this.#queue.push({ attempt, answer: () => answer(), reject })
      this.#draining ??= this.#drain()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#draining
  }

  async #drain(): Promise<void> {
    // Before each batch everything else has its turn: timers and sockets, and the units that will share the commit.
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve))
      await this.#batch()
    }
    this.#draining = undefined
  }

  async #batch(): Promise<void> {
    const batch: Waiting[] = []
    try {
      await this.#begin()
      const endAt = performance.now() + BATCH_MS
      do {
        const next = this.#queue.shift()
        if (!next) break
        batch.push(next)
        await next.attempt()
      } while (batch.length < BATCH_UNITS && performance.now() < endAt)
      this.#say.commit.run()
      this.#tally.commits++
    } catch (error) {
      if (this.#handle.inTransaction) this.#say.rollback.run()
      // Without a BEGIN nobody had a turn, and the whole queue has waited long enough.
      for (const { reject } of batch.length > 0 ? batch : this.#queue.splice(0)) reject(error)
      return
    }
    for (const { answer } of batch) answer()
  }

  async #begin(): Promise<void> {
    try {
      await persist(() => this.#say.begin.run(), { isPassing: isContention, patienceMs: 30_000, longestPauseMs: 50 })
    } catch (cause) {
      throw isContention(cause) ? new DatabaseBusy('Another process kept the database locked.', { cause }) : cause
    }
  }
}

// SQLite answers within the turn of the event loop that asked, and the next tick comes when all of that turn has run: also
// what the body began and did not wait for, which then cannot run in the next unit. A body that lasts longer awaits
// something else while it holds everyone's lock, so it is cut off at once, whatever it waits for.
async function inThisTurn<T>(unit: Unit, body: () => Promise<T>): Promise<T> {
  let isSettled = false
  const settle = () => {
    isSettled = true
  }
  // A bare query runs once for each time that somebody waits for it.
  const result = Promise.resolve(body())
  result.then(settle, settle)
  await new Promise<void>((resolve) => nextTick(resolve))
  if (isSettled) return result
  unit.open = false
  // Its own ticks go first.
  await new Promise((resolve) => setImmediate(resolve))
  throw new Error('write() awaited something other than its tx: move that outside the transaction.')
}
