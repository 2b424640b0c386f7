import { addDays, type Day, daysBetween, writtenDay } from './day.ts'

/** After this many days an entry that nobody has confirmed stands last, and says so. */
export const ASSURED_FOR_DAYS = 90

/** Its provider is asked a week before that, so that an entry that is looked after never lapses. */
export const CHASED_BEFORE_DAYS = 7

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

/** Whether its provider's acceptance of somebody today makes the entry fresher. A feed confirms its own. */
export function isFreshened({ feed, assuredOn }: { feed: string | null; assuredOn: Day | null }, today: Day): boolean {
  return feed === null && (assuredOn === null || assuredOn < today)
}

/** When the entry was last checked, for whoever reads it. */
export function checkedWords(assuredOn: Day | null, today: Day): string {
  if (isAssured(assuredOn, today)) return `Checked on ${writtenDay(assuredOn)}`
  return assuredOn === null
    ? 'Nobody has checked this entry yet. Ask before you rely on it.'
    : `Not checked since ${writtenDay(assuredOn)}. Ask before you rely on it.`
}

/** The same in few words, for somebody who compares many entries. */
export function checkedAgo(assuredOn: Day | null, today: Day): string {
  if (assuredOn === null) return 'Nobody has checked this entry yet'
  const days = Math.max(0, daysBetween(assuredOn, today))
  if (days > ASSURED_FOR_DAYS) return `Not checked for ${days} days`
  if (days === 0) return 'Checked today'
  return days === 1 ? 'Checked yesterday' : `Checked ${days} days ago`
}

/** An entry last confirmed on this day or before is asked about today. */
export function chasedFrom(today: Day): Day {
  return addDays(today, CHASED_BEFORE_DAYS - ASSURED_FOR_DAYS)
}

/** The last day on which it was asked about that lets it be asked about again today. */
export function chasedAgainFrom(today: Day): Day {
  return addDays(today, -CHASED_EVERY_DAYS)
}

/** The last day on which the link of that e-mail works. */
export function chaseEndsOn(chasedOn: Day): Day {
  return addDays(chasedOn, CHASE_LINK_DAYS)
}
