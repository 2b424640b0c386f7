import type { PlacementView } from '../../actions/placements/view.ts'
import { addDays, type Day, londonDay } from '../../domain/day.ts'
import { meetsOn } from '../../domain/schedule.ts'
import type { Values } from './forms.ts'
import { needsBanner } from './person-words.ts'
import { attendanceDots, missedSince } from './pictures.ts'

/** One person of a register, with what was saved for the day. */
export function registerRow(placement: PlacementView, base: string, day: Day) {
  const { id, person, status, attendances } = placement
  const bookedFor = status === 'booked' ? placement.bookedFor : null
  const line = attendances.find(({ sessionOn }) => sessionOn === day)
  return {
    id,
    href: `${base}/placements/${id}`,
    name: person?.fullName ?? placement.reference,
    needs: person ? needsBanner(person) : [],
    isNew: status !== 'started',
    bookedFor,
    // Somebody may come before the day agreed, but nobody can miss it yet.
    isExpected: status === 'started' || line !== undefined || (bookedFor !== null && londonDay(bookedFor) <= day),
    dots: attendanceDots(attendances),
    missed: missedSince(attendances),
    isSaved: line !== undefined,
    kept: (line ? valuesFor(id, line) : {}) as Values,
  }
}

function valuesFor(id: string, { attended, late, reason }: PlacementView['attendances'][number]): Values {
  return {
    [`came-${id}`]: attended ? 'yes' : 'no',
    ...(late ? { [`late-${id}`]: 'yes' } : {}),
    ...(reason ? { [`reason-${id}`]: reason } : {}),
  }
}

const LOOK_DAYS = 31

/** The last day on or before this one on which the group met by its own words; the day itself where they say none. */
export function lastSession(schedule: string, day: Day): Day {
  for (let back = 0; back < LOOK_DAYS; back++) {
    const earlier = addDays(day, -back)
    if (meetsOn(schedule, earlier)) return earlier
  }
  return day
}

/** The next day after this one on which the group met, up to today. */
export function nextSession(schedule: string, day: Day, today: Day): Day {
  for (let ahead = 1; addDays(day, ahead) <= today; ahead++) {
    const later = addDays(day, ahead)
    if (meetsOn(schedule, later)) return later
  }
  return today
}
