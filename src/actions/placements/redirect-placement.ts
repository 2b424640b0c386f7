import { isInDirectory } from '../../domain/directory.ts'
import type { Actor } from '../../domain/organisation.ts'
import { redirectPlacement as decide } from '../../domain/placement-talk.ts'
import { Refusal } from '../../domain/refusal.ts'
import { findProject } from '../../store/projects.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** The provider names a project that would suit better; sending there is for the navigator. */
export async function redirectPlacement(
  context: Context,
  actor: Actor,
  id: string,
  { projectId, note }: { projectId: string; note?: string | undefined },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.redirect', async ({ tx, placement, movers }) => {
    const step = decide(placement, projectId, movers)
    const project = await findProject(tx, projectId)
    if (!project || !isInDirectory(project) || projectId === placement.projectId)
      throw new Refusal('invalid-input', 'Name another project of the directory.', [
        { pointer: '/projectId', code: 'not-found', detail: 'Choose another project of the directory' },
      ])
    return { step, changes: { note: note || null }, detail: { projectId } }
  })
}
