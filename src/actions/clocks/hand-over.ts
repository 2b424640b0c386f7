import { londonDay } from '../../domain/day.ts'
import { isUserAway, listAway, listOpenReferralsOf } from '../../store/clocks.ts'
import { findReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { releaseReferral } from '../steps/release.ts'
import { inTurn, sweep } from './sweep.ts'

/** What navigators carry who are suspended or on leave goes to the lead's queue. */
export async function handOver(context: Context, signal: AbortSignal): Promise<number> {
  const away = await listAway(context.db.read, londonDay(context.now()))
  return inTurn(away, (of) => handOverFrom(context, of, signal))
}

function handOverFrom(
  context: Context,
  of: { userId: string; organisationId: string },
  signal: AbortSignal,
): Promise<number> {
  return sweep(
    context,
    {
      list: (db, page) => listOpenReferralsOf(db, of, page),
      async take(tx, id) {
        const referral = await findReferral(tx, id)
        if (referral?.navigatorId !== of.userId) return false
        if (!(await isUserAway(tx, of.userId, of.organisationId, londonDay(context.now())))) return false
        await releaseReferral(context, tx, referral)
        return true
      },
    },
    signal,
  )
}
