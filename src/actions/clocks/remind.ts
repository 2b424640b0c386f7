import { remindNavigator, remindProvider } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { OPEN_REFERRAL } from '../../domain/referral-moves.ts'
import type { Context } from '../context.ts'
import { takePlacementStep } from '../steps/placement-step.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { runPlacementClock, runReferralClock } from './due.ts'

/** Navigators who are late, once for each next action. */
export function remindNavigators(context: Context, signal: AbortSignal): Promise<number> {
  return runReferralClock(
    context,
    {
      states: OPEN_REFERRAL,
      until: addDays(londonDay(context.now()), -1),
      notReminded: true,
      isDue: (referral, { now }) => remindNavigator(referral, now) !== undefined,
      async carryOut(tx, referral, { now }) {
        const step = remindNavigator(referral, now)
        if (step) await takeReferralStep(context, tx, 'system', referral, step, { changes: { remindedAt: now } })
      },
    },
    signal,
  )
}

/** Projects that owe a register or a review today, or a session since yesterday: once for each. */
export function remindProviders(context: Context, signal: AbortSignal): Promise<number> {
  return runPlacementClock(
    context,
    {
      states: ['accepted', 'booked', 'started'],
      until: londonDay(context.now()),
      notReminded: true,
      isDue: (placement, { now }) => remindProvider(placement, now) !== undefined,
      async carryOut(tx, placement, { now }) {
        const step = remindProvider(placement, now)
        // No state changes by it, so nothing follows for the referral.
        if (step) await takePlacementStep(context, tx, 'system', placement, step)
      },
    },
    signal,
  )
}
