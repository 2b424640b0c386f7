import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { open } from '../../domain/placement.ts'
import { placementTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { recordLook } from '../record.ts'
import { getPlacement, presentPlacement } from './get-placement.ts'
import { takePlacementStep } from './step.ts'
import type { PlacementView } from './view.ts'

/** Looking is recorded where it shows who the person is, and where it does not. It marks nothing as seen. */
export async function openPlacement(context: Context, actor: Actor, id: string): Promise<PlacementView> {
  await getPlacement(context.db.read, actor, id)
  const view = await presentPlacement(context, context.db.read, actor, id)
  await context.db.write((tx) =>
    recordLook(context, tx, actor, {
      action: 'placement.viewed',
      subjectKind: 'placement',
      subjectId: id,
      detail: { identityShown: view.person !== null },
    }),
  )
  return view
}

/** The read receipt: the navigator sees that the project has opened it. */
export async function markSeen(context: Context, actor: Actor, id: string): Promise<PlacementView> {
  return context.db.write(async (tx) => {
    const placement = await getPlacement(tx, actor, id, 'placement.open')
    await takePlacementStep(context, tx, actor, placement, open(placement, moversFor(actor, placementTies(placement))))
    return presentPlacement(context, tx, actor, id)
  })
}
