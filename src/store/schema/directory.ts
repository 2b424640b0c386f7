import { sql } from 'drizzle-orm'
import type { CapacityKind } from '../../domain/capacity.ts'
import type {
  AccessCode,
  ImportDeed,
  ImportStatus,
  LocationKind,
  ProjectStatus,
  SessionTime,
} from '../../domain/directory.ts'
import type { EligibilityRule } from '../../domain/eligibility.ts'
import { bool, check, day, id, index, instant, int, json, real, table, text, uniqueIndex } from '../columns.ts'
import { organisations, users } from './access.ts'

export const projects = table(
  'projects',
  {
    id: id('id').primaryKey(),
    slug: text('slug').notNull(),
    providerOrganisationId: id('provider_organisation_id')
      .notNull()
      .references(() => organisations.id),
    name: text('name').notNull(),
    summary: text('summary').notNull(),
    firstVisit: text('first_visit'),
    needs: json<string[]>('needs').notNull(),
    rules: json<EligibilityRule[]>('rules').notNull(),
    /** Crisis and bereavement offers stand first when risk is disclosed, and are never wait-listed. */
    isCrisis: bool('is_crisis').notNull(),
    isListed: bool('is_listed').notNull(),
    version: int('version').notNull().default(1),
    status: text<ProjectStatus>('status').notNull().default('active'),
    /** Open to all who come, with no gatekeeping: people are pointed to it, and not referred. */
    isOpenAccess: bool('is_open_access').notNull().default(false),
    /** Who meets you at the door. */
    greeter: text('greeter'),
    howToRefer: text('how_to_refer'),
    url: text('url'),
    contactName: text('contact_name'),
    contactPhone: text('contact_phone'),
    contactEmail: text('contact_email'),
    /** What a session costs, in pence: 0 is free, none is not known. */
    costPence: int('cost_pence'),
    costNote: text('cost_note'),
    /** Languages it is given in, as BCP 47 codes. */
    languages: json<string[]>('languages'),
    access: json<AccessCode[]>('access'),
    /** What people enjoy there, in plain words: for matching strengths and interests. */
    interests: json<string[]>('interests'),
    /** Something that everybody must know now: "Closed for repairs until May". */
    alert: text('alert'),
    /** The day on which the provider last said that the entry is right, or accepted somebody; who said it, if a user did. */
    assuredOn: day('assured_on'),
    assuredBy: id('assured_by').references(() => users.id),
    /** The day on which the provider was last asked whether it still is. */
    chasedOn: day('chased_on'),
    /** The feed it was read from; only that feed may change it. None where the provider keeps it here. */
    feed: text('feed'),
    changedAt: instant('changed_at'),
  },
  (t) => [
    uniqueIndex('projects_slug').on(t.slug),
    index('projects_provider').on(t.providerOrganisationId),
    index('projects_feed').on(t.feed).where(sql`feed is not null`),
  ],
)

/** Where projects meet. Imported and typed places alike; the ward comes from the postcode. */
export const locations = table(
  'locations',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    /** Who keeps it right. */
    organisationId: id('organisation_id')
      .notNull()
      .references(() => organisations.id),
    kind: text<LocationKind>('kind').notNull(),
    name: text('name').notNull(),
    addressLines: json<string[]>('address_lines').notNull(),
    city: text('city'),
    postcode: text('postcode'),
    /** WGS84, in degrees. */
    latitude: real('latitude'),
    longitude: real('longitude'),
    wardCode: text('ward_code'),
    access: json<AccessCode[]>('access').notNull(),
    accessNote: text('access_note'),
    feed: text('feed'),
  },
  (t) => [index('locations_organisation').on(t.organisationId), index('locations_postcode').on(t.postcode)],
)

/** How a project answers, from its own events: kept by a job, and shown from ten answers on. */
export const projectResponses = table('project_responses', {
  projectId: id('project_id')
    .primaryKey()
    .references(() => projects.id),
  answered: int('answered').notNull(),
  accepted: int('accepted').notNull(),
  /** From sent to the first answer, in working days; the median. */
  replyDays: int('reply_days'),
  /** From sent to the first session, in days: the range that holds the middle half, and how many people it tells of. */
  waitLowDays: int('wait_low_days'),
  waitHighDays: int('wait_high_days'),
  waited: int('waited').notNull(),
  countedAt: instant('counted_at').notNull(),
})

/**
 * From joining to the first session, in days, by the group's own history of the last year; people who still wait count as
 * not started yet. Kept by a job, and shown from ten starts on.
 */
export const groupForecasts = table('group_forecasts', {
  groupId: id('group_id')
    .primaryKey()
    .references(() => groups.id),
  starts: int('starts').notNull(),
  /** Who still waits, or left without a start. */
  open: int('open').notNull(),
  lowDays: int('low_days'),
  highDays: int('high_days'),
  countedAt: instant('counted_at').notNull(),
})

/** One reading of a directory feed or file. */
export const directoryImports = table(
  'directory_imports',
  {
    id: id('id').primaryKey(),
    /** The address, or the name of the file with the beginning of its digest. */
    source: text('source').notNull(),
    status: text<ImportStatus>('status').notNull(),
    /** The page to go on with after a stop. */
    nextPage: int('next_page').notNull(),
    created: int('created').notNull(),
    updated: int('updated').notNull(),
    unchanged: int('unchanged').notNull(),
    leftOut: int('left_out').notNull(),
    failure: text('failure'),
    startedBy: id('started_by').references(() => users.id),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [index('directory_imports_started').on(t.startedAt)],
)

/** What one reading did with each entry, and why. */
export const directoryImportLines = table(
  'directory_import_lines',
  {
    id: id('id').primaryKey(),
    importId: id('import_id')
      .notNull()
      .references(() => directoryImports.id),
    did: text<ImportDeed>('did').notNull(),
    /** What the feed calls it, and its name. */
    entry: text('entry').notNull(),
    name: text('name'),
    detail: text('detail'),
  },
  (t) => [index('directory_import_lines_import').on(t.importId, t.id)],
)

export const groups = table(
  'groups',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    projectId: id('project_id')
      .notNull()
      .references(() => projects.id),
    providerOrganisationId: id('provider_organisation_id')
      .notNull()
      .references(() => organisations.id),
    name: text('name').notNull(),
    schedule: text('schedule').notNull(),
    venue: text('venue').notNull(),
    /** Rules of this group on top of the project's. */
    rules: json<EligibilityRule[]>('rules').notNull(),
    capacityKind: text<CapacityKind>('capacity_kind').notNull(),
    places: int('places'),
    capacityConfirmedAt: instant('capacity_confirmed_at'),
    intakePaused: bool('intake_paused').notNull(),
    intakeReopensOn: day('intake_reopens_on'),
    courseStartsOn: day('course_starts_on'),
    courseEndsOn: day('course_ends_on'),
    cancelledAt: instant('cancelled_at'),
    /** When it meets, where the provider has said it as data; `schedule` says it in words. */
    times: json<SessionTime[]>('times'),
    locationId: id('location_id').references(() => locations.id),
    /** New people a week, at most: a group grows at the pace its volunteers can welcome people. */
    weeklyQuota: int('weekly_quota'),
    /** A course takes people only between these days, both included. */
    intakeFrom: day('intake_from'),
    intakeUntil: day('intake_until'),
    /** When the provider was last asked whether its places are right, and to take a register. */
    placesAskedOn: day('places_asked_on'),
    registerAskedOn: day('register_asked_on'),
  },
  (t) => [
    index('groups_project').on(t.projectId),
    index('groups_provider').on(t.providerOrganisationId),
    check('groups_places', sql`(${t.capacityKind} = 'open') = (${t.places} is null)`),
    check('groups_places_range', sql`${t.places} >= 0`),
  ],
)

/** Who stands behind a place of a one-to-one group: one volunteer, one place. */
export const volunteers = table(
  'volunteers',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    groupId: id('group_id')
      .notNull()
      .references(() => groups.id),
    /** As the project calls them; no more is needed to match somebody. */
    name: text('name').notNull(),
    /** Wards they go to, none for everywhere; and languages they speak, as BCP 47 codes. */
    wards: json<string[]>('wards').notNull(),
    languages: json<string[]>('languages').notNull(),
    /** When they are free, in the project's words: "Tuesday afternoons". */
    availability: text('availability').notNull(),
    /** Away until the day before this one. */
    availableFrom: day('available_from'),
    endedAt: instant('ended_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('volunteers_group').on(t.groupId)],
)
