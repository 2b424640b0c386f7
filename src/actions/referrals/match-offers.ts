import { freeShown, placesLeft } from '../../domain/capacity.ts'
import { isInDirectory } from '../../domain/directory.ts'
import { assessFor, type EligibilityFacts, type Reason, type Verdict, verdictFor } from '../../domain/eligibility.ts'
import { expectedWait, type Forecast } from '../../domain/forecast.ts'
import { type MatchReason, reasonsOf } from '../../domain/match-reasons.ts'
import { type Match, rank } from '../../domain/matching.ts'
import { type Comparison, compare, type Offer } from '../../domain/offer.ts'
import type { Seeker } from '../../domain/seeker.ts'
import { capacityOf, type GroupCounts, intakeOf, NOBODY } from '../../store/groups.ts'
import { viewCapacity } from '../directory/view.ts'
import type { StandingOffer } from './standing-offers.ts'

/** A project without groups has no places to count, and takes nobody by referral. */
const NO_ROOM_TO_COUNT = {
  capacityKind: 'open',
  places: null,
  capacityConfirmedAt: null,
  intakePaused: true,
  intakeReopensOn: null,
  intakeFrom: null,
  intakeUntil: null,
  weeklyQuota: null,
  times: null,
} as const

interface Asked {
  seeker: Seeker
  facts: EligibilityFacts
  now: Date
  /** How long people wait, by group. */
  forecasts: ReadonlyMap<string, Pick<Forecast, 'starts' | 'lowDays' | 'highDays'>>
  /** The projects that were tried under this referral. */
  tried: ReadonlySet<string>
}

/** Every listed project and group as it stands for this person, best first. No database is asked. */
export function matchOffers(
  offers: readonly StandingOffer[],
  counts: ReadonlyMap<string, GroupCounts>,
  asked: Asked,
): OfferMatch[] {
  const matches = offers.map((standing) => {
    const counted = standing.group ? counts.get(standing.group.id) : undefined
    return new OfferMatch(standing, counted ?? NOBODY, asked)
  })
  const { seeker } = asked
  return rank(matches, { crisis: seeker.crisis, homeIsKnown: seeker.home !== null, today: seeker.today })
}

/** A weekly quota is the one thing of an offer that changes with every move. */
function offerNow({ offer, group }: StandingOffer, counts: GroupCounts): Offer {
  return group?.weeklyQuota == null ? offer : { ...offer, intake: intakeOf(group, counts) }
}

/**
 * One offer as it stands for one person. Made a thousand times for each answer, of which a few are read: so it holds no more
 * than the ranking looks at, and all that is said of it in words is made when somebody reads it.
 */
export class OfferMatch implements Match {
  readonly standing: StandingOffer
  readonly verdict: Verdict
  readonly free: number | null
  readonly isFull: boolean
  private readonly counts: GroupCounts
  private readonly compared: Comparison
  private readonly asked: Asked

  constructor(standing: StandingOffer, counts: GroupCounts, asked: Asked) {
    const capacity = capacityOf(standing.group ?? NO_ROOM_TO_COUNT, counts)
    this.standing = standing
    this.verdict = verdictFor(asked.facts, standing.project, standing.group)
    this.free = freeShown(capacity, asked.now)
    this.isFull = placesLeft(capacity) === 0
    this.counts = counts
    this.compared = compare(asked.seeker, offerNow(standing, counts))
    this.asked = asked
  }

  get projectId() {
    return this.standing.project.id
  }
  get groupId() {
    return this.standing.group?.id ?? null
  }
  get groupName() {
    return this.standing.group?.name ?? this.standing.project.name
  }
  /** What no longer runs helps nobody in a crisis. */
  get isCrisis() {
    return this.standing.project.isCrisis && this.mayBePointedTo
  }
  get isTried() {
    return this.asked.tried.has(this.projectId)
  }
  get mayBePointedTo() {
    // Whatever is ranked is listed.
    return isInDirectory({ isListed: true, status: this.standing.project.status })
  }
  get waiting() {
    return this.counts.waiting
  }
  get expectedWait() {
    return expectedWait(this.asked.forecasts.get(this.standing.group?.id ?? ''))
  }
  get courseStartsOn() {
    return this.standing.group?.courseStartsOn ?? null
  }
  get costPence() {
    return this.standing.project.costPence
  }
  get costNote() {
    return this.standing.project.costNote
  }
  get assuredOn() {
    return this.standing.project.assuredOn
  }
  get times() {
    return this.standing.group?.times ?? null
  }
  get placeKind() {
    return this.standing.location?.kind ?? null
  }

  get meetsNeeds() {
    return this.compared.meetsNeeds
  }
  get needsThere() {
    return this.compared.needsThere
  }
  get likes() {
    return this.compared.likes
  }
  get distanceKm() {
    return this.compared.distanceKm
  }
  get inLanguage() {
    return this.compared.inLanguage
  }
  get asksLanguage() {
    return this.compared.asksLanguage
  }
  get access() {
    return this.compared.access
  }
  get unsaidAccess() {
    return this.compared.unsaidAccess
  }
  get whyNotNow() {
    return this.compared.whyNotNow
  }
  get isStale() {
    return this.compared.isStale
  }

  /** How full it is, in all that is shown of it. */
  capacity() {
    return viewCapacity(this.standing.group ?? NO_ROOM_TO_COUNT, this.counts, this.asked.now)
  }
  /** What each rule says to this person. */
  reasons(): Reason[] {
    return assessFor(this.asked.facts, this.standing.project, this.standing.group).reasons
  }
  /** Why it stands where it does. */
  why(): MatchReason[] {
    return reasonsOf(this, this.asked.seeker)
  }
}
