import { type PositionRange, positionRange } from '../../domain/queue.ts'
import type { Db } from '../../store/database.ts'
import { listPositions } from '../../store/queues.ts'
import type { Context } from '../context.ts'

/** Where these placements stand in their queues, as ranges; what does not wait is not among them. */
export async function readPositions(
  db: Db,
  placements: readonly { id: string; groupId: string; status: string }[],
): Promise<Map<string, PositionRange>> {
  const waiting = placements.filter(({ status }) => status === 'waitlisted')
  if (waiting.length === 0) return new Map()
  const positions = await listPositions(db, [...new Set(waiting.map(({ groupId }) => groupId))])
  return new Map(
    waiting.flatMap(({ id }) => {
      const position = positions.get(id)
      return position === undefined ? [] : [[id, positionRange(position)]]
    }),
  )
}

/** The same of one placement, for whoever was let in already: the person, by their own link. Null where they do not wait. */
export async function readPosition(
  { db }: Context,
  placement: { id: string; groupId: string; status: string },
): Promise<PositionRange | null> {
  return (await readPositions(db.read, [placement])).get(placement.id) ?? null
}
