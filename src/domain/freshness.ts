import { addDays, type Day, daysBetween } from './day.ts'

/** An entry that nobody has confirmed for so long sinks in lists, and says so. */
export const FRESH_FOR_DAYS = 90

/** The earliest day whose word still holds. */
export function freshFrom(today: Day): Day {
  return addDays(today, -FRESH_FOR_DAYS)
}

export function isStale(assuredOn: Day | null, today: Day): boolean {
  return assuredOn === null || assuredOn < freshFrom(today)
}

/** "Checked 12 days ago", as it stands on an entry. */
export function freshnessWords(assuredOn: Day | null, today: Day): string {
  if (assuredOn === null) return 'Nobody has checked this entry yet'
  const days = Math.max(0, daysBetween(assuredOn, today))
  if (days > FRESH_FOR_DAYS) return `Not checked for ${days} days`
  if (days === 0) return 'Checked today'
  return days === 1 ? 'Checked yesterday' : `Checked ${days} days ago`
}
