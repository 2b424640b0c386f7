import { isOpenPlacement } from '../../domain/placement.ts'
import { handBack, watchPlacements } from '../../domain/referral.ts'
import type { Db } from '../../store/database.ts'
import { listPlacementsOf, type PlacementRow } from '../../store/placements.ts'
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
  const open = (await listPlacementsOf(tx, referral.id)).filter(({ status }) => isOpenPlacement(status))
  if (!isOpenPlacement(placement.status)) {
    const step = handBack(referral, placement.startedAt !== null, dueDays(open), now)
    await takeStep(context, tx, 'system', referral, step)
    return
  }
  const watching = referral.nextStep === 'review'
  await saveReferral(tx, referral, {
    ...(watching ? nextColumns(watchPlacements(referral, dueDays(open), now)) : {}),
    changedAt: now,
  })
}

export function dueDays(placements: PlacementRow[]): string[] {
  return placements.flatMap(({ nextDueOn }) => nextDueOn ?? [])
}
