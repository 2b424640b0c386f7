import { londonDay } from '../../domain/day.ts'
import { isFreshened } from '../../domain/freshness.ts'
import type { Acting } from '../../domain/organisation.ts'
import { accept } from '../../domain/placement.ts'
import { touchAssured } from '../../store/assurance.ts'
import { capacityOf, countGroup } from '../../store/groups.ts'
import { getGroupWithProject } from '../access/get-group.ts'
import type { Context } from '../context.ts'
import { confirmPlaces } from '../steps/carry-out.ts'
import { type SeatAsked, seatFor } from '../steps/seat.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** Takes a place: counted and taken in one transaction, so that the last one goes to one person. */
export async function acceptPlacement(
  context: Context,
  actor: Acting,
  id: string,
  { overOthers, ...asked }: { overOthers?: string | undefined } & SeatAsked = {},
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.accept', async ({ tx, placement, movers, now, limits }) => {
    const { group, project } = await getGroupWithProject(tx, placement.groupId)
    const counts = await countGroup(tx, group, now)
    const it = {
      capacity: capacityOf(group, counts),
      waiting: counts.waiting,
      startsOn: group.courseStartsOn,
      isCrisis: project?.isCrisis ?? false,
    }
    const step = accept(placement, it, overOthers || undefined, movers, now, limits)
    return {
      step,
      changes: { acceptedAt: now, ...(await seatFor(tx, group, counts, placement, asked, { now })) },
      andThen: async () => {
        await confirmPlaces(context, tx, group)
        // A sign of life: whoever takes somebody in today is there.
        if (project && isFreshened(project, londonDay(now))) await touchAssured(tx, project.id, londonDay(now))
      },
    }
  })
}
