import { addDays, londonDay, londonMoment } from './day.ts'
import { Refusal } from './refusal.ts'
import { placesInSessions, type SessionRoom } from './session-room.ts'

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
  /** The sessions, where places are counted for each of them too. */
  sessions?: readonly SessionRoom[]
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

/** Places left by the books, however old the books are; null where there is no limit. The group's own limit and its sessions' both hold. */
export function placesLeft({ kind, places, taken, held, sessions = [] }: Capacity): number | null {
  if (kind === 'open' || places === null) return null
  return Math.min(Math.max(0, places - taken - held), placesInSessions(sessions) ?? Number.POSITIVE_INFINITY)
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
  if (placesLeft(capacity) !== 0) return
  const isWhole = capacity.places !== null && capacity.taken + capacity.held >= capacity.places
  const all = capacity.places === 1 ? 'The only place is' : `All ${capacity.places} places are`
  throw new Refusal('group-full', `${isWhole ? all : 'All sessions are'} taken. ${instead}`)
}

/**
 * Refuses a number of places below the people already in the group or holding an offer.
 * @param who the references of those people: not one of them loses a place by a number
 */
export function requireRoomForTaken(
  places: number,
  { taken, held }: Pick<Capacity, 'taken' | 'held'>,
  who: string[] = [],
): void {
  if (places >= taken + held) return
  const people = taken + held
  const have = `${people} ${people === 1 ? 'person has' : 'people have'} a place or an offer${who.length > 0 ? ` (${who.join(', ')})` : ''}`
  throw new Refusal('below-taken', `${have}: the number of places cannot go below ${people}.`, [
    { pointer: '/places', code: 'below-taken', detail: have },
  ])
}
