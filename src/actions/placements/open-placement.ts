import type { Acting, Actor } from '../../domain/organisation.ts'
import { open } from '../../domain/placement.ts'
import { getPlacement } from '../access/get-placement.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { movePlacement } from './move.ts'
import { type PlacementView, presentPlacement } from './view.ts'

/** Looking is recorded where it shows who the person is, and where it does not. It marks nothing as seen. */
export async function openPlacement(context: Context, actor: Acting, id: string): Promise<PlacementView> {
  await getPlacement(context.db.read, actor, id)
  const view = await presentPlacement(context, context.db.read, actor, id)
  await context.db.write((tx) =>
    recordAct(context, tx, actor, {
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
  return movePlacement(context, actor, id, 'placement.open', ({ placement, movers }) => ({
    step: open(placement, movers),
  }))
}
