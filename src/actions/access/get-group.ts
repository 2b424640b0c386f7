import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'

export const GROUP_CANCELLED = 'This group was cancelled. Its people went back to their navigators.'

/** A group of the directory. Cancelled ones are gone from it. */
export async function getGroup(db: Db, id: string): Promise<GroupRow> {
  const group = await findGroup(db, id)
  if (!group) throw new Refusal('not-found', 'There is no such group.')
  if (group.cancelledAt) throw new Refusal('not-found', GROUP_CANCELLED)
  return group
}
