import { addDays, type Day, daysBetween } from './day.ts'

/** An entry that nobody has confirmed for so long sinks in lists, and says so. */
export const FRESH_FOR_DAYS = 90

export function isStale(assuredOn: Day | null, today: Day): boolean {
  return assuredOn === null || addDays(assuredOn, FRESH_FOR_DAYS) < today
}

/** "Checked 12 days ago", as it stands on an entry. */
export function freshnessWords(assuredOn: Day | null, today: Day): string {
  if (assuredOn === null) return 'Nobody has checked this entry yet'
  const days = Math.max(0, daysBetween(assuredOn, today))
  if (isStale(assuredOn, today)) return `Not checked for ${days} days`
  if (days === 0) return 'Checked today'
  return days === 1 ? 'Checked yesterday' : `Checked ${days} days ago`
}
