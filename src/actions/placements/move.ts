import { requireByLink } from '../../domain/link.ts'
import type { Mover } from '../../domain/moves.ts'
import type { Limits } from '../../domain/next-action.ts'
import type { Acting } from '../../domain/organisation.ts'
import { moversFor, type Permission } from '../../domain/permissions.ts'
import type { PlacementStep } from '../../domain/placement.ts'
import type { Db } from '../../store/database.ts'
import type { PlacementChanges, PlacementRow } from '../../store/placements.ts'
import { getPlacement } from '../access/get-placement.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { carryOutStep } from '../steps/carry-out.ts'
import { getLimits } from '../steps/limits.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** What a decision about a placement is made from. */
export interface PlacementCase {
  tx: Db
  placement: PlacementRow
  movers: Mover[]
  now: Date
  limits: Limits
}

export interface PlacementDecision {
  step: PlacementStep
  changes?: PlacementChanges
  detail?: Record<string, unknown>
  /** What else is written in the same transaction. */
  andThen?: () => Promise<unknown>
}

/** Every move of a placement goes like this: see it, be allowed, decide, carry out with what follows, show it. */
export async function movePlacement(
  context: Context,
  actor: Acting,
  id: string,
  permission: Permission,
  decide: Decide,
): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    await takeMove(context, tx, actor, id, permission, decide)
    return presentPlacement(context, tx, actor, id)
  })
}

export type Decide = (it: PlacementCase) => PlacementDecision | Promise<PlacementDecision>

/** The move itself, in a transaction that may hold several. */
export async function takeMove(
  context: Context,
  tx: Db,
  actor: Acting,
  id: string,
  permission: Permission,
  decide: Decide,
): Promise<void> {
  const placement = await getPlacement(tx, actor, id, permission)
  if ('linkId' in actor) requireByLink(placement.status, permission)
  await makeMove(context, tx, actor, placement, moversFor(actor, placementTies(placement)), decide)
}

/** The same for whoever was let in another way: the person themselves, by a link. */
export async function makeMove(
  context: Context,
  tx: Db,
  author: Author,
  placement: PlacementRow,
  movers: Mover[],
  decide: Decide,
): Promise<void> {
  const limits = await getLimits(tx, placement)
  const now = context.now()
  const { step, changes = {}, detail = {}, andThen } = await decide({ tx, placement, movers, now, limits })
  await carryOutStep(context, tx, author, placement, step, { changes, detail })
  await andThen?.()
}
