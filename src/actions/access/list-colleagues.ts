import { londonDay } from '../../domain/day.ts'
import type { Notice } from '../../domain/notices.ts'
import { type Actor, ROLES, type Role } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { countOpenReferrals, isAwayOn, listMembersOf, type MemberRow } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { permit } from './permit.ts'

/** Somebody of the same organisation: whether they are here, and what they carry. */
export interface ColleagueView {
  id: string
  name: string
  role: Role
  isSuspended: boolean
  leave: { from: string; until: string } | null
  isOnLeave: boolean
  wards: string[]
  openReferrals: number
  /** Only for whoever may change it. */
  email: string | null
  lastSignedInAt: Date | null
  mutedNotices: Notice[]
}

/** The people of the actor's own organisation, by name: whom one may assign to. Only who may restore somebody sees the suspended. */
export async function listColleagues(context: Context, actor: Actor, role?: Role): Promise<ColleagueView[]> {
  permit(actor, 'colleague.list')
  const { read } = context.db
  const roles = role ? [role] : ROLES
  const members = await listMembersOf(read, actor.organisationId)
  const seesSuspended = may(actor, 'colleague.change')
  const shown = members.filter(
    (member) => roles.includes(member.membership.role) && (seesSuspended || !isSuspended(member)),
  )
  return viewColleagues(context, read, actor, shown)
}

export async function viewColleagues(
  context: Context,
  db: Db,
  actor: Actor,
  members: MemberRow[],
): Promise<ColleagueView[]> {
  const loads = await countOpenReferrals(db, actor.organisationId)
  const seesAccess = may(actor, 'colleague.change')
  const today = londonDay(context.now())
  return members.map((member) => {
    const { role, leaveFrom: from, leaveUntil: until, wards } = member.membership
    return {
      id: member.id,
      name: member.name,
      role,
      isSuspended: isSuspended(member),
      leave: from && until ? { from, until } : null,
      isOnLeave: isAwayOn(member.membership, today),
      wards: wards ?? [],
      openReferrals: loads.get(member.id) ?? 0,
      email: seesAccess ? member.email : null,
      lastSignedInAt: seesAccess ? member.lastSignedInAt : null,
      mutedNotices: seesAccess ? (member.membership.mutedNotices ?? []) : [],
    }
  })
}

function isSuspended({ userSuspendedAt, membership }: MemberRow): boolean {
  return userSuspendedAt !== null || membership.suspendedAt !== null
}
