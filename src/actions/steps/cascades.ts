import type { Day } from '../../domain/day.ts'
import { isOpenPlacement, withdrawPlacement } from '../../domain/placement.ts'
import { resumeWaiting, withHold } from '../../domain/waiting.ts'
import type { Db } from '../../store/database.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { passOn } from './carry-out.ts'
import { getLimits } from './limits.ts'
import { takePlacementStep } from './placement-step.ts'
import { NO_SEAT } from './seat.ts'

/** When a referral closes, its open placements end with it and their places are free in the same transaction. */
export async function endPlacementsOf(context: Context, tx: Db, referralId: string, causedBy: string): Promise<void> {
  const placements = await listPlacementsOf(tx, referralId)
  for (const placement of placements.filter(({ status }) => isOpenPlacement(status))) {
    const step = withdrawPlacement(placement, 'referral_closed', ['system'])
    await takePlacementStep(context, tx, 'system', placement, step, { causedBy })
    await passOn(context, tx, placement, step)
  }
}

/** When a referral is put on hold, what waits pauses with it and what is undecided is recalled. */
export async function holdPlacementsOf(
  context: Context,
  tx: Db,
  { referralId, restartsOn, causedBy }: { referralId: string; restartsOn: Day; causedBy: string },
): Promise<void> {
  for (const placement of await listPlacementsOf(tx, referralId)) {
    const step = withHold(placement, restartsOn)
    if (!step) continue
    const changes = step.to === 'paused' ? NO_SEAT : {}
    await takePlacementStep(context, tx, 'system', placement, step, { causedBy, changes })
    await passOn(context, tx, placement, step)
  }
}

/** Whoever paused with the hold waits again with its end, with the time of joining they had. */
export async function resumePlacementsOf(
  context: Context,
  tx: Db,
  referralId: string,
  causedBy: string,
): Promise<void> {
  for (const placement of await listPlacementsOf(tx, referralId)) {
    if (placement.status !== 'paused' || !placement.pausedByHold) continue
    const step = resumeWaiting(placement, ['system'], context.now(), await getLimits(tx, placement))
    await takePlacementStep(context, tx, 'system', placement, step, { causedBy })
  }
}
