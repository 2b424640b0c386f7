import type { MutableNotice } from '../../domain/colleague.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import type { Actor, Role } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import {
  countAdministrators,
  endSessionsOf,
  findMember,
  isAwayOn,
  listMemberships,
  saveMembership,
} from '../../store/users.ts'
import { listWards } from '../../store/world.ts'
import { type ColleagueView, viewColleagues } from '../access/list-colleagues.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { releaseAllOf } from '../steps/release.ts'
import { requireRoleHere } from './invite-colleague.ts'

/** Only they carry referrals. */
const NAVIGATES: readonly Role[] = ['navigator', 'triage_lead']

export interface ColleagueChange {
  suspended?: boolean | undefined
  /** Both days included; null where there is none. */
  leave?: { from: Day; until: Day } | null | undefined
  /** The wards a navigator looks after; none for all of them. */
  wards?: string[] | undefined
  role?: Role | undefined
  /** E-mails about their own work that they do not want. */
  mutedNotices?: MutableNotice[] | undefined
}

/**
 * What an administrator says of a colleague in the own organisation. Whoever is suspended may do nothing here from the
 * next request on, and is signed out where they belong nowhere else; whoever is away from today leaves their open
 * referrals to the lead's queue, all in the same transaction.
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
    const { suspended, leave, wards, role, mutedNotices } = change
    if (userId === actor.userId) requireOthersBusiness(change, member.membership.role)
    if (role) requireRoleHere(actor, role)
    if (wards) await requireWards(tx, wards)
    await saveMembership(tx, member.membership.id, {
      ...(suspended === undefined ? {} : { suspendedAt: suspended ? (member.membership.suspendedAt ?? now) : null }),
      ...(leave === undefined ? {} : { leaveFrom: leave?.from ?? null, leaveUntil: leave?.until ?? null }),
      ...(wards === undefined ? {} : { wards: [...new Set(wards)] }),
      ...(role === undefined ? {} : { role }),
      ...(mutedNotices === undefined ? {} : { mutedNotices: [...new Set(mutedNotices)] }),
    })
    // A sign-in is the person's own: what they may do is read at each request, so their work elsewhere goes on.
    const isLast = suspended === true && (await listMemberships(tx, userId)).length === 0
    const sessionsEnded = isLast ? await endSessionsOf(tx, userId, now) : 0
    const changed = (await findMember(tx, organisationId, userId)) ?? member
    await requireAdministrator(tx, organisationId, member.membership.role)
    const isAway =
      !NAVIGATES.includes(changed.membership.role) ||
      changed.membership.suspendedAt !== null ||
      isAwayOn(changed.membership, londonDay(now))
    const released = isAway ? await releaseAllOf(context, tx, { userId, organisationId }) : 0
    await recordAct(context, tx, actor, {
      action: 'user.changed',
      subjectKind: 'user',
      subjectId: userId,
      detail: { change, sessionsEnded, released },
    })
    const [view] = await viewColleagues(context, tx, actor, [changed])
    if (!view) throw new Error('A colleague was read and not shown.')
    return view
  })
}

/** Of the loaded list, or of the city before any was loaded: nobody lives in another. */
async function requireWards(tx: Db, codes: string[]): Promise<void> {
  const known = new Set((await listWards(tx)).map(({ code }) => code))
  const faults = codes.flatMap((code, index) =>
    known.has(code) ? [] : [{ pointer: `/wards/${index}`, code: 'not-found', detail: `There is no ward ${code} here` }],
  )
  if (faults.length > 0) throw new Refusal('invalid-input', 'There is no such ward here.', faults)
}

/** Nobody decides about their own access: what one may do, another one has said. */
function requireOthersBusiness({ suspended, role }: ColleagueChange, present: Role): void {
  if (suspended) throw new Refusal('not-allowed', 'You cannot suspend yourself. Ask another administrator.')
  if (role && role !== present)
    throw new Refusal('not-allowed', 'You cannot change your own role. Ask another administrator.')
}

/** Asked when all is written, so that two who remove each other at once cannot both succeed. */
async function requireAdministrator(tx: Db, organisationId: string, was: Role): Promise<void> {
  if (was !== 'organisation_admin' || (await countAdministrators(tx, organisationId)) > 0) return
  throw new Refusal(
    'wrong-status',
    'This is the last administrator of your organisation. Make somebody else an administrator first.',
  )
}
