import { freeShown } from '../../domain/capacity.ts'
import { type Day, londonDay } from '../../domain/day.ts'
import { isIntakeOpen } from '../../domain/intake.ts'
import type { ListedCapacity, ListedGroup, ListedLocation, Listing } from '../../domain/listing.ts'
import { capacityOf, type GroupCounts, type GroupRow, intakeOf } from '../../store/groups.ts'
import type { LocationRow } from '../../store/listings.ts'
import type { OrganisationRow } from '../../store/organisations.ts'
import type { ProjectRow } from '../../store/projects.ts'

export function viewListing(project: ProjectRow, organisation: OrganisationRow, groups: ListedGroup[]): Listing {
  return {
    id: project.id,
    name: project.name,
    summary: project.summary,
    status: project.status,
    firstVisit: project.firstVisit,
    howToRefer: project.howToRefer,
    url: project.url,
    contactName: project.contactName,
    contactPhone: project.contactPhone,
    contactEmail: project.contactEmail,
    costPence: project.costPence,
    costNote: project.costNote,
    needs: project.needs,
    rules: project.rules,
    languages: project.languages ?? [],
    access: project.access ?? [],
    interests: project.interests ?? [],
    alert: project.alert,
    assuredOn: project.assuredOn,
    changedAt: project.changedAt,
    organisation: {
      id: organisation.id,
      name: organisation.name,
      description: organisation.description,
      url: organisation.url,
      charityNumber: organisation.charityNumber,
    },
    groups,
  }
}

export function viewListedGroup(
  group: GroupRow,
  location: LocationRow | undefined,
  counts: GroupCounts,
  now: Date,
): ListedGroup {
  return {
    id: group.id,
    name: group.name,
    schedule: group.schedule,
    venue: group.venue,
    rules: group.rules,
    times: group.times ?? [],
    courseStartsOn: group.courseStartsOn,
    courseEndsOn: group.courseEndsOn,
    location: location ? viewLocation(location) : null,
    capacity: viewListedCapacity(group, counts, now),
  }
}

function viewLocation(location: LocationRow): ListedLocation {
  const { id, kind, name, addressLines, city, postcode, latitude, longitude, access, accessNote } = location
  return { id, kind, name, addressLines, city, postcode, latitude, longitude, access, accessNote }
}

/** Null where the group is open, and where nobody has confirmed its places lately. */
function viewListedCapacity(group: GroupRow, counts: GroupCounts, now: Date): ListedCapacity | null {
  const available = freeShown(capacityOf(group, counts), now)
  if (available === null || group.places === null || !group.capacityConfirmedAt) return null
  const today: Day = londonDay(now)
  return {
    kind: group.capacityKind,
    available,
    maximum: group.places,
    confirmedAt: group.capacityConfirmedAt,
    isTakingPeople: isIntakeOpen(intakeOf(group, counts), today),
  }
}
