import { release } from '../../domain/referral.ts'
import { listOpenReferralsOf } from '../../store/clocks.ts'
import type { Db } from '../../store/database.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { takeReferralStep } from './referral-step.ts'

/** Its navigator is away: it goes to the lead's queue, and its clock runs on. */
export async function releaseReferral(context: Context, tx: Db, referral: ReferralRow): Promise<void> {
  await takeReferralStep(context, tx, 'system', referral, release(referral, ['system']))
}

// Far more than anybody carries: they are released together with what sends the navigator away.
const MOST = 10_000

/** All that somebody carries for an organisation. Answers with how many they were. */
export async function releaseAllOf(
  context: Context,
  tx: Db,
  of: { userId: string; organisationId: string },
): Promise<number> {
  const referrals = await listOpenReferralsOf(tx, of, { after: undefined, limit: MOST })
  for (const referral of referrals) await releaseReferral(context, tx, referral)
  return referrals.length
}
