import type { SessionTime } from '../domain/directory.ts'
import { type ListedGroup, NOT_SAID } from '../domain/listing.ts'
import { filled } from './filled.ts'
import { stableId } from './stable-id.ts'

export const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** When a group meets: one schedule for each regular time, each with the group's own words; words alone where it has no more. */
export function schedulesOf(group: ListedGroup, serviceId: string): object[] {
  const description = group.schedule === NOT_SAID ? undefined : group.schedule
  const common = (index: number) => ({
    id: stableId('schedule', group.id, String(index)),
    service_id: serviceId,
    service_at_location_id: group.id,
    valid_from: group.courseStartsOn,
    valid_to: group.courseEndsOn,
    description,
  })
  if (group.times.length > 0)
    return group.times.map((time, index) => filled({ ...common(index), ...timed(time, group) }))
  return description || group.courseStartsOn || group.courseEndsOn ? [filled(common(0))] : []
}

function timed(time: SessionTime, { courseStartsOn, courseEndsOn }: ListedGroup) {
  const { every, interval, weekday, nth, opensAt, closesAt, from, until } = time
  const day = BYDAY[weekday - 1]
  const starts = from ?? courseStartsOn
  return {
    valid_from: starts,
    valid_to: until ?? courseEndsOn,
    // Every second week of what: the standard asks for a first day then.
    dtstart: interval && interval > 1 ? starts : undefined,
    freq: every === 'week' ? 'WEEKLY' : 'MONTHLY',
    interval,
    byday: every === 'week' ? day : `${nth ?? 1}${day}`,
    opens_at: `${opensAt}:00`,
    closes_at: closesAt && `${closesAt}:00`,
    timezone: 'Europe/London',
  }
}
