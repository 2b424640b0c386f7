import type { Day } from './day.ts'
import { LIMITS, type Limits, type NextColumns, nextOf } from './next-action.ts'
import { isOpenPlacement } from './placement.ts'
import type { PlacementStatus } from './placement-moves.ts'
import { fallBack, follow, handBack, type Referral, type ReferralStep, type Standing, watch } from './referral.ts'

type Followed = Referral & Pick<Standing, 'isDirect'> & NextColumns

/**
 * What a placement's step means for its referral: an ended one hands back to the navigator; an open one may move the day
 * on which the navigator looks again. Undefined where nothing of the referral changes.
 * @param openPlacementsDue the days of all its open placements, this one included
 */
export function followUp(
  referral: Followed,
  placement: NextColumns & { status: PlacementStatus; startedAt: Date | null },
  openPlacementsDue: Day[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep | undefined {
  const { status } = referral
  const isUnowned = referral.isDirect && !referral.navigatorId && status === 'active'
  if (isOpenPlacement(placement.status)) {
    if (status !== 'active') return undefined
    return isUnowned ? followPlacement(referral, placement) : watch(referral, openPlacementsDue, now, limits)
  }
  if (status !== 'active' && status !== 'on_hold' && status !== 'redirected') return undefined
  const hadStarted = placement.startedAt !== null
  if (isUnowned && openPlacementsDue.length === 0 && !hadStarted) return fallBack(referral, now, limits)
  // Who was sent back by no wish of their own is asked soon, even from the middle of a course.
  const isAnEnd = hadStarted && placement.status !== 'returned'
  return handBack(referral, isAnEnd, openPlacementsDue, now, limits)
}

/** A read receipt moves no clock: there is nothing to follow where the next action is the same. */
function followPlacement(referral: Followed, placement: NextColumns): ReferralStep | undefined {
  const next = nextOf(placement)
  const present = nextOf(referral)
  const isSame =
    present?.ownerKind === next?.ownerKind &&
    present?.ownerId === next?.ownerId &&
    present?.step === next?.step &&
    present?.dueOn === next?.dueOn
  return next && !isSame ? follow(referral, next) : undefined
}
