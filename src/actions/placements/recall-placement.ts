import type { Actor } from '../../domain/organisation.ts'
import { recall } from '../../domain/placement-talk.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** The navigator takes the request back before anybody came: the project may not see it any more. */
export async function recallPlacement(context: Context, actor: Actor, id: string): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.recall', ({ placement, movers }) => ({
    step: recall(placement, movers),
  }))
}
