import { and, eq, gt, isNull, lte, or } from 'drizzle-orm'
import type { Db } from './database.ts'
import { jobLeases } from './schema.ts'

const IMPLAUSIBLE_MS = 10 * 60_000
/** The clocks of two machines agree to this, or somebody has to look after them. */
const APART_MS = 60_000

export interface Claim {
  name: string
  heldBy: string
  now: Date
  leasedUntil: Date
  /** Somebody who started after this turn began has done its work already; null claims regardless. */
  turn: { beganAt: Date; lengthMs: number } | null
}

/** Takes the lease of a job. False where somebody holds it, or has done this turn's work. */
export async function takeLease(tx: Db, { name, heldBy, now, leasedUntil, turn }: Claim): Promise<boolean> {
  await tx.insert(jobLeases).values({ name }).onConflictDoNothing()
  // Nobody of ours holds a lease for so long: the clock was set back, or somebody wants the job to stand still.
  const isImplausible = gt(jobLeases.leasedUntil, new Date(leasedUntil.getTime() + IMPLAUSIBLE_MS))
  const isFree = or(isNull(jobLeases.leasedUntil), lte(jobLeases.leasedUntil, now), isImplausible)
  const { lastStartedAt } = jobLeases
  // A start that lies ahead by more than a turn was before the clock was set back: the work must not wait for it.
  const ahead = turn && new Date(now.getTime() + Math.max(turn.lengthMs, APART_MS))
  const isTurn = turn && ahead && or(isNull(lastStartedAt), lte(lastStartedAt, turn.beganAt), gt(lastStartedAt, ahead))
  const taken = await tx
    .update(jobLeases)
    .set({ heldBy, leasedUntil, lastStartedAt: now })
    .where(and(eq(jobLeases.name, name), isFree, isTurn ?? undefined))
    .returning({ name: jobLeases.name })
  return taken.length === 1
}

/** Holds the lease for longer. False where it ran out and somebody else has it. */
export async function renewLease(tx: Db, claim: Pick<Claim, 'name' | 'heldBy' | 'leasedUntil'>): Promise<boolean> {
  const renewed = await tx
    .update(jobLeases)
    .set({ leasedUntil: claim.leasedUntil })
    .where(and(eq(jobLeases.name, claim.name), eq(jobLeases.heldBy, claim.heldBy)))
    .returning({ name: jobLeases.name })
  return renewed.length === 1
}

/** Gives the lease back, with the error that ended the work or null. */
export async function returnLease(
  tx: Db,
  { name, heldBy, at, lastError }: { name: string; heldBy: string; at: Date; lastError: string | null },
): Promise<void> {
  await tx
    .update(jobLeases)
    .set({ heldBy: null, leasedUntil: null, lastFinishedAt: at, lastError })
    .where(and(eq(jobLeases.name, name), eq(jobLeases.heldBy, heldBy)))
}

/** How a job last ended, which is kept while it runs again. */
export async function findLastEnd(db: Db, name: string): Promise<{ at: Date; error: string | null } | undefined> {
  const { lastFinishedAt: at, lastError: error } = jobLeases
  const [row] = await db.select({ at, error }).from(jobLeases).where(eq(jobLeases.name, name))
  return row?.at ? { at: row.at, error: row.error } : undefined
}
