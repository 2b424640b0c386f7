import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { assign } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getUserNames, listUsersOf } from '../../store/users.ts'
import { permit } from '../access/permit.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getReferral } from './get-referral.ts'
import { takeStep } from './step.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** Navigators take referrals themselves; the triage lead may give them to a colleague, and pass them on later. */
export async function assignReferral(
  context: Context,
  actor: Actor,
  id: string,
  to: { navigatorId: string } | { toMe: true },
): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'referral.assign')
    const navigatorId = 'toMe' in to ? actor.userId : to.navigatorId
    const { navigatorId: holder } = referral
    if ('toMe' in to && holder && holder !== actor.userId) {
      const names = await getUserNames(tx, [holder])
      throw new Refusal('changed-meanwhile', `${names.get(holder)?.name ?? 'A colleague'} took this one already.`)
    }
    const navigators = await listUsersOf(tx, referral.receivingOrganisationId, ['navigator', 'triage_lead'])
    if (!navigators.some((user) => user.id === navigatorId))
      throw new Refusal('invalid-input', 'Choose a navigator of your own service.', [
        { pointer: '/navigatorId', code: 'not-a-navigator', detail: 'This is not a navigator of your service' },
      ])
    // Giving work to somebody else is the lead's to do.
    if (navigatorId !== actor.userId)
      permit(actor, 'referral.reassign', referralTies(referral), { kind: 'referral', id })
    const step = assign(referral, navigatorId, moversFor(actor, referralTies(referral)))
    const saved = await takeStep(context, tx, actor, referral, step, {
      changes: { navigatorId },
      detail: { navigatorId },
    })
    return viewReferral(context, tx, actor, saved)
  })
}
