import type { Day } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { hold, resume } from '../../domain/pauses.ts'
import type { Context } from '../context.ts'
import { holdPlacementsOf, resumePlacementsOf } from '../steps/cascades.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** Life comes between: it stands still until a day that was agreed, and nobody loses a place in a queue by it. */
export async function holdReferral(
  context: Context,
  actor: Actor,
  id: string,
  { reason, restartsOn }: { reason: string; restartsOn: Day },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.hold', ({ tx, referral, movers, now, limits }) => ({
    step: hold(referral, { reason, restartsOn }, movers, now, limits),
    detail: { restartsOn },
    andThen: ({ eventId }) => holdPlacementsOf(context, tx, { referralId: id, restartsOn, causedBy: eventId }),
  }))
}

export async function resumeReferral(context: Context, actor: Actor, id: string): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.resume', ({ tx, referral, movers, now, limits }) => ({
    step: resume(referral, movers, now, limits),
    andThen: ({ eventId }) => resumePlacementsOf(context, tx, id, eventId),
  }))
}
