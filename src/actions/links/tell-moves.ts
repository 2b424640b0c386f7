import type { EventType } from '../../domain/events.ts'
import { firstNameIn } from '../../domain/link.ts'
import type { Db } from '../../store/database.ts'
import { type EventRow, listEventsOf } from '../../store/events.ts'

/** A move as the page of a link tells it: what, when and by whom, as far as anybody knows. */
export interface ToldMove {
  type: EventType
  at: Date
  by: { kind: EventRow['actorKind']; name: string | null; organisation: string | null; linkId: string | null }
}

// Reminders, read receipts and the like decide nothing.
const TOLD: readonly EventType[] = [
  'placement.accepted',
  'placement.waitlisted',
  'placement.declined',
  'placement.redirected',
  'placement.asked',
  'placement.answered',
  'placement.lapsed',
  'placement.recalled',
  'placement.withdrawn',
  'placement.returned',
  'placement.offered',
  'placement.offer-accepted',
  'placement.postponed',
  'placement.paused',
  'placement.resumed',
  'placement.still-wanted',
  'placement.booked',
  'placement.rebooked',
  'placement.started',
  'placement.did-not-start',
  'placement.reviewed',
  'placement.ended',
  'placement.undone',
  'group.capacity-confirmed',
  'group.places-changed',
  'group.intake-changed',
]
const MOST_READ = 60

export async function tellMoves(db: Db, placementId: string): Promise<ToldMove[]> {
  const rows = await listEventsOf(db, [placementId], MOST_READ)
  return rows
    .filter(({ event }) => TOLD.includes(event.type))
    .map(({ event, actorName, organisationName }) => ({
      type: event.type,
      at: event.at,
      by: {
        kind: event.actorKind,
        name: event.actorKind === 'user' ? actorName : firstNameIn(event.detail),
        organisation: organisationName,
        linkId: event.actorKind === 'link' ? event.actorId : null,
      },
    }))
}
