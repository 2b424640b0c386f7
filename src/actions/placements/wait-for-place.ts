import type { Day } from '../../domain/day.ts'
import type { Acting } from '../../domain/organisation.ts'
import { pause, resumeWaiting, stillWanted, waitlist } from '../../domain/waiting.ts'
import { findProject } from '../../store/projects.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Onto the waiting list, from now; the software asks every four weeks whether the place is still wanted. */
export async function waitlistPlacement(context: Context, actor: Acting, id: string): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.waitlist', async ({ tx, placement, movers, now, limits }) => {
    const project = await findProject(tx, placement.projectId)
    return { step: waitlist(placement, { isCrisis: project?.isCrisis ?? false }, movers, now, limits) }
  })
}

export async function confirmStillWanted(context: Context, actor: Acting, id: string): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.stillWanted', ({ placement, movers, now, limits }) => ({
    step: stillWanted(placement, movers, now, limits),
  }))
}

/** Not now, but later: the time of joining stays. */
export async function pauseWaiting(
  context: Context,
  actor: Acting,
  id: string,
  { restartsOn }: { restartsOn: Day },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.pause', ({ placement, movers, now, limits }) => ({
    step: pause(placement, restartsOn, movers, now, limits),
  }))
}

/** Waiting again. Where a place is free, the clock offers it within the minute, in turn. */
export async function resumePlacement(context: Context, actor: Acting, id: string): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.resume', ({ placement, movers, now, limits }) => ({
    step: resumeWaiting(placement, movers, now, limits),
  }))
}
