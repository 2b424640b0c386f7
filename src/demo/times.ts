import { type Day, weekday } from '../domain/day.ts'
import type { SessionTime } from '../domain/directory.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const NTH = { first: 1, second: 2, third: 3, fourth: 4, last: -1 }
const BY_AGREEMENT = /appointment|suits|when you|while you|in school time|after school|until 10pm/i

/** "9.30am", "12 noon" and "midnight" as `HH:MM`; midnight is the end of a day, and so the start of the next. */
function clock(said: string): string | undefined {
  if (said === 'midnight') return '00:00'
  if (said === '12 noon') return '12:00'
  const [, hour, minutes = '00', half] = /^(\d{1,2})(?:\.(\d{2}))?(am|pm)$/.exec(said) ?? []
  if (!hour) return undefined
  return `${String((Number(hour) % 12) + (half === 'pm' ? 12 : 0)).padStart(2, '0')}:${minutes}`
}

function hours(schedule: string): { opensAt: string; closesAt: string } | undefined {
  const time = '\\d{1,2}(?:\\.\\d{2})?(?:am|pm)|12 noon|midnight'
  const [, from = '', to = ''] = new RegExp(`(${time}) to (${time})`).exec(schedule) ?? []
  const opensAt = clock(from)
  const closesAt = clock(to)
  return opensAt && closesAt ? { opensAt, closesAt } : undefined
}

function weekdaysOf(schedule: string): number[] {
  if (/^Every (day|evening)/.test(schedule)) return [1, 2, 3, 4, 5, 6, 7]
  if (/^Weekdays/.test(schedule)) return [1, 2, 3, 4, 5]
  return WEEKDAYS.flatMap((name, index) => (schedule.includes(name) ? index + 1 : []))
}

/** "March to October", this year's while it lasts and then the next. */
function season(schedule: string, asOf: Day): { from?: Day; until?: Day } {
  const [, first, last] = new RegExp(`(${MONTHS.join('|')}) to (${MONTHS.join('|')})`).exec(schedule) ?? []
  if (!first || !last) return {}
  const days = (year: number) => {
    const month = (name: string) => String(MONTHS.indexOf(name) + 1).padStart(2, '0')
    const end = new Date(Date.UTC(year, MONTHS.indexOf(last) + 1, 0)).toISOString().slice(0, 10)
    return { from: `${year}-${month(first)}-01`, until: end }
  }
  const year = Number(asOf.slice(0, 4))
  return asOf <= days(year).until ? days(year) : days(year + 1)
}

/**
 * The regular times that a line of the demonstration says in words, so that the two always agree; undefined where times
 * are agreed with each person, or the line says none.
 */
export function timesOf(
  schedule: string,
  asOf: Day,
  course?: { startsOn: Day; endsOn: Day },
): SessionTime[] | undefined {
  const at = hours(schedule)
  if (!at || BY_AGREEMENT.test(schedule)) return undefined
  if (course) {
    const { startsOn: from, endsOn: until } = course
    return [{ every: 'week', weekday: weekday(from), ...at, from, until }]
  }
  const days = weekdaysOf(schedule)
  const nths = Object.entries(NTH).flatMap(([word, nth]) =>
    new RegExp(`\\b${word}\\b`, 'i').test(schedule) ? nth : [],
  )
  const interval = /every other month/.test(schedule) ? { interval: 2 } : {}
  const span = season(schedule, asOf)
  const times = days.flatMap<SessionTime>((day) =>
    nths.length === 0
      ? { every: 'week', weekday: day, ...at, ...span }
      : nths.map((nth) => ({ every: 'month', ...interval, weekday: day, nth, ...at, ...span })),
  )
  return times.length > 0 ? times : undefined
}
