import { sql } from 'drizzle-orm'
import type { CapacityKind } from '../../domain/capacity.ts'
import type { EligibilityRule } from '../../domain/eligibility.ts'
import { bool, check, day, id, index, instant, int, json, table, text, uniqueIndex } from '../columns.ts'
import { organisations } from './access.ts'

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
  },
  (t) => [uniqueIndex('projects_slug').on(t.slug), index('projects_provider').on(t.providerOrganisationId)],
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
  },
  (t) => [
    index('groups_project').on(t.projectId),
    index('groups_provider').on(t.providerOrganisationId),
    check('groups_places', sql`(${t.capacityKind} = 'open') = (${t.places} is null)`),
    check('groups_places_range', sql`${t.places} >= 0`),
  ],
)
