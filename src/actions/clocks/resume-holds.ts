import { isHoldOver } from '../../domain/clocks.ts'
import { resume } from '../../domain/pauses.ts'
import type { Db } from '../../store/database.ts'
import { listOpenPlacementsOf } from '../../store/placements.ts'
import type { Context } from '../context.ts'
import { offerPlaces } from '../steps/carry-out.ts'
import { resumePlacementsOf } from '../steps/cascades.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { runReferralClock } from './due.ts'

/** The day that was agreed has come: the referral starts again, and whoever paused with it waits again. */
export function resumeHolds(context: Context, signal: AbortSignal): Promise<number> {
  return runReferralClock(
    context,
    {
      states: ['on_hold'],
      // Another day may stand in the next action: a placement that ended meanwhile is to be talked about.
      until: null,
      isDue: (referral, { now }) => isHoldOver(referral, now),
      async carryOut(tx, referral, { now, limits }) {
        const step = resume(referral, ['system'], now, limits)
        const { eventId } = await takeReferralStep(context, tx, 'system', referral, step)
        await resumePlacementsOf(context, tx, referral.id, eventId)
        await offerWhereItWaits(context, tx, referral.id)
      },
    },
    signal,
  )
}

async function offerWhereItWaits(context: Context, tx: Db, referralId: string): Promise<void> {
  for (const { status, groupId } of await listOpenPlacementsOf(tx, referralId))
    if (status === 'waitlisted') await offerPlaces(context, tx, groupId)
}
