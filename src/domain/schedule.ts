import { type Day, weekday } from './day.ts'

const WEEKDAY = /\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b/g
const NAMES = ['mon', 'tues', 'wednes', 'thurs', 'fri', 'satur', 'sun']
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']
// A time that is agreed with each person is no session of the group.
const BY_AGREEMENT = /appointment|suits|booked|when you|while you|in school time|after school/

/** Whether a group that writes its times like this meets on a day. What does not say a day meets on none. */
export function meetsOn(schedule: string, day: Day): boolean {
  const words = schedule.toLowerCase()
  if (BY_AGREEMENT.test(words)) return false
  const today = weekday(day)
  if (/\b(every (day|evening|morning|afternoon)|daily)\b/.test(words)) return true
  if (/\bweekdays\b/.test(words)) return today <= 5
  const named = [...words.matchAll(WEEKDAY)].map(([, name = '']) => NAMES.indexOf(name) + 1)
  const [first, last] = named
  if (first && last && /day to \w+day/.test(words) && named.length === 2) return today >= first && today <= last
  if (!named.includes(today)) return false
  const which = ORDINALS.flatMap((ordinal, index) => (new RegExp(`\\b${ordinal}\\b`).test(words) ? [index + 1] : []))
  return which.length === 0 || which.includes(Math.ceil(Number(day.slice(8)) / 7))
}

/** The time at which a session begins by the group's own words, as `HH:MM`; undefined where they say none. */
export function startsAt(schedule: string): string | undefined {
  const [, hour, minutes = '00', half] =
    /\b(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)\b/i.exec(schedule) ?? /\b(\d{1,2}):(\d{2})\b/.exec(schedule) ?? []
  if (!hour || Number(hour) > 23 || Number(minutes) > 59) return undefined
  const afternoon = half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : 0
  return `${String(Number(hour) + afternoon).padStart(2, '0')}:${minutes}`
}
