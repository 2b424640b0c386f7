import type { Actor } from '../../domain/organisation.ts'
import { requireUndoable } from '../../domain/undo.ts'
import { findLastEvent } from '../../store/events.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { takeBack } from '../undo/take-back.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** A mistake, taken back by whoever made it within a day: everything is as before, and both moves stay in the history. */
export async function undoReferral(context: Context, actor: Actor, id: string): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    await getReferral(tx, actor, id, 'referral.undo')
    const last = await findLastEvent(tx, id)
    requireUndoable(last, actor, context.now())
    await takeBack(context, tx, actor, last)
    return viewReferral(context, tx, actor, await getReferralRow(tx, id))
  })
}
