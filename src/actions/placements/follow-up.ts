import { londonDay } from '../../domain/day.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { handBack, watchPlacements } from '../../domain/referral.ts'
import type { Db } from '../../store/database.ts'
import { dueDays, listOpenPlacementsOf, type PlacementRow } from '../../store/placements.ts'
import { getReferralRow, nextColumns, saveReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { takeStep } from '../referrals/step.ts'

/**
 * What a placement's step means for its referral. An ended one hands back to the navigator; an open one moves the day
 * on which the navigator looks again. Either way the referral has news.
 */
export async function followUp(context: Context, tx: Db, placement: PlacementRow): Promise<void> {
  const now = context.now()
  const referral = await getReferralRow(tx, placement.referralId)
  if (referral.status !== 'active') return
  const due = dueDays(await listOpenPlacementsOf(tx, referral.id))
  if (!isOpenPlacement(placement.status)) {
    await takeStep(context, tx, 'system', referral, handBack(referral, placement.startedAt !== null, due, now))
    return
  }
  const review = watchPlacements(referral, due, now)
  // Good news from one project does not put off what another's refusal asked for.
  const isSooner = referral.nextStep === 'review' && review.dueOn < (referral.nextDueOn ?? '')
  const isPast = referral.nextStep === 'review' && (referral.nextDueOn ?? '') < londonDay(now)
  await saveReferral(tx, referral, { ...(isSooner || isPast ? nextColumns(review) : {}), changedAt: now })
}
