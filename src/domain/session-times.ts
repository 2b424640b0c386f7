import { z } from 'zod'
import { addDays, type Day, daysBetween, weekday } from './day.ts'
import type { SessionTime } from './directory.ts'
import { dayField, fields, listOf } from './person.ts'

const CLOCK = 'Enter a time of day, like 10:30'
const clock = z.string({ error: CLOCK }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, CLOCK)
const whole = (least: number, most: number, words: string) =>
  z.number({ error: words }).int(words).min(least, words).max(most, words)
const nth = whole(-1, 4, 'Choose which week of the month').refine((one) => one !== 0, 'Choose which week of the month')

const Time = fields('A time', {
  id: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'A session is named by letters, numbers and dashes')
    .optional(),
  places: whole(0, 500, 'Enter the places of this session, from 0 to 500').optional(),
  every: z.enum(['week', 'month'], { error: 'Choose every week or every month' }),
  interval: whole(1, 12, 'Say every how many weeks or months').optional(),
  weekday: whole(1, 7, 'Choose a weekday'),
  nth: nth.optional(),
  opensAt: clock,
  closesAt: clock.optional(),
  from: dayField('the first day').optional(),
  until: dayField('the last day').optional(),
})
  .refine(({ opensAt, closesAt }) => !closesAt || closesAt > opensAt, {
    path: ['closesAt'],
    error: 'It must end after it begins',
  })
  .refine(({ every, nth }) => (every === 'month') === (nth !== undefined), {
    path: ['nth'],
    error: 'Say which week of the month, and only for a time each month',
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ['until'],
    error: 'The last day must not be before the first',
  })

/** When a group meets, as data. */
export const SessionTimes = listOf(Time, 20, 'times').refine(
  (times) => new Set(times.flatMap(({ id }) => id ?? [])).size === times.filter(({ id }) => id !== undefined).length,
  { error: 'Two sessions have the same name' },
)

export const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const ORDINALS: Record<number, string> = { 1: 'First', 2: 'Second', 3: 'Third', 4: 'Fourth', [-1]: 'Last' }
const NUMBERS: Record<number, string> = { 2: 'second', 3: 'third', 4: 'fourth' }

function hourWords(time: string): string {
  if (time === '12:00') return '12 noon'
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return `${hour % 12 || 12}${minute ? `.${String(minute).padStart(2, '0')}` : ''}${hour < 12 ? 'am' : 'pm'}`
}

function rhythm({ every, interval = 1, weekday, nth = 1 }: SessionTime): string {
  const day = WEEKDAY_NAMES[weekday - 1] ?? ''
  if (every === 'week') return interval === 1 ? `${day}s` : `Every ${NUMBERS[interval] ?? `${interval}th`} ${day}`
  const months = interval === 1 ? 'of the month' : `of every ${NUMBERS[interval] ?? `${interval}th`} month`
  return `${ORDINALS[nth]} ${day} ${months}`
}

/** The times in words: "Mondays, 10am to 12 noon; first Saturday of the month, 1pm". */
export function timesWords(times: SessionTime[]): string {
  const each = times.map((time) => {
    const hours = `${hourWords(time.opensAt)}${time.closesAt ? ` to ${hourWords(time.closesAt)}` : ''}`
    return `${rhythm(time)}, ${hours}`
  })
  return each
    .map((words, index) =>
      index === 0 ? words : words.replace(/^(First|Second|Third|Fourth|Last|Every)/, (word) => word.toLowerCase()),
    )
    .join('; ')
}

const monthsOf = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
const isLastOfMonth = (day: Day) => monthsOf(addDays(day, 7)) !== monthsOf(day)

/** Whether a group meets on a day by its own times. Of every second week it is only known from the first day on. */
export function meetsByTimes(times: SessionTime[], day: Day): boolean {
  return times.some(({ every, interval = 1, weekday: on, nth, from, until }) => {
    if (weekday(day) !== on || (from && day < from) || (until && day > until)) return false
    if (interval > 1 && !from) return false
    if (every === 'week') return !from || interval === 1 || weeksBetween(from, day) % interval === 0
    const isNth = nth === -1 ? isLastOfMonth(day) : Math.ceil(Number(day.slice(8)) / 7) === nth
    return isNth && (!from || (monthsOf(day) - monthsOf(from)) % interval === 0)
  })
}

// By weeks that begin on Mondays: "every second Tuesday from Thursday on" begins in the next week.
function weeksBetween(from: Day, day: Day): number {
  const monday = (one: Day) => addDays(one, 1 - weekday(one))
  return Math.round(daysBetween(monday(from), monday(day)) / 7)
}
