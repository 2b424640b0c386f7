import { count, eq, isNull, sql } from 'drizzle-orm'
import { type Db, prepared } from './database.ts'
import { type Countable, countMore, countsIn, type GroupCounts } from './groups.ts'
import { countedStatuses, groups, locations, organisations, placements, postcodes, projects } from './schema.ts'

// What the whole directory is ranked by for one person: a few queries, however many projects there are, and only the
// columns that the ranking and its reasons use. Their order does not matter: the ranking gives it.

const offered = prepared('matching.projects', (db) =>
  db
    .select({
      id: projects.id,
      slug: projects.slug,
      name: projects.name,
      providerName: organisations.name,
      needs: projects.needs,
      rules: projects.rules,
      isCrisis: projects.isCrisis,
      isOpenAccess: projects.isOpenAccess,
      status: projects.status,
      contactPhone: projects.contactPhone,
      costPence: projects.costPence,
      costNote: projects.costNote,
      languages: projects.languages,
      access: projects.access,
      interests: projects.interests,
      alert: projects.alert,
      feed: projects.feed,
      assuredOn: projects.assuredOn,
    })
    .from(projects)
    .innerJoin(organisations, eq(organisations.id, projects.providerOrganisationId))
    .where(eq(projects.isListed, true)),
)
export type OfferedProject = Awaited<ReturnType<typeof offered>>[number]

const running = prepared('matching.groups', (db) =>
  db
    .select({
      id: groups.id,
      projectId: groups.projectId,
      name: groups.name,
      schedule: groups.schedule,
      venue: groups.venue,
      rules: groups.rules,
      capacityKind: groups.capacityKind,
      places: groups.places,
      capacityConfirmedAt: groups.capacityConfirmedAt,
      intakePaused: groups.intakePaused,
      intakeReopensOn: groups.intakeReopensOn,
      intakeFrom: groups.intakeFrom,
      intakeUntil: groups.intakeUntil,
      weeklyQuota: groups.weeklyQuota,
      courseStartsOn: groups.courseStartsOn,
      courseEndsOn: groups.courseEndsOn,
      times: groups.times,
      locationId: groups.locationId,
    })
    .from(groups)
    .where(isNull(groups.cancelledAt)),
)
export type OfferedGroup = Awaited<ReturnType<typeof running>>[number]

const places = prepared('matching.locations', (db) =>
  db
    .select({
      id: locations.id,
      kind: locations.kind,
      latitude: locations.latitude,
      longitude: locations.longitude,
      access: locations.access,
    })
    .from(locations),
)

export type OfferedLocation = Awaited<ReturnType<typeof places>>[number]

/** The directory as it stands: every listed project with its groups and places. */
export async function readOffers(db: Db) {
  const [projectRows, groupRows, locationRows] = [await offered(db), await running(db), await places(db)]
  const groupsOf = new Map<string, OfferedGroup[]>()
  for (const group of groupRows) {
    const own = groupsOf.get(group.projectId)
    if (own) own.push(group)
    else groupsOf.set(group.projectId, [group])
  }
  return {
    projects: projectRows,
    groupsOf,
    locations: new Map(locationRows.map((row) => [row.id, row])),
  }
}

const placesTaken = prepared('matching.counts', (db) =>
  db
    .select({ groupId: placements.groupId, status: placements.status, people: count() })
    .from(placements)
    .where(sql`${placements.status} in (${countedStatuses})`)
    .groupBy(placements.status, placements.groupId),
)

/** Who has a place, holds one or waits, in every group there is. Counted at each asking: every move changes it. */
export async function countOffered(
  db: Db,
  offeredGroups: readonly Countable[],
  now: Date,
): Promise<ReadonlyMap<string, GroupCounts>> {
  const counts = countsIn(await placesTaken(db))
  await countMore(db, counts, offeredGroups, now)
  return counts
}

const pointOfPostcode = prepared('matching.home', (db) =>
  db
    .select({ latitude: postcodes.latitude, longitude: postcodes.longitude })
    .from(postcodes)
    .where(eq(postcodes.postcode, sql.placeholder('postcode'))),
)

/** Where a postcode lies; undefined where it is not known, or no geography was loaded. */
export async function findHome(db: Db, postcode: string | null) {
  if (postcode === null) return undefined
  const [row] = await pointOfPostcode(db, { postcode })
  return row
}
