import { isAnswerLate } from '../../domain/clocks.ts'
import { addDays, londonDay } from '../../domain/day.ts'
import { answer } from '../../domain/pauses.ts'
import type { Context } from '../context.ts'
import { takeReferralStep } from '../steps/referral-step.ts'
import { runReferralClock } from './due.ts'

/** A question that was not answered in time: the navigator goes on without an answer. */
export function answerLapsed(context: Context, signal: AbortSignal): Promise<number> {
  return runReferralClock(
    context,
    {
      states: ['information_needed'],
      until: addDays(londonDay(context.now()), -1),
      isDue: (referral, { now }) => isAnswerLate(referral, now),
      carryOut: (tx, referral, { now, limits }) =>
        takeReferralStep(context, tx, 'system', referral, answer(referral, ['system'], now, limits)),
    },
    signal,
  )
}
