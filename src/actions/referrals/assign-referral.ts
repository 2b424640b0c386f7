import { type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { assign } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { spokenMoment } from '../../domain/spoken-moment.ts'
import type { Db } from '../../store/database.ts'
import { listMovesOf } from '../../store/events.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { getUserNames, listPresentNavigators } from '../../store/users.ts'
import { permit } from '../access/permit.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { moveReferral, type ReferralCase, type ReferralDecision } from './move.ts'
import type { ReferralView } from './view.ts'

type To = { navigatorId: string } | { toMe: true }

/** Navigators take referrals themselves; the triage lead may give them to a colleague, and pass them on later. */
export async function assignReferral(context: Context, actor: Actor, id: string, to: To): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.assign', (it) => decideAssignment(it, actor, to))
}

/** The decision alone, for one referral of one or of several. */
export async function decideAssignment(
  { tx, referral, movers, now, limits }: ReferralCase,
  actor: Actor,
  to: To,
): Promise<ReferralDecision> {
  const today = londonDay(now)
  const navigatorId = 'toMe' in to ? actor.userId : to.navigatorId
  if ('toMe' in to) await requireNotTaken(tx, referral, actor.userId, today)
  const navigators = await listPresentNavigators(tx, referral.receivingOrganisationId, today)
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
    permit(actor, 'referral.reassign', referralTies(referral), { kind: 'referral', id: referral.id })
  return { step: assign(referral, navigatorId, movers, limits), detail: { navigatorId } }
}

/** Whoever comes second is told who was first, and when. */
async function requireNotTaken(tx: Db, { id, navigatorId }: ReferralRow, userId: string, today: Day): Promise<void> {
  if (!navigatorId || navigatorId === userId) return
  const names = await getUserNames(tx, [navigatorId])
  const taken = (await listMovesOf(tx, id, ['referral.assigned', 'referral.reassigned'])).filter(
    ({ undoes }) => !undoes,
  )
  const at = taken.at(-1)?.at
  const who = names.get(navigatorId)?.name ?? 'A colleague'
  throw new Refusal('changed-meanwhile', `${who} took this ${at ? spokenMoment(at, today) : 'already'}.`)
}
