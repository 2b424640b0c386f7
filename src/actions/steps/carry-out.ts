import { isConfirmed } from '../../domain/capacity.ts'
import { fillsAPlace, isOpenPlacement, type PlacementStep } from '../../domain/placement.ts'
import { fallBack, follow, handBack, type ReferralStep, watch } from '../../domain/referral.ts'
import type { Db } from '../../store/database.ts'
import { type GroupRow, touchCapacity } from '../../store/groups.ts'
import { dueDays, listOpenPlacementsOf, type PlacementRow } from '../../store/placements.ts'
import { getReferralRow, type ReferralRow, touchReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import type { Author } from '../record.ts'
import { getLimits } from './limits.ts'
import { type MoreOfPlacement, takePlacementStep } from './placement-step.ts'
import { offerNext } from './queue.ts'
import { type Taken, takeReferralStep } from './referral-step.ts'

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
  const taken = await takePlacementStep(context, tx, author, placement, step, more)
  await followUp(context, tx, taken)
  await passOn(context, tx, placement, step)
  return taken
}

/** A place that somebody gave up is the next person's, in the same transaction. */
export async function passOn(context: Context, tx: Db, { groupId }: PlacementRow, step: PlacementStep): Promise<void> {
  if (step.from === 'new' || !fillsAPlace(step.from) || fillsAPlace(step.to)) return
  await offerPlaces(context, tx, groupId)
}

/** Free places that are known to be free go to whoever waits. */
export async function offerPlaces(context: Context, tx: Db, groupId: string): Promise<void> {
  for (const offered of await offerNext(context, tx, groupId)) await followUp(context, tx, offered)
}

/** A provider that takes somebody in has looked at its places: where nobody knew them before, whoever waits hears now. */
export async function confirmPlaces(context: Context, tx: Db, group: GroupRow): Promise<void> {
  const now = context.now()
  await touchCapacity(tx, group.id, now)
  if (!isConfirmed({ confirmedAt: group.capacityConfirmedAt }, now)) await offerPlaces(context, tx, group.id)
}

/**
 * What a placement's step means for its referral: an ended one hands back to the navigator; an open one may move the day
 * on which the navigator looks again. Either way the referral has news.
 */
export async function followUp(context: Context, tx: Db, taken: Taken<PlacementRow>): Promise<void> {
  const referral = await getReferralRow(tx, taken.saved.referralId)
  const step = await consequenceOf(context, tx, taken.saved, referral)
  if (step) await takeReferralStep(context, tx, 'system', referral, step, { causedBy: taken.eventId })
  else await touchReferral(tx, referral.id, context.now())
}

async function consequenceOf(
  context: Context,
  tx: Db,
  placement: PlacementRow,
  referral: ReferralRow,
): Promise<ReferralStep | undefined> {
  const now = context.now()
  const limits = await getLimits(tx, referral)
  const { status } = referral
  const open = await listOpenPlacementsOf(tx, referral.id)
  const isUnowned = referral.isDirect && !referral.navigatorId && status === 'active'
  if (isOpenPlacement(placement.status)) {
    if (status !== 'active') return undefined
    return isUnowned ? followPlacement(referral, placement) : watch(referral, dueDays(open), now, limits)
  }
  if (status !== 'active' && status !== 'on_hold' && status !== 'redirected') return undefined
  const hadStarted = placement.startedAt !== null
  if (isUnowned && open.length === 0 && !hadStarted) return fallBack(referral, now, limits)
  // Who was sent back by no wish of their own is asked soon, even from the middle of a course.
  const isAnEnd = hadStarted && placement.status !== 'returned'
  return handBack(referral, isAnEnd, dueDays(open), now, limits)
}

/** A read receipt moves no clock: there is nothing to follow where the next action is the same. */
function followPlacement(referral: ReferralRow, placement: PlacementRow): ReferralStep | undefined {
  const { nextOwnerKind, nextOwnerId, nextStep, nextDueOn } = placement
  if (!nextOwnerKind || !nextOwnerId || !nextStep || !nextDueOn) return undefined
  const isSame =
    referral.nextOwnerKind === nextOwnerKind &&
    referral.nextOwnerId === nextOwnerId &&
    referral.nextStep === nextStep &&
    referral.nextDueOn === nextDueOn
  if (isSame) return undefined
  return follow(referral, { ownerKind: nextOwnerKind, ownerId: nextOwnerId, step: nextStep, dueOn: nextDueOn })
}
