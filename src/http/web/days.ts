import { addDays, type Day, isDay, MONTH_NAMES } from '../../domain/day.ts'

/** Which way a year that was left out, or given with two digits, is guessed: a birthday lies behind, a session ahead. */
export type Lies = 'behind' | 'ahead'

const NEAR = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
])
const WEEKDAY = /^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?[\s,]+(?=\d)/

function monthOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word)
  const found = MONTH_NAMES.filter((name) => word.length >= 3 && name.toLowerCase().startsWith(word))
  // "sept" is how many people write it.
  return found.length === 1 && found[0] ? MONTH_NAMES.indexOf(found[0]) + 1 : 0
}

/** Day, month and year as they were typed; the year may be missing. English order, but for years first. */
function partsOf(text: string): [day: string, month: string, year: string | undefined] | undefined {
  const iso = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(text)
  if (iso) return [iso[3] ?? '', iso[2] ?? '', iso[1]]
  const run = /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(text)
  if (run) return [run[1] ?? '', run[2] ?? '', run[3]]
  const apart =
    /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/., ]*([a-z]+|(?<=[-/., ])\d{1,2})\.?(?:[-/., ]*('?\d{2}|\d{4}))?$/.exec(text)
  return apart ? [apart[1] ?? '', apart[2] ?? '', apart[3]?.replace("'", '')] : undefined
}

/**
 * A day as people type it, as `YYYY-MM-DD`: 4/5/56, 04051956, 4 May 1956, 4th May, 1956-05-04, tomorrow. Undefined when it
 * is no day, or no day that exists. `today` decides about what was left out.
 */
export function typedDay(typed: string, { today, lies }: { today: Day; lies: Lies }): Day | undefined {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ').replace(WEEKDAY, '')
  const near = NEAR.get(text)
  if (near !== undefined) return addDays(today, near)
  const parts = partsOf(text)
  if (!parts) return undefined
  const [date, month, year] = parts
  const on = (fullYear: number) => {
    const day = `${String(fullYear).padStart(4, '0')}-${String(monthOf(month)).padStart(2, '0')}-${date.padStart(2, '0')}`
    return isDay(day) ? day : undefined
  }
  if (year?.length === 4) return on(Number(year))
  const thisYear = Number(today.slice(0, 4))
  const fits = (day: Day | undefined): day is Day =>
    day !== undefined && (lies === 'behind' ? day <= today : day >= today)
  if (year === undefined) return (lies === 'behind' ? [0, -1] : [0, 1]).map((more) => on(thisYear + more)).find(fits)
  const thisCentury = on(Math.floor(thisYear / 100) * 100 + Number(year))
  return lies === 'ahead' || fits(thisCentury) ? thisCentury : on(Math.floor(thisYear / 100 - 1) * 100 + Number(year))
}
