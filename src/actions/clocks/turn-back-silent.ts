import { isTeamSilent } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { turnBack } from '../../domain/pauses.ts'
import type { Context } from '../context.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { runReferralClock } from './due.ts'

/** A team that did not say in time whether it takes somebody on: the referral is where it was. */
export function turnBackSilent(context: Context, signal: AbortSignal): Promise<number> {
  return runReferralClock(
    context,
    {
      states: ['redirected'],
      until: addDays(londonDay(context.now()), -1),
      isDue: (referral, { now }) => isTeamSilent(referral, now),
      carryOut: (tx, referral, { now, limits }) =>
        takeReferralStep(context, tx, 'system', referral, turnBack(referral, ['system'], now, limits)),
    },
    signal,
  )
}
