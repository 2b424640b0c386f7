import { DIED, reopen } from '../../domain/closing.ts'
import type { Actor } from '../../domain/organisation.ts'
import { getPerson } from '../../store/people.ts'
import type { Context } from '../context.ts'
import { tellApart } from '../people/same-person.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

export interface Reopening {
  reason: string
  /** The person's fresh yes, needed where they had withdrawn. */
  consent?: { shareWithNavigator: boolean } | undefined
}

/** It is the navigator's again who opens it. A duplicate was none after all, so it is un-merged. */
export async function reopenReferral(
  context: Context,
  actor: Actor,
  id: string,
  { reason, consent }: Reopening,
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.reopen', async ({ tx, referral, movers, now, limits }) => {
    const freshConsent = consent?.shareWithNavigator ?? false
    const hasDied = (await getPerson(tx, referral.personId)).messagesStopped === DIED
    const step = reopen(referral, { navigatorId: actor.userId, freshConsent, hasDied }, movers, now, limits)
    return {
      step: { ...step, reason },
      // The summary stays for whoever takes the reopening back; nobody is shown it while the referral is open.
      changes: { closedAt: null, closingReason: null, duplicateOf: null },
      detail: { freshConsent },
      andThen: async ({ eventId }) =>
        referral.status === 'duplicate' && tellApart(context, tx, actor, referral, eventId),
    }
  })
}
