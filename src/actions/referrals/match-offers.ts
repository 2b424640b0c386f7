import { isInDirectory } from '../../domain/directory.ts'
import { pointOf } from '../../domain/distance.ts'
import { assessFor, type EligibilityFacts } from '../../domain/eligibility.ts'
import { rank } from '../../domain/matching.ts'
import { compare, type ExpectedWait, expectedWait } from '../../domain/offer.ts'
import type { Seeker } from '../../domain/seeker.ts'
import { type GroupCounts, intakeOf, NOBODY } from '../../store/groups.ts'
import type { OfferedGroup, OfferedLocation, OfferedProject, readOffers } from '../../store/matching.ts'
import { viewCapacity } from '../directory/view.ts'

type Offers = Awaited<ReturnType<typeof readOffers>>

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
  { projects, groupsOf, locations, responses }: Offers,
  counts: Map<string, GroupCounts>,
  { seeker, facts, now }: { seeker: Seeker; facts: EligibilityFacts; now: Date },
) {
  const matches = []
  for (const project of projects) {
    const expected = expectedWait(responses.get(project.id))
    for (const group of groupsOf.get(project.id) ?? NO_GROUPS) {
      const location = locations.get(group?.locationId ?? '')
      const capacity = viewCapacity(group ?? NO_ROOM_TO_COUNT, counts.get(group?.id ?? '') ?? NOBODY, now)
      matches.push(matchOf({ project, group, location, capacity, expected }, seeker, facts))
    }
  }
  const ranking = { crisis: seeker.crisis, homeIsKnown: seeker.home !== null, today: seeker.today }
  return rank(matches, ranking)
}

const NO_GROUPS = [null]

interface Offered {
  project: OfferedProject
  group: OfferedGroup | null
  location: OfferedLocation | undefined
  capacity: ReturnType<typeof viewCapacity>
  expected: ExpectedWait | null
}

// Each field by name: copying objects into one another costs more than all the rest, a thousand times over.
function matchOf({ project, group, location, capacity, expected }: Offered, seeker: Seeker, facts: EligibilityFacts) {
  const compared = compare(seeker, {
    needs: project.needs,
    interests: project.interests,
    languages: project.languages,
    access: project.access,
    placeAccess: location?.access ?? null,
    place: pointOf(location),
    status: project.status,
    isFromFeed: project.feed !== null,
    intake: group ? intakeOf(group) : null,
    courseEndsOn: group?.courseEndsOn ?? null,
    assuredOn: project.assuredOn,
  })
  // Whatever is ranked is listed.
  const mayBePointedTo = isInDirectory({ isListed: true, status: project.status })
  return {
    project,
    group,
    capacity,
    projectId: project.id,
    groupId: group?.id ?? null,
    groupName: group?.name ?? project.name,
    fit: assessFor(facts, project, group),
    // What no longer runs helps nobody in a crisis.
    isCrisis: project.isCrisis && mayBePointedTo,
    mayBePointedTo,
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
