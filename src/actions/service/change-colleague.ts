import { type Day, londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { endSessionsOf, findMember, isAwayOn, saveMembership } from '../../store/users.ts'
import { type ColleagueView, viewColleagues } from '../access/list-colleagues.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { releaseAllOf } from '../steps/release.ts'

export interface ColleagueChange {
  suspended?: boolean | undefined
  /** Both days included; null where there is none. */
  leave?: { from: Day; until: Day } | null | undefined
  /** The wards a navigator looks after; none for all of them. */
  wards?: string[] | undefined
}

/**
 * What an administrator says of a colleague in the own organisation. Whoever is suspended is signed out everywhere, and
 * whoever is away from today leaves their open referrals to the lead's queue, all in the same transaction.
 */
export async function changeColleague(
  context: Context,
  actor: Actor,
  userId: string,
  change: ColleagueChange,
): Promise<ColleagueView> {
  permit(actor, 'colleague.change', {}, { kind: 'user', id: userId })
  const now = context.now()
  const { organisationId } = actor
  return context.db.write(async (tx) => {
    const member = await findMember(tx, organisationId, userId)
    if (!member) throw new Refusal('not-found', 'There is nothing here that you can see.')
    const { suspended, leave, wards } = change
    if (suspended && userId === actor.userId)
      throw new Refusal('not-allowed', 'You cannot suspend yourself. Ask another administrator.')
    await saveMembership(tx, member.membership.id, {
      ...(suspended === undefined ? {} : { suspendedAt: suspended ? (member.membership.suspendedAt ?? now) : null }),
      ...(leave === undefined ? {} : { leaveFrom: leave?.from ?? null, leaveUntil: leave?.until ?? null }),
      ...(wards === undefined ? {} : { wards: [...new Set(wards)] }),
    })
    const sessionsEnded = suspended ? await endSessionsOf(tx, userId, now) : 0
    const changed = (await findMember(tx, organisationId, userId)) ?? member
    const isAway = changed.membership.suspendedAt !== null || isAwayOn(changed.membership, londonDay(now))
    const released = isAway ? await releaseAllOf(context, tx, { userId, organisationId }) : 0
    await recordAct(context, tx, actor, {
      action: 'user.changed',
      subjectKind: 'user',
      subjectId: userId,
      detail: { change, sessionsEnded, released },
    })
    const [view] = await viewColleagues(context, tx, organisationId, [changed])
    if (!view) throw new Error('A colleague was read and not shown.')
    return view
  })
}
