import { addDays, type Day, daysBetween, londonClock, weekday } from './day.ts'

// What arrives after five o'clock counts from the next working day (model, section 2).
const CLOSING_MS = 17 * 3_600_000

/**
 * Bank holidays proclaimed for one year only, and days moved by proclamation: no rule foretells them.
 * Source: gov.uk/bank-holidays, England and Wales.
 */
const PROCLAIMED: Record<number, { add: Day[]; drop: Day[] }> = {
  2020: { add: ['2020-05-08'], drop: ['2020-05-04'] },
  2022: { add: ['2022-06-02', '2022-06-03', '2022-09-19'], drop: ['2022-05-30'] },
  2023: { add: ['2023-05-08'], drop: [] },
}

/** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
function easterSunday(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return `${year}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`
}

function firstMondayFrom(day: Day): Day {
  return addDays(day, (8 - weekday(day)) % 7)
}

/** The working day on which a holiday that may fall on a weekend is kept. */
function substitute(day: Day, taken: Day[] = []): Day {
  let kept = day
  while (weekday(kept) > 5 || taken.includes(kept)) kept = addDays(kept, 1)
  return kept
}

function computeHolidays(year: number): Set<Day> {
  const easter = easterSunday(year)
  // Boxing Day gives way to Christmas Day: on a Sunday–Monday pair the substitute is Tuesday.
  const christmas = substitute(`${year}-12-25`)
  const boxing = weekday(`${year}-12-26`) <= 5 ? `${year}-12-26` : substitute(`${year}-12-26`, [christmas])
  const kept = [
    substitute(`${year}-01-01`),
    addDays(easter, -2),
    addDays(easter, 1),
    firstMondayFrom(`${year}-05-01`),
    firstMondayFrom(`${year}-05-25`),
    firstMondayFrom(`${year}-08-25`),
    christmas === boxing ? substitute(`${year}-12-27`) : christmas,
    boxing,
  ]
  const { add, drop } = PROCLAIMED[year] ?? { add: [], drop: [] }
  return new Set([...kept.filter((day) => !drop.includes(day)), ...add])
}

const holidaysByYear = new Map<number, Set<Day>>()

/** The bank holidays of England in one year, substitute days included. */
export function bankHolidays(year: number): ReadonlySet<Day> {
  const known = holidaysByYear.get(year) ?? computeHolidays(year)
  holidaysByYear.set(year, known)
  return known
}

export function isWorkingDay(day: Day): boolean {
  return weekday(day) <= 5 && !bankHolidays(Number(day.slice(0, 4))).has(day)
}

/** The day itself when it is worked, else the next that is. */
export function workingDayFrom(day: Day): Day {
  let worked = day
  while (!isWorkingDay(worked)) worked = addDays(worked, 1)
  return worked
}

/** The `count`th working day after `day`; with 0, the working day on or after it. */
export function addWorkingDays(day: Day, count: number): Day {
  let worked = count === 0 ? workingDayFrom(day) : day
  for (let left = count; left > 0; left--) worked = workingDayFrom(addDays(worked, 1))
  return worked
}

/** The working day from which a clock that starts at this moment counts. */
export function countsFrom(moment: Date): Day {
  const { day, minutes } = londonClock(moment)
  const sinceMidnight = minutes * 60_000 + (moment.getTime() % 60_000)
  return workingDayFrom(sinceMidnight > CLOSING_MS ? addDays(day, 1) : day)
}

/** The day on which something falls due that is owed within `count` working days of a moment; 0 is the same working day. */
export function dueIn(moment: Date, count: number): Day {
  return addWorkingDays(countsFrom(moment), count)
}

/** Working days after `from`, up to and including `to`: how long something has waited. Counted by weeks, not by days. */
export function workingDaysBetween(from: Day, to: Day): number {
  if (to <= from) return 0
  const weekdaysUpTo = (day: Day) => {
    const days = daysBetween(MONDAY, day) + 1
    return Math.floor(days / 7) * 5 + Math.min(((days % 7) + 7) % 7, 5)
  }
  const holidays = yearsBetween(from, to).flatMap((year) => [...bankHolidays(year)])
  const free = holidays.filter((day) => day > from && day <= to && weekday(day) <= 5).length
  return weekdaysUpTo(to) - weekdaysUpTo(from) - free
}

const MONDAY: Day = '1900-01-01'

function yearsBetween(from: Day, to: Day): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
