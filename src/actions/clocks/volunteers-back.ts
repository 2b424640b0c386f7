import { londonDay } from '../../domain/day.ts'
import { findGroup } from '../../store/groups.ts'
import { findVolunteer, listReturning, saveVolunteer } from '../../store/volunteers.ts'
import type { Context } from '../context.ts'
import { followVolunteer } from '../steps/volunteer-step.ts'
import { sweep } from './sweep.ts'

/** Volunteers who are back from today: their place is there again, and whoever waits is offered it. */
export function bringVolunteersBack(context: Context, signal: AbortSignal): Promise<number> {
  const today = londonDay(context.now())
  return sweep(
    context,
    {
      list: (db, page) => listReturning(db, today, page),
      async take(tx, id) {
        const volunteer = await findVolunteer(tx, id)
        if (!volunteer || volunteer.endedAt || !volunteer.availableFrom || volunteer.availableFrom > today) return false
        await saveVolunteer(tx, volunteer, { availableFrom: null })
        const group = await findGroup(tx, volunteer.groupId)
        if (!group || group.cancelledAt) return true
        await followVolunteer(context, tx, 'system', group, { type: 'group.volunteer-changed', volunteerId: id })
        return true
      },
    },
    signal,
  )
}
