import { addDays, addWeeks, type Day, latest, londonDay } from './day.ts'
import { type DigestNotice, isDigestNotice } from './digest.ts'
import type { NextStep } from './next-action.ts'
import type { AccessNotice, Notice } from './notices.ts'
import type { Permission } from './permissions.ts'
import { PLACEMENT_MOVES, type PlacementStatus } from './placement-moves.ts'
import { Refusal } from './refusal.ts'
import { addWorkingDays, dueIn } from './working-day.ts'

/** What the link of a message is for: each answers one clock, and does nothing else. */
export type LinkPurpose = 'placement' | 'offer' | 'still-wanted' | 'own' | 'register' | 'places'

const PURPOSES: Partial<Record<Notice | AccessNotice, LinkPurpose>> = {
  'placement-to-decide': 'placement',
  'placement-answered': 'placement',
  'placement-reminder': 'placement',
  'offer-accepted': 'placement',
  'person-place-offered': 'offer',
  'person-still-wanted': 'still-wanted',
  'person-own-page': 'own',
  'register-to-take': 'register',
  'places-to-confirm': 'places',
}

/** What the link of such a message is for; undefined where it carries none. */
export function purposeOf(notice: Notice | AccessNotice | DigestNotice): LinkPurpose | undefined {
  return isDigestNotice(notice) ? undefined : PURPOSES[notice]
}

/** Messages with a link for this, by what they tell. */
export function noticesFor(purpose: LinkPurpose): (Notice | AccessNotice)[] {
  return (Object.keys(PURPOSES) as (Notice | AccessNotice)[]).filter((notice) => PURPOSES[notice] === purpose)
}

const WORKS_FOR_WORKING_DAYS = 10
const REGISTER_WORKING_DAYS = 2
const PLACES_DAYS = 14
const STILL_WANTED_WEEKS = 4
const OWN_PAGE_DAYS = 7
const TO_BEGIN: readonly (NextStep | null)[] = ['first_session', 'rearrange', 'register']

/**
 * The last day on which the link of a message about a placement works: ten working days, as long as a project may take
 * to decide, and longer while the first session that it arranges is still to come.
 */
export function placementLinkEnds(
  sentAt: Date,
  { nextStep, nextDueOn }: { nextStep: NextStep | null; nextDueOn: Day | null },
): Day {
  const usual = dueIn(sentAt, WORKS_FOR_WORKING_DAYS)
  return nextDueOn && TO_BEGIN.includes(nextStep) ? latest(usual, nextDueOn) : usual
}

/** What the holder of a placement's link may do, by the doors of the transition table. */
const LINK_DOORS: Partial<Record<PlacementStatus, readonly string[]>> = {
  sent: ['accept', 'waitlist', 'decline', 'ask'],
  seen: ['accept', 'waitlist', 'decline', 'ask'],
  information_needed: ['decline'],
  // Whoever came without an appointment has begun.
  accepted: ['book', 'attendance', 'did-not-start'],
  booked: ['book', 'attendance', 'did-not-start'],
  started: ['review', 'complete'],
}

/** What was done by the link itself can be taken back by it, as long as anybody could. */
export function linkDoors(status: PlacementStatus): string[] {
  return [...(LINK_DOORS[status] ?? []), 'undo']
}

/**
 * Asked again in the transaction of a move, since somebody may have been first: a project that signs in may do more, and a
 * no after a yes is a conversation. Registers are also kept of those who started.
 */
export function requireByLink(status: PlacementStatus, permission: Permission): void {
  const move = permission.replace(/^placement\./, '')
  const door = move === 'arrange' ? 'book' : DOOR_OF_MOVE[move]
  if (door && (door === 'attendance' || linkDoors(status).includes(door))) return
  throw new Refusal('wrong-status', 'Something else happened meanwhile. Nothing was changed by this click.')
}

const DOOR_OF_MOVE: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(PLACEMENT_MOVES).map(([name, move]) => [name, 'door' in move ? move.door : undefined]),
)

/** The register of the day on which it was asked for. */
export function registerLinkEnds(askedAt: Date): Day {
  return addWorkingDays(londonDay(askedAt), REGISTER_WORKING_DAYS)
}

/** Until the places that were confirmed by it would be asked about again. */
export function placesLinkEnds(askedAt: Date): Day {
  return addDays(londonDay(askedAt), PLACES_DAYS)
}

/** Until the person is asked again: a late answer is still an answer. */
export function stillWantedLinkEnds(askedAt: Date): Day {
  return addWeeks(londonDay(askedAt), STILL_WANTED_WEEKS)
}

/** Long enough to answer on a quiet evening; whoever needs it later asks for another. */
export function ownLinkEnds(askedAt: Date): Day {
  return addDays(londonDay(askedAt), OWN_PAGE_DAYS)
}

/** One-time codes: how long one works, how often it may be mistyped, and how many are sent in an hour. */
export const CODE = { minutes: 15, tries: 5, perHour: 3, digits: 6 } as const

/** How long a page that a code has opened may go on without another. */
export const PASS_MINUTES = 30

/** The first name that the holder of a link said, as an event keeps it. */
export function firstNameIn({ firstName }: Record<string, unknown>): string | null {
  return typeof firstName === 'string' && firstName !== '' ? firstName : null
}
