import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, type GroupRow } from '../../store/groups.ts'

/** A group of the directory. Cancelled ones are gone from it. */
export async function getGroup(db: Db, id: string): Promise<GroupRow> {
  const group = await findGroup(db, id)
  if (!group || group.cancelledAt) throw new Refusal('not-found', 'There is no such group.')
  return group
}
