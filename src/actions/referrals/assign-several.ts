import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getReferral } from '../access/get-referral.ts'
import { referralMovers } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getLimits } from '../steps/limits.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { decideAssignment } from './assign-referral.ts'

/** Given in one go: as many as a list page shows. */
export const MOST_AT_ONCE = 50

/** Gives several referrals to one colleague: all of them, or none where one of them cannot be given now. */
export async function assignSeveral(
  context: Context,
  actor: Actor,
  ids: readonly string[],
  navigatorId: string,
): Promise<{ count: number }> {
  const several = [...new Set(ids)].sort()
  if (several.length === 0 || several.length > MOST_AT_ONCE)
    throw new Refusal('invalid-input', `Select between 1 and ${MOST_AT_ONCE} referrals.`)
  return context.db.write(async (tx) => {
    for (const id of several) {
      const referral = await getReferral(tx, actor, id, 'referral.reassign')
      const limits = await getLimits(tx, referral)
      const it = { tx, referral, movers: referralMovers(actor, referral), now: context.now(), limits }
      try {
        const { step, detail = {} } = await decideAssignment(it, actor, { navigatorId })
        await takeReferralStep(context, tx, actor, referral, step, { detail })
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind !== 'rule') throw error
        throw new Refusal(error.code, `${referral.reference}: ${error.message} Nothing was given to anybody.`)
      }
    }
    return { count: several.length }
  })
}
