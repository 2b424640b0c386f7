import { sql } from 'drizzle-orm'
import type { MailMode, Notice } from '../../domain/notices.ts'
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
    /** What people ring to reach it, as it is read out. */
    phone: text('phone'),
    /** How e-mail about single events reaches it: each as it happens, once a day together, or both. */
    mailMode: text<MailMode>('mail_mode').notNull().default('events'),
    /** Receives what no other service's patch or network claims. */
    isDefaultService: bool('is_default_service').notNull(),
    /** A navigation service's own limits, and whether it assigns by patch and load. */
    settings: json<ServiceSettings>('settings'),
    /** What the directory says of it. */
    description: text('description'),
    url: text('url'),
    charityNumber: text('charity_number'),
    /** The feed it was read from; only that feed may change it. None where it works with us. */
    feed: text('feed'),
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
    lastSignedInAt: instant('last_signed_in_at'),
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
    /** E-mails about their own work that they do not want; messages of safety are sent all the same. */
    mutedNotices: json<Notice[]>('muted_notices'),
    /** How the other e-mails reach them: each as it happens, once a day together, or both. */
    mailMode: text<MailMode>('mail_mode').notNull().default('events'),
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

/**
 * Ways in that were sent by e-mail: an invitation, or a new password. The token itself is in no column: it is made from the
 * nonce and a key when the e-mail is written, and known again by its digest.
 */
export const accessLinks = table(
  'access_links',
  {
    id: id('id').primaryKey(),
    kind: text<'invitation' | 'password'>('kind').notNull(),
    organisationId: id('organisation_id')
      .notNull()
      .references(() => organisations.id),
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** The role that an invitation gives; none where only a password is set. */
    role: text<Role>('role'),
    /** Whose password is set; of an invitation, who they became. */
    userId: id('user_id').references(() => users.id),
    invitedBy: id('invited_by')
      .notNull()
      .references(() => users.id),
    nonce: text('nonce').notNull(),
    digest: text('digest').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** Taken back, or another one was sent in its place. */
    cancelledAt: instant('cancelled_at'),
  },
  (t) => [
    uniqueIndex('access_links_digest').on(t.digest),
    index('access_links_organisation').on(t.organisationId, t.createdAt),
    // One open invitation of an address to an organisation: a double click invites once.
    uniqueIndex('access_links_open')
      .on(t.organisationId, t.email, t.kind)
      .where(sql`used_at is null and cancelled_at is null`),
  ],
)
