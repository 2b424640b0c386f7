import type { Database } from '../store/database.ts'

export interface Log {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** What every action is given: the store, the clock, and chance. Nothing below the roof makes its own. */
export interface Context {
  readonly db: Database
  now(): Date
  /** A UUIDv7: later ones sort after earlier ones. */
  newId(): string
  randomBytes(count: number): Uint8Array
  /** Keys the digests of the audit trail; never stored beside it. */
  readonly auditKey: Uint8Array
  /** Makes the tokens of links that are sent by e-mail; never stored beside them. */
  readonly linkKey: Uint8Array
  readonly log: Log
  /** The request that is being answered; null for jobs. */
  readonly requestId: string | null
}
