import type { Acting } from '../../domain/organisation.ts'
import { reasonNotToUndo } from '../../domain/undo.ts'
import type { Db } from '../../store/database.ts'
import { listLastEvents } from '../../store/events.ts'

/** Those of these records whose last move this actor could take back, found in one query. */
export async function findUndoable(
  db: Db,
  actor: Acting,
  kind: 'referral' | 'placement',
  ids: string[],
  now: Date,
): Promise<Set<string>> {
  const last = await listLastEvents(db, kind, ids)
  return new Set(last.filter((event) => !reasonNotToUndo(event, actor, now)).map(({ subjectId }) => subjectId))
}
