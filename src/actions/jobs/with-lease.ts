import { withoutParameters } from '../../store/failures.ts'
import { renewLease, returnLease, takeLease } from '../../store/job-leases.ts'
import type { Context } from '../context.ts'
import { keepAlive } from './keep-alive.ts'

export interface Lease {
  name: string
  /** How long a crash keeps the work from everybody; kept up while the work goes on. */
  leaseMs: number
  /** Whoever started after this turn began has done its work; null runs regardless. */
  turn: { beganAt: Date; lengthMs: number } | null
}

/**
 * Does the work while nobody else does it, in any process on this database. 'held' where somebody has the lease or did
 * this turn's work. An error of the work is kept beside the lease, and thrown.
 */
export async function withLease(
  context: Context,
  { name, leaseMs, turn }: Lease,
  work: () => Promise<void>,
): Promise<'done' | 'held'> {
  const { db, now, newId } = context
  const heldBy = newId()
  const leasedUntil = () => new Date(now().getTime() + leaseMs)
  const claim = { name, heldBy, now: now(), leasedUntil: leasedUntil(), turn }
  if (!(await db.write((tx) => takeLease(tx, claim)))) return 'held'

  const renew = () => db.write((tx) => renewLease(tx, { name, heldBy, leasedUntil: leasedUntil() }))
  const finish = (lastError: string | null) => db.write((tx) => returnLease(tx, { name, heldBy, at: now(), lastError }))
  try {
    await keepAlive(renew, leaseMs / 3, work)
  } catch (error) {
    // The work's own error is the one to tell, whether or not the lease can be given back.
    const safe = withoutParameters(error)
    await finish(String(safe).slice(0, 500)).catch(() => {})
    throw safe
  }
  await finish(null)
  return 'done'
}
