import type { Context } from '../actions/context.ts'
import { addDays, addWeeks, type Day, londonDay, weekday } from '../domain/day.ts'
import type { Actor } from '../domain/organisation.ts'
import type { Db } from '../store/database.ts'
import { indexProject } from '../store/directory-index.ts'
import { groups, locations, memberships, organisations, projects, users, volunteers } from '../store/schema.ts'
import { ORGANISATIONS } from './organisations.ts'
import { placeCalled } from './places.ts'
import { PROJECTS } from './projects.ts'
import type { Meeting } from './sessions.ts'
import type { DemoCourse, DemoGroup, DemoProject } from './shape.ts'
import { timesOf } from './times.ts'
import { emailOf, USERS } from './users.ts'
import { volunteersOf } from './volunteers.ts'

/** A group as the stories need it: which project's, who answers for it, when it meets. */
export interface KnownGroup extends Meeting {
  id: string
  projectId: string
  /** Its short name. */
  project: string
  provider: string
  isUnconfirmed: boolean
}

/** What stands once the directory is written: everybody who can act, and every group. */
export interface Directory {
  actors: Actor[]
  groups: Map<string, KnownGroup>
  odsCodes: Map<string, string>
}

type Rows<T extends { $inferInsert: object }> = T['$inferInsert'][]

interface DirectoryRows {
  organisations: Rows<typeof organisations>
  users: Rows<typeof users>
  memberships: Rows<typeof memberships>
  locations: Rows<typeof locations>
  projects: Rows<typeof projects>
  groups: Rows<typeof groups>
  volunteers: Rows<typeof volunteers>
}

function courseDays({ weekday: on, startsInWeeks, weeks }: DemoCourse, asOf: Day): { startsOn: Day; endsOn: Day } {
  const monday = addDays(asOf, 1 - weekday(asOf))
  const startsOn = addDays(addWeeks(monday, startsInWeeks), on - 1)
  return { startsOn, endsOn: addWeeks(startsOn, weeks - 1) }
}

interface GroupIds {
  id: string
  projectId: string
  provider: string
  locationId: string | null
}

function groupRow(group: DemoGroup, ids: GroupIds, now: Date, asOf: Day) {
  const course = group.course && courseDays(group.course, asOf)
  return {
    id: ids.id,
    version: 1,
    projectId: ids.projectId,
    providerOrganisationId: ids.provider,
    name: group.name,
    schedule: group.schedule,
    venue: group.venue,
    rules: group.rules ?? [],
    capacityKind: group.capacity.kind,
    places: group.capacity.kind === 'open' ? null : group.capacity.places,
    capacityConfirmedAt: now,
    intakePaused: group.paused !== undefined,
    intakeReopensOn: typeof group.paused === 'number' ? addDays(asOf, group.paused) : null,
    courseStartsOn: course?.startsOn ?? null,
    courseEndsOn: course?.endsOn ?? null,
    times: timesOf(group.schedule, asOf, course) ?? null,
    locationId: ids.locationId,
  }
}

/** Each provider keeps the places where it meets, each once. */
function placesKept(context: Context, rows: DirectoryRows) {
  const known = new Map<string, string>()
  return (venue: string, organisationId: string): string | null => {
    const place = placeCalled(venue)
    if (!place) return null
    const key = `${organisationId} ${place.venues[0]}`
    const id = known.get(key) ?? context.newId()
    if (!known.has(key)) {
      const { kind, name, addressLines, postcode = null, wardCode = null, access, accessNote = null } = place
      const city = kind === 'physical' ? 'Southampton' : null
      const where = { kind, name, addressLines, city, postcode, wardCode, access, accessNote }
      rows.locations.push({ id, version: 1, organisationId, ...where })
    }
    known.set(key, id)
    return id
  }
}

function projectRow(project: DemoProject, id: string, provider: string, now: Date, asOf: Day) {
  const { greeter, howToRefer, languages, access, interests, contact, cost, checkedDaysAgo } = project
  return {
    ...{ greeter, howToRefer, languages, access, interests },
    id,
    slug: project.slug,
    providerOrganisationId: provider,
    name: project.name,
    summary: project.summary,
    firstVisit: project.firstVisit,
    needs: project.needs,
    rules: project.rules,
    isCrisis: project.isCrisis ?? false,
    isListed: true,
    isOpenAccess: project.isOpenAccess ?? false,
    url: `https://${project.provider}.example/${project.slug}`,
    contactName: contact.name ?? null,
    contactPhone: contact.phone,
    contactEmail: `hello@${project.provider}.example`,
    costPence: cost.pence,
    costNote: cost.note ?? null,
    assuredOn: checkedDaysAgo === 'never' ? null : addDays(asOf, -checkedDaysAgo),
    changedAt: now,
  }
}

/** Makes every row beforehand, so that the write that puts them in may run more than once. */
function prepareRows(context: Context, passwordHash: string, asOf: Day): { rows: DirectoryRows; directory: Directory } {
  const now = context.now()
  const rows: DirectoryRows = {
    organisations: [],
    users: [],
    memberships: [],
    locations: [],
    projects: [],
    groups: [],
    volunteers: [],
  }
  const directory: Directory = { actors: [], groups: new Map(), odsCodes: new Map() }
  const idOf = new Map(ORGANISATIONS.map(({ slug }) => [slug, context.newId()]))
  const bySlug = new Map(ORGANISATIONS.map((organisation) => [organisation.slug, organisation]))
  const requireId = (slug: string) => {
    const id = idOf.get(slug)
    if (!id) throw new Error(`The demonstration has no organisation ${slug}.`)
    return id
  }
  for (const { slug, name, kind, odsCode, isDefaultService = false, description, phone } of ORGANISATIONS) {
    const email = `post@${slug}.example`
    rows.organisations.push({
      id: requireId(slug),
      slug,
      name,
      kind,
      odsCode: odsCode ?? null,
      email,
      isDefaultService,
      description: description ?? null,
      phone: phone ?? null,
      url: kind === 'provider' ? `https://${slug}.example/` : null,
    })
    if (odsCode) directory.odsCodes.set(slug, odsCode)
  }
  for (const user of USERS) {
    const id = context.newId()
    rows.users.push({ id, email: emailOf(user), name: user.name, passwordHash, createdAt: now })
    for (const { organisation: slug, role } of user.memberships) {
      const organisationId = requireId(slug)
      const { name = slug, kind = 'provider' } = bySlug.get(slug) ?? {}
      rows.memberships.push({ id: context.newId(), userId: id, organisationId, role, createdAt: now })
      const organisation = { organisationId, organisation: slug, organisationName: name, organisationKind: kind }
      directory.actors.push({ userId: id, name: user.name, role, ...organisation })
    }
  }
  const placeFor = placesKept(context, rows)
  for (const project of PROJECTS) {
    const provider = requireId(project.provider)
    const projectId = context.newId()
    rows.projects.push(projectRow(project, projectId, provider, now, asOf))
    for (const group of project.groups) {
      const locationId = placeFor(group.venue, provider)
      const row = groupRow(group, { id: context.newId(), projectId, provider, locationId }, now, asOf)
      rows.groups.push(row)
      if (group.hasVolunteers) rows.volunteers.push(...volunteersOf(row, rows.volunteers.length, context))
      directory.groups.set(row.id, {
        id: row.id,
        projectId,
        project: project.slug,
        provider: project.provider,
        schedule: row.schedule,
        courseStartsOn: row.courseStartsOn,
        isUnconfirmed: group.isUnconfirmed ?? false,
      })
    }
  }
  return { rows, directory }
}

async function insertRows(tx: Db, rows: DirectoryRows, now: Date): Promise<void> {
  await tx.insert(organisations).values(rows.organisations)
  await tx.insert(users).values(rows.users)
  await tx.insert(memberships).values(rows.memberships)
  await tx.insert(locations).values(rows.locations)
  await tx.insert(projects).values(rows.projects)
  await tx.insert(groups).values(rows.groups)
  await tx.insert(volunteers).values(rows.volunteers)
  await indexProject(tx, now, ...rows.projects.map(({ id }) => id))
}

/** Writes organisations, people who sign in, projects and groups, all or nothing. */
export async function writeDirectory(context: Context, passwordHash: string, asOf = londonDay(context.now())) {
  const { rows, directory } = prepareRows(context, passwordHash, asOf)
  await context.db.write((tx) => insertRows(tx, rows, context.now()))
  return directory
}
