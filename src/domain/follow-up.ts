import { addDays, type Day, earliest, latest, londonDay } from './day.ts'
import { LIMITS, type Limits, type NextAction, type NextColumns, nextOf, WATCHING } from './next-action.ts'
import { isOpenPlacement } from './placement.ts'
import type { PlacementMove, PlacementStatus } from './placement-moves.ts'
import {
  fallBack,
  follow,
  handBack,
  navigatorOf,
  type Referral,
  type ReferralStep,
  type Standing,
  watch,
  watchPlacements,
} from './referral.ts'
import { addWorkingDays, dueIn, workingDayFrom } from './working-day.ts'

/** A placement as it is after a step, with what the step was. */
type Stepped = NextColumns & {
  status: PlacementStatus
  startedAt: Date | null
  bookedFor: Date | null
  missedInARow: number
}

/** What was done, whether the software can tell the person of a visit, and whether another visit is still to come. */
export interface Done {
  move: PlacementMove
  canBeTold: boolean
  isVisitAhead: boolean
}

type Followed = Referral & Pick<Standing, 'isDirect'> & NextColumns

/**
 * What a placement's step means for its referral: an ended one hands back to the navigator; an open one may move the day
 * on which the navigator looks again. Undefined where nothing of the referral changes.
 * @param openPlacementsDue the days of all its open placements, this one included
 */
export function followUp(
  referral: Followed,
  placement: Stepped,
  openPlacementsDue: Day[],
  now: Date,
  limits: Limits = LIMITS,
  done?: Done,
): ReferralStep | undefined {
  const { status } = referral
  const isUnowned = referral.isDirect && !referral.navigatorId && status === 'active'
  if (isOpenPlacement(placement.status)) {
    if (status !== 'active') return undefined
    if (isUnowned) return followPlacement(referral, placement)
    return (
      (done && firstVisit(referral, placement, openPlacementsDue, done, now, limits)) ??
      watch(referral, openPlacementsDue, now, limits)
    )
  }
  if (status !== 'active' && status !== 'on_hold' && status !== 'redirected') return undefined
  const hadStarted = placement.startedAt !== null
  if (isUnowned && openPlacementsDue.length === 0 && !hadStarted) return fallBack(referral, now, limits)
  // Who was sent back by no wish of their own is asked soon, even from the middle of a course.
  const isAnEnd = hadStarted && placement.status !== 'returned'
  return handBack(referral, isAnEnd, openPlacementsDue, now, limits)
}

const tomorrowAtTheLatest = (day: Day, now: Date): Day => latest(londonDay(now), addDays(day, -1))

/**
 * Around a first visit a human is there: who cannot be mailed is told of it, who missed it is asked on the same day, and
 * who came is asked how it was.
 */
function firstVisit(
  referral: Followed,
  { startedAt, bookedFor, missedInARow }: Stepped,
  openPlacementsDue: Day[],
  done: Done,
  now: Date,
  limits: Limits,
): ReferralStep | undefined {
  const owes = (step: NextAction['step'], dueOn: Day): NextAction => ({ ...navigatorOf(referral), step, dueOn })
  const { status } = referral
  const { move } = done
  if (move === 'miss' && !startedAt && missedInARow === 1) {
    const asks = owes('ask_after_no_show', dueIn(now, 0))
    return { move: 'missFirst', from: status, to: status, next: gives(referral, asks, done) ? asks : 'kept' }
  }
  if (move === 'start') {
    const first = addWorkingDays(londonDay(startedAt ?? now), limits.checkIn)
    return watchFor(referral, owes('check_in', workingDayFrom(latest(londonDay(now), first))), done)
  }
  if (move === 'didNotStart')
    return isOutlived(referral, done)
      ? watchFor(referral, watchPlacements(referral, openPlacementsDue, now, limits), done)
      : undefined
  const isToBeTold = (move === 'book' || move === 'rebook') && !done.canBeTold && !startedAt
  if (!isToBeTold || !bookedFor || bookedFor <= now) return undefined
  const dueOn = earliest(dueIn(now, limits.checkIn), tomorrowAtTheLatest(londonDay(bookedFor), now))
  return watchFor(referral, owes('tell_first_visit', dueOn), done)
}

/** What was to be said before a visit, or asked after one was missed, is over when they came or did not begin. */
function isOutlived({ nextStep }: Followed, { move, isVisitAhead }: Done): boolean {
  if (nextStep === 'tell_first_visit') return ['start', 'miss', 'didNotStart'].includes(move) && !isVisitAhead
  return nextStep === 'ask_after_no_show' && ['start', 'didNotStart'].includes(move)
}

/** Nothing that another project's refusal asked for is put off by it, nor what is due sooner. */
function gives(referral: Followed, next: NextAction, done: Done): boolean {
  const { nextStep, nextDueOn } = referral
  if (isOutlived(referral, done)) return true
  return (
    WATCHING.some((step) => step === nextStep) && (nextStep === 'review' || next.dueOn <= (nextDueOn ?? next.dueOn))
  )
}

function watchFor(referral: Followed, next: NextAction, done: Done): ReferralStep | undefined {
  const { status } = referral
  return gives(referral, next, done) ? { move: 'watch', from: status, to: status, next } : undefined
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
