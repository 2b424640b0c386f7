/** A calendar day in England, `YYYY-MM-DD`. Moments are `Date`; days never carry a time or a zone. */
export type Day = string

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const MS_PER_DAY = 86_400_000

// Clocks change on the hour, so an hour has one offset; asking Intl costs a hundred times the arithmetic.
const offsetByHour = new Map<number, number>()
const HOURS_REMEMBERED = 10_000

function londonOffsetMs(moment: Date): number {
  const hour = Math.floor(moment.getTime() / 3_600_000)
  const known = offsetByHour.get(hour)
  if (known !== undefined) return known
  const part = Object.fromEntries(LONDON.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute)
  const offset = wall - Math.floor(moment.getTime() / 60_000) * 60_000
  if (offsetByHour.size >= HOURS_REMEMBERED) offsetByHour.clear()
  offsetByHour.set(hour, offset)
  return offset
}

// The same few days are written again and again, and toISOString costs as much as twenty look-ups.
const dayByNumber = new Map<number, Day>()
const DAYS_REMEMBERED = 50_000

/** @param moment in milliseconds; the calendar of UTC */
function dayAt(moment: number): Day {
  const number = Math.floor(moment / MS_PER_DAY)
  const known = dayByNumber.get(number)
  if (known !== undefined) return known
  const day = new Date(moment).toISOString().slice(0, 10)
  if (dayByNumber.size >= DAYS_REMEMBERED) dayByNumber.clear()
  dayByNumber.set(number, day)
  return day
}

/** The day and the time of day (minutes after midnight) that a clock on a wall in London shows. */
export function londonClock(moment: Date): { day: Day; minutes: number } {
  const wall = moment.getTime() + londonOffsetMs(moment)
  return { day: dayAt(wall), minutes: Math.floor((wall - Math.floor(wall / MS_PER_DAY) * MS_PER_DAY) / 60_000) }
}

export function londonDay(moment: Date): Day {
  return londonClock(moment).day
}

/** The moment at which a clock on a wall in London shows this time; the first, where it shows it twice in a night. */
export function londonMoment(day: Day, minutes: number): Date {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  const inSummer = new Date(asIfUtc - 3_600_000)
  const shown = londonClock(inSummer)
  return shown.day === day && shown.minutes === minutes ? inSummer : new Date(asIfUtc)
}

/** When it was last this time of day in London, now included. */
export function lastLondonTime(minutes: number, now: Date): Date {
  const clock = londonClock(now)
  return londonMoment(clock.minutes >= minutes ? clock.day : addDays(clock.day, -1), minutes)
}

/** True for a day that exists: 2023-02-29 does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(moment) && dayAt(moment) === text
}

export function addDays(day: Day, days: number): Day {
  return dayAt(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY)
}

export function addWeeks(day: Day, weeks: number): Day {
  return addDays(day, weeks * 7)
}

/** Whole days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)
}

/** Monday is 1, Sunday is 7. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

export function earliest(...days: [Day, ...Day[]]): Day {
  return days.reduce((first, day) => (day < first ? day : first))
}

export function latest(...days: [Day, ...Day[]]): Day {
  return days.reduce((last, day) => (day > last ? day : last))
}

/** Completed years of age; someone born on 29 February has their birthday on 1 March in common years. */
export function ageOn(dateOfBirth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4))
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "3 December 2026". */
export function writtenDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${MONTH_NAMES[(month ?? 1) - 1]} ${year}`
}

/** "Thursday 3 December". */
export function spokenDay(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${WEEKDAYS[weekday(day) - 1]} ${date} ${MONTH_NAMES[(month ?? 1) - 1]}`
}

/** "Thu 3 Dec": for lists and e-mail subjects. */
export function shortDay(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${WEEKDAYS[weekday(day) - 1]?.slice(0, 3)} ${date} ${MONTH_NAMES[(month ?? 1) - 1]?.slice(0, 3)}`
}
