import { londonDay } from '../../domain/day.ts'
import { type Load, NO_LOAD, weightOf } from '../../domain/load.ts'
import type { Actor } from '../../domain/organisation.ts'
import { countLoads } from '../../store/board.ts'
import { isAwayOn, listMembersOf, type MemberRow } from '../../store/users.ts'
import type { Context } from '../context.ts'
import { permit } from './permit.ts'

const WEEK_MS = 7 * 86_400_000

/** A colleague who may be given referrals, with what they carry. */
export interface LoadView extends Load {
  id: string
  name: string
  weight: number
  leaveUntil: string | null
  isOnLeave: boolean
  wards: string[]
}

/** Those of the actor's service who work on referrals, by name. */
export async function listTeam({ db }: Context, actor: Actor): Promise<{ id: string; name: string }[]> {
  permit(actor, 'colleague.list')
  return (await listMembersOf(db.read, actor.organisationId)).filter(worksHere).map(({ id, name }) => ({ id, name }))
}

function worksHere({ userSuspendedAt, membership }: MemberRow): boolean {
  const isHere = !userSuspendedAt && !membership.suspendedAt
  return isHere && (membership.role === 'navigator' || membership.role === 'triage_lead')
}

/** Those of the actor's service who work on referrals, whoever carries least first: two queries, however many they are. */
export async function listLoads(context: Context, actor: Actor): Promise<LoadView[]> {
  permit(actor, 'colleague.list')
  const { read } = context.db
  const now = context.now()
  const today = londonDay(now)
  const loads = new Map<string, Load>()
  const rows = await countLoads(read, actor.organisationId, new Date(now.getTime() - WEEK_MS))
  for (const { navigatorId, priority, open, fresh } of rows) {
    const load = loads.get(navigatorId ?? '') ?? NO_LOAD
    loads.set(navigatorId ?? '', { open: { ...load.open, [priority]: open }, fresh: load.fresh + fresh })
  }
  const members = await listMembersOf(read, actor.organisationId)
  return members
    .filter(worksHere)
    .map(({ id, name, membership }) => {
      const load = loads.get(id) ?? NO_LOAD
      const isOnLeave = isAwayOn(membership, today)
      const leaveUntil = isOnLeave ? membership.leaveUntil : null
      return { id, name, ...load, weight: weightOf(load), isOnLeave, leaveUntil, wards: membership.wards ?? [] }
    })
    .sort((a, b) => Number(a.isOnLeave) - Number(b.isOnLeave) || a.weight - b.weight || (a.name < b.name ? -1 : 1))
}
