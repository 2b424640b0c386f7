import type { Acting } from '../../domain/organisation.ts'
import { review } from '../../domain/placement.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Looked at how it goes, twelve weeks after the last time. */
export async function reviewPlacement(
  context: Context,
  actor: Acting,
  id: string,
  { note }: { note?: string | undefined },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.review', ({ placement, movers, now, limits }) => ({
    step: review(placement, movers, now, limits),
    changes: note ? { note } : {},
  }))
}
