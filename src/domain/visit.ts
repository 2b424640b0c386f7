import { addDays, londonDay } from './day.ts'
import type { PlacementStep } from './placement.ts'
import { requirePlacementMove } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'

/** Where somebody goes, as the directory has it. */
export interface Place {
  venue: string
  location: {
    name: string
    addressLines: string[]
    city: string | null
    postcode: string | null
    accessNote: string | null
  } | null
}

/** The place in lines as on an envelope; its name only where nothing better is known, for it may say what it is for. */
export function placeLines({ venue, location }: Place): string[] {
  const { addressLines = [], city = null, postcode = null } = location ?? {}
  const lines = [...addressLines, city ?? '', postcode ?? ''].map((line) => line.trim()).filter(Boolean)
  return addressLines.length > 0 ? [...new Set(lines)] : [venue]
}

interface Booked {
  status: PlacementStatus
  bookedFor: Date | null
  startedAt: Date | null
}

/** A first visit that lies ahead. */
export function isAhead({ status, bookedFor }: Pick<Booked, 'status' | 'bookedFor'>, now: Date): boolean {
  return status === 'booked' && bookedFor !== null && bookedFor > now
}

/** On the day before, once. */
export function remindOfVisit(placement: Booked, now: Date): PlacementStep | undefined {
  const { status, bookedFor } = placement
  if (!bookedFor || !isAhead(placement, now) || londonDay(bookedFor) !== addDays(londonDay(now), 1)) return undefined
  requirePlacementMove('remindVisit', status, ['system'])
  return { move: 'remindVisit', from: status, to: status, next: 'kept' }
}
