import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { assign } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getUserNames, listPresentNavigators } from '../../store/users.ts'
import { permit } from '../access/permit.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** Navigators take referrals themselves; the triage lead may give them to a colleague, and pass them on later. */
export async function assignReferral(
  context: Context,
  actor: Actor,
  id: string,
  to: { navigatorId: string } | { toMe: true },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.assign', async ({ tx, referral, movers, now, limits }) => {
    const navigatorId = 'toMe' in to ? actor.userId : to.navigatorId
    const { navigatorId: holder } = referral
    if ('toMe' in to && holder && holder !== actor.userId) {
      const names = await getUserNames(tx, [holder])
      throw new Refusal('changed-meanwhile', `${names.get(holder)?.name ?? 'A colleague'} took this one already.`)
    }
    const navigators = await listPresentNavigators(tx, referral.receivingOrganisationId, londonDay(now))
    if (!navigators.some((user) => user.id === navigatorId))
      throw new Refusal('invalid-input', 'Choose a navigator of your own service who is not on leave.', [
        {
          pointer: '/navigatorId',
          code: 'not-a-navigator',
          detail: 'This is not a navigator of your service who is here',
        },
      ])
    // Giving work to somebody else is the lead's to do.
    if (navigatorId !== actor.userId)
      permit(actor, 'referral.reassign', referralTies(referral), { kind: 'referral', id })
    return { step: assign(referral, navigatorId, movers, limits), detail: { navigatorId } }
  })
}
