import { addDays, type Day, spokenDay, weekday } from './day.ts'
import { Refusal } from './refusal.ts'

/** Whether a group takes anybody new, and what that hangs on. */
export interface Intake {
  paused: boolean
  /** A pause ends by itself on this day. */
  reopensOn: Day | null
  /** A course takes people between these days, both included. */
  from?: Day | null
  until?: Day | null
  /** New people in one week, Monday to Sunday, at most; and how many there are in this one. */
  weeklyQuota?: number | null
  newThisWeek?: number
}

/** Monday of the week in which a day lies. */
export function weekBegins(day: Day): Day {
  return addDays(day, 1 - weekday(day))
}

interface Closed {
  why: 'paused' | 'not_begun' | 'over' | 'week_full'
  /** The day on which that ends; null where nobody knows, or it has no end. */
  opensOn: Day | null
}

/** Why nobody new is taken today; null where people are. */
export function whyClosed(
  { paused, reopensOn, from = null, until = null, weeklyQuota = null, newThisWeek = 0 }: Intake,
  today: Day,
): Closed | null {
  if (until !== null && until < today) return { why: 'over', opensOn: null }
  if (paused && (reopensOn === null || reopensOn > today)) return { why: 'paused', opensOn: reopensOn }
  if (from !== null && from > today) return { why: 'not_begun', opensOn: from }
  if (weeklyQuota === null || newThisWeek < weeklyQuota) return null
  const monday = addDays(weekBegins(today), 7)
  return until !== null && until < monday ? { why: 'over', opensOn: null } : { why: 'week_full', opensOn: monday }
}

export function isIntakeOpen(intake: Intake, today: Day): boolean {
  return whyClosed(intake, today) === null
}

/** Why nobody is taken, in a few words without a stop; null where people are. */
export function closedWords(intake: Intake, today: Day): string | null {
  const closed = whyClosed(intake, today)
  if (!closed) return null
  const day = closed.opensOn ? spokenDay(closed.opensOn) : null
  if (closed.why === 'over') return 'Its time for taking new people is over'
  if (closed.why === 'not_begun') return `Takes new people from ${day}`
  if (closed.why === 'week_full') return `Full for this week: takes new people again from ${day}`
  return day ? `Not taking anyone new until ${day}` : 'Not taking anyone new at the moment'
}

/** @param instead what to do now, in a sentence */
export function requireOpenIntake(intake: Intake, today: Day, instead: string): void {
  const words = closedWords(intake, today)
  if (words) throw new Refusal('intake-paused', `${words}. ${instead}`)
}
