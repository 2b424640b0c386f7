import { isPauseOver } from '../../domain/clocks.ts'
import { resumeWaiting } from '../../domain/waiting.ts'
import { getReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { carryOutStep, offerPlaces } from '../steps/carry-out.ts'
import { runPlacementClock } from './due.ts'

/** The day has come on which somebody wanted to wait again; while the whole referral is on hold, it waits for that. */
export function resumeWaitingPlaces(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['paused'],
      until: null,
      isDue: (placement, { now }) => isPauseOver(placement, now),
      async carryOut(tx, placement, { now, limits }) {
        const referral = await getReferralRow(tx, placement.referralId)
        if (referral.status === 'on_hold') return false
        const step = resumeWaiting(placement, ['system'], now, limits)
        await carryOutStep(context, tx, 'system', placement, step)
        await offerPlaces(context, tx, placement.groupId)
        return true
      },
    },
    signal,
  )
}
