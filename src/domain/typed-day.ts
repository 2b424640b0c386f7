import { type Day, isDay } from './day.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*'

interface Form {
  pattern: RegExp
  parts: (match: string[]) => [year: string, month: string, date: string]
}

/** Day before month, as people in Britain write it; a month in words may stand on either side. */
const FORMS: Form[] = [
  { pattern: /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b/, parts: ([, y = '', m = '', d = '']) => [y, m, d] },
  { pattern: /\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b/, parts: ([, d = '', m = '', y = '']) => [y, m, d] },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+(?:of\\s+)?${MONTH}\\.?,?[\\s-]+(\\d{4}|\\d{2})\\b`, 'i'),
    parts: ([, d = '', m = '', y = '']) => [y, m, d],
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'),
    parts: ([, m = '', d = '', y = '']) => [y, m, d],
  },
  { pattern: /(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/, parts: ([, d = '', m = '', y = '']) => [y, m, d] },
]

export interface TypedDay {
  /** Undefined where there is no such day. */
  day: Day | undefined
  /** The text without it. */
  rest: string
}

/** The day of birth that a text names in one of the usual forms; undefined where it names none. */
export function findBirthday(text: string, today: Day): TypedDay | undefined {
  for (const { pattern, parts } of FORMS) {
    const match = pattern.exec(text)
    if (!match) continue
    const [year, month, date] = parts([...match])
    const number = /^\d+$/.test(month) ? month : String(MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1)
    const day = `${fullYear(year, today)}-${number.padStart(2, '0')}-${date.padStart(2, '0')}`
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    return { day: isDay(day) && day <= today ? day : undefined, rest }
  }
  return undefined
}

/** Nobody is born in a year to come: "58" is 1958 until 2058. */
function fullYear(year: string, today: Day): string {
  if (year.length === 4) return year
  const century = Number(today.slice(0, 2))
  return `${year <= today.slice(2, 4) ? century : century - 1}${year}`
}
