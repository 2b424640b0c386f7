import type { Acting } from '../../domain/organisation.ts'
import { requireUndoable } from '../../domain/undo.ts'
import { findLastEvent } from '../../store/events.ts'
import { getPlacement } from '../access/get-placement.ts'
import type { Context } from '../context.ts'
import { takeBack } from '../undo/take-back.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** A mistake, taken back by whoever made it within a day: everything is as before, and both moves stay in the history. */
export async function undoPlacement(context: Context, actor: Acting, id: string): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    await getPlacement(tx, actor, id, 'placement.undo')
    const last = await findLastEvent(tx, id)
    requireUndoable(last, actor, context.now())
    await takeBack(context, tx, actor, last)
    return presentPlacement(context, tx, actor, id)
  })
}
