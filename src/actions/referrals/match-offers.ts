import { londonDay } from '../../domain/day.ts'
import { pointOf } from '../../domain/distance.ts'
import { assess, type EligibilityFacts } from '../../domain/eligibility.ts'
import { reasonsOf } from '../../domain/match-reasons.ts'
import { rank } from '../../domain/matching.ts'
import { compare, expectedWait } from '../../domain/offer.ts'
import type { Seeker } from '../../domain/seeker.ts'
import { type GroupCounts, intakeOf, NOBODY } from '../../store/groups.ts'
import type { OfferedGroup, OfferedProject, readOffers } from '../../store/matching.ts'
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

/** Every listed project and group as it stands for this person, best first, with the reasons. No database is asked. */
export function matchOffers(
  { projects, groupsOf, locations, responses }: Offers,
  counts: Map<string, GroupCounts>,
  { seeker, facts, now }: { seeker: Seeker; facts: EligibilityFacts; now: Date },
) {
  const matches = projects.flatMap((project) => {
    const groups: (OfferedGroup | null)[] = groupsOf.get(project.id) ?? [null]
    const expected = expectedWait(responses.get(project.id))
    return groups.map((group) => {
      const location = locations.get(group?.locationId ?? '')
      const capacity = viewCapacity(group ?? NO_ROOM_TO_COUNT, counts.get(group?.id ?? '') ?? NOBODY, now)
      const offer = {
        ...offerOf(project, group),
        access: new Set([...(project.access ?? []), ...(location?.access ?? [])]),
        place: pointOf(location),
        placeKind: location?.kind ?? null,
      }
      return {
        project,
        group,
        capacity,
        projectId: project.id,
        groupId: group?.id ?? null,
        groupName: group?.name ?? project.name,
        fit: assess(facts, group ? [...project.rules, ...group.rules] : project.rules),
        isCrisis: project.isCrisis,
        free: capacity.free,
        isFull: capacity.isFull,
        waiting: capacity.waiting,
        expectedWait: expected,
        courseStartsOn: group?.courseStartsOn ?? null,
        costPence: project.costPence,
        costNote: project.costNote,
        languages: project.languages,
        assuredOn: project.assuredOn,
        times: group?.times ?? null,
        placeKind: offer.placeKind,
        ...compare(seeker, offer),
      }
    })
  })
  const ranking = { crisis: seeker.crisis, homeIsKnown: seeker.home !== null, today: londonDay(now) }
  return rank(matches, ranking).map((match) => ({ ...match, why: reasonsOf(match, seeker) }))
}

function offerOf(project: OfferedProject, group: OfferedGroup | null) {
  const { needs, interests, languages, status, costPence, assuredOn } = project
  return {
    needs,
    interests,
    languages,
    status,
    costPence,
    assuredOn,
    intake: group ? intakeOf(group) : null,
    times: group?.times ?? null,
    courseStartsOn: group?.courseStartsOn ?? null,
    courseEndsOn: group?.courseEndsOn ?? null,
  }
}
