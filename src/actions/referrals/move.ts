import type { Mover } from '../../domain/moves.ts'
import type { Limits } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { ReferralStep } from '../../domain/referral.ts'
import type { Db } from '../../store/database.ts'
import { getReferralRow, type ReferralChanges, type ReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import { referralMovers } from '../access/ties.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { getLimits } from '../steps/limits.ts'
import { type Taken, takeReferralStep } from '../steps/referral-step.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** What a decision about a referral is made from. */
export interface ReferralCase {
  tx: Db
  referral: ReferralRow
  movers: Mover[]
  now: Date
  limits: Limits
}

export interface ReferralDecision {
  step: ReferralStep
  changes?: ReferralChanges
  detail?: Record<string, unknown>
  /** What else is written in the same transaction, and what the move brings about. */
  andThen?: (taken: Taken<ReferralRow>) => Promise<unknown>
}

export type DecideReferral = (it: ReferralCase) => ReferralDecision | Promise<ReferralDecision | 'done-already'>

/**
 * Every move of a referral goes like this: see it, be allowed, decide, carry out, show it as it then is. A decision that
 * there is nothing left to do writes nothing, and is answered like the one that did it.
 */
export async function moveReferral(
  context: Context,
  actor: Actor,
  id: string,
  permission: Permission,
  decide: DecideReferral,
): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, permission)
    const isMoved = await makeReferralMove(context, tx, actor, referral, referralMovers(actor, referral), decide)
    // Read anew: what the move brought about may have changed it again.
    return viewReferral(context, tx, actor, isMoved ? await getReferralRow(tx, id) : referral)
  })
}

/** The same for whoever was let in another way: the person themselves, by a link. False where nothing was left to do. */
export async function makeReferralMove(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  movers: Mover[],
  decide: DecideReferral,
): Promise<boolean> {
  const limits = await getLimits(tx, referral)
  const decision = await decide({ tx, referral, movers, now: context.now(), limits })
  if (decision === 'done-already') return false
  const { step, changes = {}, detail = {}, andThen } = decision
  const taken = await takeReferralStep(context, tx, author, referral, step, { changes, detail })
  await andThen?.(taken)
  return true
}
