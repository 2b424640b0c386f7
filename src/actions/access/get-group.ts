import type { Party } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, findGroupWithProject, type GroupRow } from '../../store/groups.ts'
import { hasSentTo } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'

export const GROUP_CANCELLED = 'This group was cancelled. Its people went back to their navigators.'
export const NO_GROUP = 'There is no such group.'

/** A group, whoever asks: for what was let in by another record. Cancelled ones are gone from the directory. */
export async function getGroup(db: Db, id: string): Promise<GroupRow> {
  return requireRunning(await findGroup(db, id))
}

/** The same with what a decision has to know of its project. */
export async function getGroupWithProject(db: Db, id: string) {
  const row = await findGroupWithProject(db, id)
  return { group: requireRunning(row?.group), project: row?.project }
}

/** A group that the actor may know of, as it is with its project; and one that somebody of theirs was sent to. */
export async function getVisibleGroup(db: Db, actor: Party, id: string): Promise<GroupRow> {
  const group = await findGroup(db, id)
  if (group && !(await isVisible(db, actor, group))) throw new Refusal('not-found', NO_GROUP, [], { kind: 'group', id })
  return requireRunning(group)
}

export function requireRunning(group: GroupRow | undefined): GroupRow {
  if (!group) throw new Refusal('not-found', NO_GROUP)
  if (group.cancelledAt) throw new Refusal('not-found', GROUP_CANCELLED)
  return group
}

async function isVisible(db: Db, actor: Party, group: GroupRow): Promise<boolean> {
  if (may(actor, 'group.change', { provider: group.providerOrganisationId })) return true
  const project = await findProject(db, group.projectId)
  if (!project) return false
  if (project.isListed || may(actor, 'project.change', { provider: project.providerOrganisationId })) return true
  return hasSentTo(db, actor, group.id)
}
