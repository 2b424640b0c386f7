import { addDays, type Day, londonDay, londonMoment } from './day.ts'
import { Refusal } from './refusal.ts'

export const CAPACITY_KINDS = ['open', 'places', 'one_to_one'] as const
export type CapacityKind = (typeof CAPACITY_KINDS)[number]

/** After this many days without a word from the provider, the number of free places is unknown. */
const CONFIRMED_FOR_DAYS = 14

export interface Capacity {
  kind: CapacityKind
  /** Places in all; null where the group is open. One-to-one: available volunteers. */
  places: number | null
  /** Accepted, booked or started. */
  taken: number
  /** Held by an offer that is not answered yet. */
  held: number
  confirmedAt: Date | null
}

const DAY_MS = 86_400_000

export function isConfirmed({ confirmedAt }: Pick<Capacity, 'confirmedAt'>, now: Date): boolean {
  if (confirmedAt === null) return false
  // Two days either side of the limit the calendar decides nothing: matching asks this of a thousand groups at once.
  const age = (now.getTime() - confirmedAt.getTime()) / DAY_MS
  if (Math.abs(age - CONFIRMED_FOR_DAYS) > 2) return age < CONFIRMED_FOR_DAYS
  return addDays(londonDay(confirmedAt), CONFIRMED_FOR_DAYS) >= londonDay(now)
}

/** The earliest moment of a confirmation that still counts. The directory's own queries ask by it in SQL. */
export function confirmedSince(now: Date): Date {
  return londonMoment(addDays(londonDay(now), -CONFIRMED_FOR_DAYS), 0)
}

/** Places left by the books, however old the books are; null where there is no limit. */
export function placesLeft({ kind, places, taken, held }: Capacity): number | null {
  return kind === 'open' || places === null ? null : Math.max(0, places - taken - held)
}

/** Free places that may be shown to anybody: null where open, or where nobody has confirmed them lately. */
export function freeShown(capacity: Capacity, now: Date): number | null {
  return isConfirmed(capacity, now) ? placesLeft(capacity) : null
}

/**
 * Refuses where no place is left. Unconfirmed places may still be accepted: the provider is the one who knows.
 * @param instead what to do now, in a sentence
 */
export function requireFreePlace(capacity: Capacity, instead: string): void {
  if (placesLeft(capacity) === 0)
    throw new Refusal(
      'group-full',
      `${capacity.places === 1 ? 'The only place is' : `All ${capacity.places} places are`} taken. ${instead}`,
    )
}

/** Refuses a number of places below the people already in the group or holding an offer. */
export function requireRoomForTaken(places: number, { taken, held }: Capacity): void {
  if (places < taken + held)
    throw new Refusal(
      'below-taken',
      `${taken + held} ${taken + held === 1 ? 'person has' : 'people have'} a place or an offer: ` +
        `the number of places cannot go below ${taken + held}.`,
    )
}

export interface Intake {
  paused: boolean
  reopensOn: Day | null
}

/** A pause ends by itself on its reopening day. */
export function isIntakeOpen({ paused, reopensOn }: Intake, today: Day): boolean {
  return !paused || (reopensOn !== null && reopensOn <= today)
}
