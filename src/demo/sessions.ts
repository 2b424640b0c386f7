import { addDays, type Day, weekday } from '../domain/day.ts'
import { londonMoment } from './clock.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ANY_WEEKDAY = [1, 2, 3, 4, 5]

/** When a group meets, read from the line that people read: "Tuesdays, 10am to 1pm". */
function meetingTimes(schedule: string): { weekdays: number[]; minutes: number } {
  const named = WEEKDAYS.flatMap((name, index) => (schedule.includes(name) ? index + 1 : []))
  const isRange = schedule.includes('Monday to Friday')
  const [, hour = '10', minute = '0', half = 'am'] = /(\d{1,2})(?:\.(\d{2}))?(am|pm) to/.exec(schedule) ?? []
  const minutes = ((Number(hour) % 12) + (half === 'pm' ? 12 : 0)) * 60 + Number(minute)
  return { weekdays: named.length > 0 && !isRange ? named : ANY_WEEKDAY, minutes }
}

export interface Meeting {
  schedule: string
  courseStartsOn: Day | null
}

/** The first session on a day after this one; a course has none before it starts. */
export function nextSession({ schedule, courseStartsOn }: Meeting, after: Day): { on: Day; startsAt: Date } {
  const { weekdays, minutes } = meetingTimes(schedule)
  let on = addDays(after, 1)
  if (courseStartsOn && courseStartsOn > on) on = courseStartsOn
  while (!weekdays.includes(weekday(on))) on = addDays(on, 1)
  return { on, startsAt: londonMoment(on, minutes) }
}
