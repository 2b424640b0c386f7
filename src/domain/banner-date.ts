import { ageOn, type Day, isDay } from './day.ts'

/** A date as it stands in a text: the day where there is only one reading of it, or what is wrong with it. */
export interface DateInText {
  start: number
  end: number
  day?: Day
  /** A sentence for whoever pasted the text. */
  fault?: string
  /** An age stood behind it, so it is somebody's birthday. */
  hasAge: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NAMED = `(\\d{1,2})(?:st|nd|rd|th)?[\\s./-]{0,2}(${MONTHS.join('|')})[a-z]{0,6}[\\s.,/-]{0,2}(\\d{4}|\\d{2})`
const ISO = '(\\d{4})-(\\d{2})-(\\d{2})'
const NUMBERS = '(\\d{1,2})[./-](\\d{1,2})[./-](\\d{4}|\\d{2})'
const DATES = new RegExp(`\\b(?:${ISO}|${NAMED}|${NUMBERS})(?!\\d|[./-]\\d)`, 'gi')
const AGE_BEHIND = /^[\s,]*\(?\s*(?:aged?:?\s*)?(\d{1,3})\s*(?:y\b|yrs?\b|years?\b)/i
const AGE_BEFORE = /\bage\s*:?\s*(\d{1,3})\b/i

const two = (number: string | number) => String(number).padStart(2, '0')

function written(year: string, month: number, date: string): Day | undefined {
  const day = `${year}-${two(month)}-${two(date)}`
  return isDay(day) ? day : undefined
}

/** Two digits of a year say a century only where the age beside them does. */
function withCentury(year: string, month: number, date: string, age: number | undefined, today: Day): Day | undefined {
  if (age === undefined) return undefined
  const days = ['19', '20'].map((century) => written(century + year, month, date))
  return days.find((day) => day !== undefined && day <= today && Math.abs(ageOn(day, today) - age) <= 1)
}

function judge(found: RegExpExecArray, age: number | undefined, today: Day): Pick<DateInText, 'day' | 'fault'> {
  const [text, isoYear, isoMonth, isoDate, namedDate, monthName, namedYear, first, second, lastYear] = found
  const year = isoYear ?? namedYear ?? lastYear ?? ''
  // A day above 12 can be no month, so only then do numbers alone say which is which.
  if (first && second && Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second))
    return { fault: `The date ${text} can be read in two ways. Type the date of birth.` }
  const date = isoDate ?? namedDate ?? first ?? ''
  const month = isoMonth ?? second ?? MONTHS.indexOf((monthName ?? '').toLowerCase()) + 1
  const day =
    year.length === 2 ? withCentury(year, Number(month), date, age, today) : written(year, Number(month), date)
  if (!day && year.length === 2)
    return { fault: `The date ${text} has only two digits for the year. Type the date of birth.` }
  if (!day) return { fault: `${text} is not a real date. Type the date of birth.` }
  if (day > today) return { fault: `The date ${text} is in the future. Type the date of birth.` }
  return { day }
}

/** Every date in a text, in order. Nothing is guessed: numbers that could be read in two ways, and years of two digits. */
export function datesIn(text: string, today: Day): DateInText[] {
  const ageBefore = AGE_BEFORE.exec(text)?.[1]
  return [...text.matchAll(DATES)].map((found) => {
    const end = found.index + found[0].length
    const ageBehind = AGE_BEHIND.exec(text.slice(end))?.[1]
    const age = ageBehind ?? ageBefore
    return {
      start: found.index,
      end,
      hasAge: ageBehind !== undefined,
      ...judge(found, age === undefined ? undefined : Number(age), today),
    }
  })
}
