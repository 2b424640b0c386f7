import type { Actor } from '../../domain/organisation.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import { listWholePlacements } from '../../store/placements.ts'
import { PLACEMENT_TIES, scope } from '../../store/scope.ts'
import type { Context } from '../context.ts'
import { PAGE_SIZE, type Page, readCursor, toPage } from '../page.ts'
import { recordListLook } from '../record.ts'
import { type PlacementView, viewPlacements } from './view.ts'

export interface PlacementListing {
  status?: PlacementStatus | readonly PlacementStatus[] | undefined
  project?: string | undefined
  group?: string | undefined
  limit?: number | undefined
  after?: string | undefined
}

/** A page of the placements that the actor may see, newest first. */
export async function listPlacements(
  context: Context,
  actor: Actor,
  listing: PlacementListing,
): Promise<Page<PlacementView>> {
  const limit = Math.min(listing.limit ?? PAGE_SIZE.usual, PAGE_SIZE.most)
  const { status } = listing
  const rows = await listWholePlacements(
    context.db.read,
    scope(actor, 'placement.view', PLACEMENT_TIES),
    { status: typeof status === 'string' ? [status] : status, projectId: listing.project, groupId: listing.group },
    { limit: limit + 1, after: readCursor(listing.after) },
  )
  const views = await viewPlacements(context, context.db.read, actor, rows.slice(0, limit))
  await recordListLook(
    context,
    actor,
    'placement',
    views.filter(({ person }) => person !== null).map(({ id }) => id),
  )
  return toPage(
    rows,
    limit,
    ({ placement }) => ({ value: placement.sentAt.toISOString(), id: placement.id }),
    () => views,
  )
}
