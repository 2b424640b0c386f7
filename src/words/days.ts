import type { Day } from '../domain/day.ts'
import { timeWords } from '../templates.ts'
import { ENGLISH } from './files.ts'
import type { Language } from './language.ts'

type Options = Intl.DateTimeFormatOptions

/** The Gregorian calendar and Latin digits in every language, so that a date can be read out to anybody. */
function written(tag: string, options: Options, moment: Date): string {
  return new Intl.DateTimeFormat(`${tag}-u-ca-gregory-nu-latn`, options).format(moment)
}

const at = (day: Day) => new Date(`${day}T12:00:00Z`)

/** "Monday 23 November" in a language. */
export function dayIn({ tag }: Language, day: Day): string {
  return written(tag, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }, at(day))
}

/** "27 March 1958". */
export function dateIn({ tag }: Language, day: Day): string {
  return written(tag, { dateStyle: 'long', timeZone: 'UTC' }, at(day))
}

/** "3:05pm", "15:05", as clocks are read where the language is spoken; always the time in London. */
export function timeIn({ code, tag }: Language, moment: Date): string {
  return code === ENGLISH ? timeWords(moment) : written(tag, { timeStyle: 'short', timeZone: 'Europe/London' }, moment)
}
