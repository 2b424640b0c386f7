import type { BannerReading } from '../../domain/banner.ts'
import { withAnd } from '../../domain/phrases.ts'

// This file and the parser run in the browser too: nothing may be imported here that cannot.

/** The fields of "Who are you referring?" that a pasted text can fill, in the order of the page. */
const FIELDS: Record<keyof Omit<BannerReading, 'notes'>, { word: string; isNeeded: boolean }> = {
  fullName: { word: 'name', isNeeded: true },
  dateOfBirth: { word: 'date of birth', isNeeded: true },
  nhsNumber: { word: 'NHS number', isNeeded: false },
  phone: { word: 'phone number', isNeeded: true },
  email: { word: 'e-mail address', isNeeded: false },
  address: { word: 'address', isNeeded: false },
  postcode: { word: 'postcode', isNeeded: true },
}
export type BannerField = keyof typeof FIELDS
const NAMES = Object.keys(FIELDS) as BannerField[]

/** What was read, as the page's own fields hold it and as its notice says it. */
export interface FilledIn {
  read: BannerField[]
  /** By the names of the form's fields. */
  values: Record<string, string>
  heading: string
  /** What was filled in; null where nothing was. */
  summary: string | null
  /** What was not, each with what to do. */
  notes: string[]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The boxes of the form that belong to one field. */
export function boxesOf(field: BannerField): string[] {
  return field === 'dateOfBirth' ? ['dateOfBirth-day', 'dateOfBirth-month', 'dateOfBirth-year'] : [field]
}

function boxes(field: BannerField, reading: BannerReading): Record<string, string> {
  const value = reading[field] ?? ''
  if (Array.isArray(value)) return { [field]: value.join('\n') }
  if (field === 'nhsNumber') return { nhsNumber: value.replace(/^(\d{3})(\d{3})/, '$1 $2 ') }
  if (field !== 'dateOfBirth') return { [field]: value }
  const [year = '', month = '', date = ''] = value.split('-')
  return {
    'dateOfBirth-day': String(Number(date)),
    'dateOfBirth-month': String(Number(month)),
    'dateOfBirth-year': year,
  }
}

export function filledIn(reading: BannerReading): FilledIn {
  const read = NAMES.filter((field) => reading[field] !== undefined)
  const missing = NAMES.filter((field) => FIELDS[field].isNeeded && !read.includes(field))
  if (read.length === 0)
    return {
      read,
      values: {},
      heading: 'Nothing could be read',
      summary: null,
      notes: [...reading.notes, 'Your text is still in the box. Type the details below.'],
    }
  const words = missing.map((field) => FIELDS[field].word)
  return {
    read,
    values: Object.assign({}, ...read.map((field) => boxes(field, reading))),
    heading: 'Read from the text: check it',
    summary: `Filled in below: ${withAnd(read.map((field) => FIELDS[field].word))}.`,
    notes: [
      ...reading.notes,
      ...(words.length > 0
        ? [`${capital(withAnd(words))}: not read. Type ${words.length > 1 ? 'them' : 'it'} below.`]
        : []),
    ],
  }
}
