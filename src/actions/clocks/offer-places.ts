import { confirmedSince } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { listGroupsToOffer } from '../../store/queues.ts'
import type { Context } from '../context.ts'
import { offerPlaces as offerThem } from '../steps/carry-out.ts'
import { roomToOffer } from '../steps/queue.ts'
import { sweep } from './sweep.ts'

/**
 * No place stays empty while somebody waits: whatever freed it (a new week of a quota, a window of intake that opened, somebody
 * who joined a list with room), the first in the queue is offered it now. What frees a place offers it in the same
 * transaction; this finds the rest. Answers with how many groups there were.
 */
export function offerPlaces(context: Context, signal: AbortSignal): Promise<number> {
  const now = context.now()
  const since = { confirmedSince: confirmedSince(now), today: londonDay(now) }
  return sweep(
    context,
    {
      list: (db, page) => listGroupsToOffer(db, since, page),
      isDue: async ({ id }) => (await roomToOffer(context.db.read, id, context.now())) !== undefined,
      take: async (tx, id) => (await offerThem(context, tx, id)) > 0,
    },
    signal,
  )
}
