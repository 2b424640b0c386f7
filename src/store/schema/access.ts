import type { OrganisationKind, Role } from '../../domain/organisation.ts'
import type { ServiceSettings } from '../../domain/service-settings.ts'
import { bool, day, id, index, instant, json, table, text, uniqueIndex } from '../columns.ts'

export const organisations = table(
  'organisations',
  {
    id: id('id').primaryKey(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    kind: text<OrganisationKind>('kind').notNull(),
    odsCode: text('ods_code'),
    /** The shared address that notices for the organisation go to. */
    email: text('email'),
    /** Receives what no other service's patch or network claims. */
    isDefaultService: bool('is_default_service').notNull(),
    /** A navigation service's own limits, and whether it assigns by patch and load. */
    settings: json<ServiceSettings>('settings'),
  },
  (t) => [uniqueIndex('organisations_slug').on(t.slug), index('organisations_ods_code').on(t.odsCode)],
)

/** What a navigation service looks after: the practices of its network, and the wards of its patch. */
export const serviceAreas = table(
  'service_areas',
  {
    id: id('id').primaryKey(),
    organisationId: id('organisation_id')
      .notNull()
      .references(() => organisations.id),
    kind: text<'practice' | 'ward'>('kind').notNull(),
    /** An ODS code, or a ward code. */
    code: text('code').notNull(),
  },
  (t) => [uniqueIndex('service_areas_code').on(t.kind, t.code)],
)

export const users = table(
  'users',
  {
    id: id('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash').notNull(),
    suspendedAt: instant('suspended_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
)

export const memberships = table(
  'memberships',
  {
    id: id('id').primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id),
    organisationId: id('organisation_id')
      .notNull()
      .references(() => organisations.id),
    role: text<Role>('role').notNull(),
    suspendedAt: instant('suspended_at'),
    /** Away on these days, both included: open work goes to the lead's queue. */
    leaveFrom: day('leave_from'),
    leaveUntil: day('leave_until'),
    /** The wards a navigator looks after; none where the service does not divide them. */
    wards: json<string[]>('wards'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('memberships_user_organisation').on(t.userId, t.organisationId),
    index('memberships_organisation_role').on(t.organisationId, t.role),
  ],
)

/** Sign-in sessions: a token is worth nothing without its row here. */
export const sessions = table(
  'sessions',
  {
    id: id('id').primaryKey(),
    userId: id('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
)
