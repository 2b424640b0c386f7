import { isConfirmed } from '../../domain/capacity.ts'
import { QUIET } from '../../domain/events.ts'
import { followUp as decideFollowUp } from '../../domain/follow-up.ts'
import { fillsAPlace, isOpenPlacement, type PlacementStep } from '../../domain/placement.ts'
import { PLACEMENT_MOVES, type PlacementMove } from '../../domain/placement-moves.ts'
import type { Db } from '../../store/database.ts'
import { findGroup, type GroupRow, touchCapacity } from '../../store/groups.ts'
import { dueDays, listOpenPlacementsOf, type PlacementRow } from '../../store/placements.ts'
import { getReferralRow, touchReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { getLimits } from './limits.ts'
import { type MoreOfPlacement, takePlacementStep } from './placement-step.ts'
import { offerNext } from './queue.ts'
import { reachOf } from './reach.ts'
import { type Taken, takeReferralStep } from './referral-step.ts'
import { keepPlaces, NO_SEAT } from './seat.ts'

/**
 * A step of a placement with all that follows from it: what it means for the referral, and for whoever is next in the
 * queue for the place it frees.
 */
export async function carryOutStep(
  context: Context,
  tx: Db,
  author: Author,
  placement: PlacementRow,
  step: PlacementStep,
  more: MoreOfPlacement = {},
): Promise<Taken<PlacementRow>> {
  const changes = { ...(givesUp(step) ? NO_SEAT : {}), ...more.changes }
  const taken = await takePlacementStep(context, tx, author, placement, step, { ...more, changes })
  await followUp(context, tx, taken, { move: step.move })
  await passOn(context, tx, placement, step)
  return taken
}

/** Goes on without the place: what is over keeps whose it was, for its history. */
function givesUp({ from, to }: PlacementStep): boolean {
  return from !== 'new' && fillsAPlace(from) && !fillsAPlace(to) && isOpenPlacement(to)
}

/** A place that somebody gave up is the next person's, in the same transaction. */
export async function passOn(context: Context, tx: Db, { groupId }: PlacementRow, step: PlacementStep): Promise<void> {
  if (step.from === 'new' || !fillsAPlace(step.from) || fillsAPlace(step.to)) return
  // The volunteer may be away by now: then nobody is free.
  const group = await findGroup(tx, groupId)
  if (group) await keepPlaces(tx, group, context.now())
  await offerPlaces(context, tx, groupId)
}

/** Free places that are known to be free go to whoever waits. Answers with how many did. */
export async function offerPlaces(context: Context, tx: Db, groupId: string): Promise<number> {
  const offers = await offerNext(context, tx, groupId)
  for (const offered of offers) await followUp(context, tx, offered)
  return offers.length
}

/** A provider that takes somebody in has looked at its places: where nobody knew them before, whoever waits hears now. */
export async function confirmPlaces(context: Context, tx: Db, group: GroupRow): Promise<void> {
  const now = context.now()
  await touchCapacity(tx, group.id, now)
  if (!isConfirmed({ confirmedAt: group.capacityConfirmedAt }, now)) await offerPlaces(context, tx, group.id)
}

/** Carries out what a placement's step means for its referral, which has news either way, unless the clock only reminded. */
export async function followUp(
  context: Context,
  tx: Db,
  taken: Taken<PlacementRow>,
  { move }: { move?: PlacementMove } = {},
): Promise<void> {
  const referral = await getReferralRow(tx, taken.saved.referralId)
  const limits = await getLimits(tx, referral)
  const open = await listOpenPlacementsOf(tx, referral.id)
  const due = dueDays(open)
  const now = context.now()
  const isBooked = move === 'book' || move === 'rebook'
  const canBeTold = isBooked && (await reachOf(tx, taken.saved, now)).byMachine
  const isVisitAhead = open.some(
    ({ id, startedAt, bookedFor }) => id !== taken.saved.id && !startedAt && bookedFor !== null && bookedFor > now,
  )
  const done = move && { move, canBeTold, isVisitAhead }
  const step = decideFollowUp(referral, taken.saved, due, now, limits, done)
  const isNews = !move || !QUIET.includes(PLACEMENT_MOVES[move].event)
  if (step) await takeReferralStep(context, tx, 'system', referral, step, { causedBy: taken.eventId })
  else if (isNews) await touchReferral(tx, referral.id, context.now())
}
