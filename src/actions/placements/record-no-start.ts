import type { Acting } from '../../domain/organisation.ts'
import { didNotStart } from '../../domain/placement-talk.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** They were expected and did not begin, and the project tried to reach them: the place is somebody else's. */
export async function recordNoStart(
  context: Context,
  actor: Acting,
  id: string,
  { note }: { note: string },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.didNotStart', ({ placement, movers, now, limits }) => ({
    step: didNotStart(placement, note, movers, now, limits),
    changes: { note, bookedFor: null },
  }))
}
