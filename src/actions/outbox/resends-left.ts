import { londonDay, londonMoment } from '../../domain/day.ts'
import { RESENDS_A_DAY } from '../../domain/messages.ts'
import type { Db } from '../../store/database.ts'
import { countRepeats } from '../../store/message-lists.ts'
import type { Context } from '../context.ts'

type Repeated = Parameters<Awaited<ReturnType<typeof countRepeats>>>[0]

/** How often messages about these referrals may still be sent again today. A repetition counts for what it repeats. */
export async function resendsLeft(
  { now }: Context,
  db: Db,
  referralIds: string[],
): Promise<(message: Repeated) => number> {
  const today = londonMoment(londonDay(now()), 0)
  const repeats = await countRepeats(db, [...new Set(referralIds)], today)
  return (message) => Math.max(0, RESENDS_A_DAY - repeats(message))
}
