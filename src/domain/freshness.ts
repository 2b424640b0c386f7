import { addDays, type Day, writtenDay } from './day.ts'

/** After this many days an entry that nobody has confirmed stands last, and says so. */
export const ASSURED_FOR_DAYS = 90

/** Its provider is asked again no sooner than this. */
export const CHASED_EVERY_DAYS = 14

/** How long the link in the e-mail works. */
export const CHASE_LINK_DAYS = 30

/** The first day on which a confirmation still counts. */
export function assuredSince(today: Day): Day {
  return addDays(today, -ASSURED_FOR_DAYS)
}

export function isAssured(assuredOn: Day | null, today: Day): assuredOn is Day {
  return assuredOn !== null && assuredOn >= assuredSince(today)
}

/** When the entry was last checked, for whoever reads it. */
export function checkedWords(assuredOn: Day | null, today: Day): string {
  if (isAssured(assuredOn, today)) return `Checked on ${writtenDay(assuredOn)}`
  return assuredOn === null
    ? 'Nobody has checked this entry yet. Ask before you rely on it.'
    : `Not checked since ${writtenDay(assuredOn)}. Ask before you rely on it.`
}
