import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, findGroupWithProject, type GroupRow } from '../../store/groups.ts'

export const GROUP_CANCELLED = 'This group was cancelled. Its people went back to their navigators.'

/** A group of the directory. Cancelled ones are gone from it. */
export async function getGroup(db: Db, id: string): Promise<GroupRow> {
  return standing(await findGroup(db, id))
}

/** The same with what a decision has to know of its project. */
export async function getGroupWithProject(db: Db, id: string) {
  const row = await findGroupWithProject(db, id)
  return { group: standing(row?.group), project: row?.project }
}

function standing(group: GroupRow | undefined): GroupRow {
  if (!group) throw new Refusal('not-found', 'There is no such group.')
  if (group.cancelledAt) throw new Refusal('not-found', GROUP_CANCELLED)
  return group
}
