import type { Language } from '../../words.ts'

const at = (day: string) => new Date(`${day}T12:00:00Z`)

/** "Monday 23 November" in a language: the Gregorian calendar and Latin digits everywhere, so that it can be read out. */
export function dayIn({ code }: Language, day: string | null): string | null {
  if (day === null) return null
  const options = { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(`${code}-u-ca-gregory-nu-latn`, options).format(at(day))
}

/** "27 March 1958". */
export function dateIn({ code }: Language, day: string): string {
  return new Intl.DateTimeFormat(`${code}-u-ca-gregory-nu-latn`, { dateStyle: 'long', timeZone: 'UTC' }).format(at(day))
}
