import { requireFreePlace } from '../../domain/capacity.ts'
import { londonDay } from '../../domain/day.ts'
import { isEnglish } from '../../domain/languages.ts'
import { Refusal } from '../../domain/refusal.ts'
import { chooseSession, roomiestSession } from '../../domain/session-room.ts'
import { chooseVolunteer, placesOf, type Suited } from '../../domain/volunteer.ts'
import type { Db } from '../../store/database.ts'
import { capacityOf, type GroupCounts, type GroupRow, setPlaces } from '../../store/groups.ts'
import { getPerson } from '../../store/people.ts'
import type { PlacementRow } from '../../store/placements.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { countMatched, hasVolunteers, listVolunteers } from '../../store/volunteers.ts'

/** Which place it is to be, where a group has several kinds: a session, or a volunteer. */
export interface SeatAsked {
  sessionTimeId?: string | undefined
  volunteerId?: string | undefined
}

type Seat = Pick<PlacementRow, 'sessionTimeId' | 'volunteerId'>

/** What no longer holds a place belongs to no session and no volunteer. */
export const NO_SEAT: Seat = { sessionTimeId: null, volunteerId: null }

/** Of a person only what decides who suits them. */
export async function suitedOf(db: Db, { referralId }: Pick<PlacementRow, 'referralId'>): Promise<Suited> {
  const { personId } = await getReferralRow(db, referralId)
  const { preferredLanguage, wardCode } = await getPerson(db, personId)
  return { language: preferredLanguage && !isEnglish(preferredLanguage) ? preferredLanguage : null, wardCode }
}

/**
 * The session or the volunteer that goes with a place, in the transaction that takes it; refused where there is none left.
 * @param bySoftware where nobody can be asked: the roomiest session
 */
export async function seatFor(
  tx: Db,
  group: GroupRow,
  counts: GroupCounts,
  placement: PlacementRow,
  asked: SeatAsked,
  { now, bySoftware = false }: { now: Date; bySoftware?: boolean },
): Promise<Seat> {
  const { sessions = [] } = capacityOf(group, counts)
  const sessionTimeId =
    bySoftware && asked.sessionTimeId === undefined
      ? roomiestSession(sessions)
      : chooseSession(sessions, asked.sessionTimeId)
  return { sessionTimeId, volunteerId: await volunteerFor(tx, group, placement, asked.volunteerId, now) }
}

/** Another session, or another volunteer, for somebody who has a place: what is not named stays as it is. */
export async function moveSeat(
  tx: Db,
  group: GroupRow,
  counts: GroupCounts,
  placement: PlacementRow,
  { sessionTimeId, volunteerId }: SeatAsked,
  now: Date,
): Promise<Partial<Seat>> {
  const { sessions = [] } = capacityOf(group, counts)
  return {
    ...(sessionTimeId === undefined || sessionTimeId === placement.sessionTimeId
      ? {}
      : { sessionTimeId: chooseSession(sessions, sessionTimeId) }),
    ...(volunteerId === undefined || volunteerId === placement.volunteerId
      ? {}
      : { volunteerId: await volunteerFor(tx, group, placement, volunteerId, now) }),
  }
}

async function volunteerFor(
  tx: Db,
  group: GroupRow,
  placement: PlacementRow,
  asked: string | undefined,
  now: Date,
): Promise<string | null> {
  const volunteers = group.capacityKind === 'one_to_one' ? await listVolunteers(tx, group.id) : []
  if (volunteers.length === 0) {
    if (asked === undefined) return null
    throw new Refusal('invalid-input', 'This group has no volunteers written down.', [
      { pointer: '/volunteerId', code: 'not-found', detail: 'This group has no volunteers written down' },
    ])
  }
  return chooseVolunteer(volunteers, await suitedOf(tx, placement), londonDay(now), asked).id
}

/** Whether what a placement held before can be held again: its session has room, its volunteer is free. */
export async function requireSeat(tx: Db, group: GroupRow, counts: GroupCounts, seat: Seat, now: Date): Promise<void> {
  requireFreePlace(capacityOf(group, counts), '')
  const { sessions = [] } = capacityOf(group, counts)
  if (seat.sessionTimeId && sessions.some(({ id }) => id === seat.sessionTimeId))
    chooseSession(sessions, seat.sessionTimeId)
  if (seat.volunteerId)
    chooseVolunteer(
      await listVolunteers(tx, group.id),
      { language: null, wardCode: null },
      londonDay(now),
      seat.volunteerId,
    )
}

/**
 * The places of a one-to-one group are its volunteers. Written down with whatever changed them, in its transaction.
 * @returns the number, or null where nobody wrote volunteers down
 */
export async function keepPlaces(tx: Db, group: Pick<GroupRow, 'id' | 'capacityKind' | 'places'>, now: Date) {
  if (group.capacityKind !== 'one_to_one') return null
  const volunteers = await listVolunteers(tx, group.id)
  if (volunteers.length === 0 && !(await hasVolunteers(tx, group.id))) return null
  const places = placesOf(volunteers, await countMatched(tx, group.id), londonDay(now))
  if (places !== group.places) await setPlaces(tx, group.id, places)
  return places
}
