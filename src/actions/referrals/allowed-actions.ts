import { DIED, reopen, withdraw } from '../../domain/closing.ts'
import { doorsOpen } from '../../domain/moves.ts'
import type { Actor } from '../../domain/organisation.ts'
import { REFERRAL_MOVES, type ReferralStatus } from '../../domain/referral-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getPerson } from '../../store/people.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { referralMovers } from '../access/ties.ts'
import { getLimits } from '../steps/limits.ts'
import { findUndoable } from '../undo/undoable.ts'

/**
 * The doors that a request would find open: by the table, and by what a move asks beyond the state. Whatever can still
 * be put right in the request, like an agreement or a reason, closes none.
 */
export async function listAllowedActions(db: Db, actor: Actor, referral: ReferralRow, now: Date): Promise<string[]> {
  const movers = referralMovers(actor, referral)
  const doors = doorsOpen<ReferralStatus>(REFERRAL_MOVES, referral.status, movers)
  const canUndo = doors.includes('undo') && (await findUndoable(db, actor, 'referral', [referral.id], now)).size > 0
  const limits = await getLimits(db, referral)
  const hasDied = doors.includes('reopen') && (await getPerson(db, referral.personId)).messagesStopped === DIED
  const again = { navigatorId: actor.userId, freshConsent: true, hasDied }
  const isOpen: Record<string, () => boolean> = {
    undo: () => canUndo,
    withdraw: () => passes(() => withdraw(referral, 'other', movers)),
    reopen: () => passes(() => reopen(referral, again, movers, now, limits)),
  }
  return doors.filter((door) => isOpen[door]?.() ?? true)
}

function passes(decide: () => unknown): boolean {
  try {
    decide()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
