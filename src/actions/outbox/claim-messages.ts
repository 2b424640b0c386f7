import { setTimeout as sleep } from 'node:timers/promises'
import { latestHourDigest } from '../../domain/digest.ts'
import {
  type Claimable,
  claimMessages,
  hastenMessages,
  leaseMessages,
  listDueMessages,
  listLapsedMessages,
  listStrayMessages,
  type OutboxRow,
} from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import { keepAlive } from '../jobs/keep-alive.ts'
import { longestPauses } from './retry.ts'

const BATCH = 10
export const LEASE_MS = 30_000
// Far more often than it runs out, and than the look at one that seems to have run out.
const renewalMs = (leaseMs: number) => leaseMs / 3
const secondLookMs = (leaseMs: number) => leaseMs / 2

/** Messages that are the caller's while their lease lasts. */
export interface Batch {
  rows: OutboxRow[]
  leasedUntil: Date
  /** Whether their last sender died, or seemed to: the server may have taken them already. */
  lapsed: boolean
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

async function listLapsed({ db, now }: Context, leaseMs: number, limit: number) {
  const at = now()
  // Twice a lease: the clocks of two machines differ.
  return listLapsedMessages(db.read, at, later(at, 2 * leaseMs), limit)
}

export async function hasClaimable(context: Context, leaseMs: number): Promise<boolean> {
  const due = await listDueMessages(context.db.read, context.now(), 1)
  return due.length > 0 || (await listLapsed(context, leaseMs, 1)).length > 0
}

/** Takes batch after batch, those due longest first, until nothing is left or the signal says stop. */
export async function* claimBatches(context: Context, leaseMs: number, signal?: AbortSignal): AsyncGenerator<Batch> {
  const { db, now } = context
  async function claim(read: Claimable[]): Promise<Batch | undefined> {
    if (read.length === 0) return undefined
    const at = now()
    const leasedUntil = later(at, leaseMs)
    const rows = await db.write((tx) => claimMessages(tx, read, at, leasedUntil))
    const lapsed = read.some((one) => one.leasedUntil !== null)
    return rows.length > 0 ? { rows, leasedUntil, lapsed } : undefined
  }
  // A clock that jumps makes every lease look wrong at once. A sender that lives renews its own before the second look,
  // and a renewed one is not taken.
  let lapsed = await listLapsed(context, leaseMs, BATCH)
  const lookAgainAt = performance.now() + secondLookMs(leaseMs)
  while (!signal?.aborted) {
    const isSecondLook = lapsed.length > 0 && performance.now() >= lookAgainAt
    const batch = await claim(isSecondLook ? lapsed : await listDueMessages(db.read, now(), BATCH))
    if (isSecondLook) lapsed = []
    if (batch) yield batch
    else if (lapsed.length > 0)
      await sleep(Math.max(0, lookAgainAt - performance.now()), undefined, { signal }).catch(() => {})
    else if (!isSecondLook) return
  }
}

/** Keeps the batch leased during the work, and gives back what the work leaves in hand, but not where it throws. */
export async function whileLeased<T>(
  { db, now }: Context,
  { rows, leasedUntil }: Pick<Batch, 'rows' | 'leasedUntil'>,
  leaseMs: number,
  work: (inHand: Set<string>) => Promise<T>,
): Promise<T> {
  const inHand = new Set(rows.map(({ id }) => id))
  // All that were given, since the answer to a renewal may be lost; somebody else's lease is none of them.
  const given = [leasedUntil]
  async function renew(): Promise<void> {
    const until = later(now(), leaseMs)
    given.push(until)
    await db.write((tx) => leaseMessages(tx, [...inHand], given, until))
  }
  const done = await keepAlive(renew, renewalMs(leaseMs), () => work(inHand))
  if (inHand.size > 0) await db.write((tx) => leaseMessages(tx, [...inHand], given, null))
  return done
}

/** Makes due at once what would wait longer than was planned, because the clock was set back. */
export async function hastenStrays({ db, now }: Context, retryBaseMs: number): Promise<void> {
  const at = now()
  const pauses = longestPauses(at, retryBaseMs)
  const strays = await listStrayMessages(db.read, at, { pauses, hourDigest: latestHourDigest(at) }, 500)
  if (strays.length > 0) await db.write((tx) => hastenMessages(tx, strays, at))
}
