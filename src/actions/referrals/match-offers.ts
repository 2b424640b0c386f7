import { assess, type EligibilityFacts, type EligibilityRule, type Reason, verdictOf } from '../../domain/eligibility.ts'
import { rank } from '../../domain/matching.ts'
import { compare } from '../../domain/offer.ts'
import type { Fit } from '../../domain/placement.ts'
import type { Seeker } from '../../domain/seeker.ts'
import { type GroupCounts, intakeOf, NOBODY } from '../../store/groups.ts'
import { viewCapacity } from '../directory/view.ts'
import type { StandingOffer } from './standing-offers.ts'

/** A project without groups has no places to count, and takes nobody by referral. */
const NO_ROOM_TO_COUNT = {
  capacityKind: 'open',
  places: null,
  capacityConfirmedAt: null,
  intakePaused: true,
  intakeReopensOn: null,
} as const

/** Every listed project and group as it stands for this person, best first. No database is asked. */
export function matchOffers(
  offers: readonly StandingOffer[],
  counts: ReadonlyMap<string, GroupCounts>,
  { seeker, facts, now }: { seeker: Seeker; facts: EligibilityFacts; now: Date },
) {
  const matches = offers.map((offer) => {
    const { group } = offer
    const capacity = viewCapacity(group ?? NO_ROOM_TO_COUNT, counts.get(group?.id ?? '') ?? NOBODY, now)
    return matchOf(offer, capacity, seeker, facts)
  })
  const ranking = { crisis: seeker.crisis, homeIsKnown: seeker.home !== null, today: seeker.today }
  return rank(matches, ranking)
}

/** The verdict ranks; its sentences are made for whoever reads them, which of a thousand offers are a few. */
function fitOf(facts: EligibilityFacts, rules: readonly EligibilityRule[]): Fit {
  let reasons: Reason[] | undefined
  return {
    verdict: verdictOf(facts, rules),
    get reasons() {
      reasons ??= assess(facts, rules).reasons
      return reasons
    },
  }
}

// Each field by name: copying objects into one another costs more than all the rest, a thousand times over.
function matchOf(
  { project, group, location, rules, access, place, expected }: StandingOffer,
  capacity: ReturnType<typeof viewCapacity>,
  seeker: Seeker,
  facts: EligibilityFacts,
) {
  const compared = compare(seeker, {
    needs: project.needs,
    interests: project.interests,
    languages: project.languages,
    access,
    place,
    status: project.status,
    intake: group ? intakeOf(group) : null,
    courseEndsOn: group?.courseEndsOn ?? null,
    assuredOn: project.assuredOn,
  })
  return {
    project,
    group,
    capacity,
    projectId: project.id,
    groupId: group?.id ?? null,
    groupName: group?.name ?? project.name,
    fit: fitOf(facts, rules),
    isCrisis: project.isCrisis,
    free: capacity.free,
    isFull: capacity.isFull,
    waiting: capacity.waiting,
    expectedWait: expected,
    courseStartsOn: group?.courseStartsOn ?? null,
    costPence: project.costPence,
    costNote: project.costNote,
    assuredOn: project.assuredOn,
    times: group?.times ?? null,
    placeKind: location?.kind ?? null,
    meetsNeeds: compared.meetsNeeds,
    likes: compared.likes,
    distanceKm: compared.distanceKm,
    inLanguage: compared.inLanguage,
    asksLanguage: compared.asksLanguage,
    access: compared.access,
    unsaidAccess: compared.unsaidAccess,
    whyNotNow: compared.whyNotNow,
    isStale: compared.isStale,
  }
}
