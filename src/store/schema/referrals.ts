import { sql } from 'drizzle-orm'
import type { Basis } from '../../domain/consent.ts'
import type { ContactChannel, ContactOutcome } from '../../domain/contact.ts'
import type { RouteKind } from '../../domain/eligibility.ts'
import type { GoalResult } from '../../domain/goal.ts'
import type { NextAction, NextStep } from '../../domain/next-action.ts'
import { OPEN_REFERRAL, type ReferralStatus } from '../../domain/referral-moves.ts'
import type { OnBehalfOf, Priority, RiskKind } from '../../domain/referral-request.ts'
import type { SignpostAnswer } from '../../domain/signpost.ts'
import type { UnmetReason } from '../../domain/unmet-need.ts'
import { bool, check, day, id, index, instant, int, json, table, text, uniqueIndex } from '../columns.ts'
import { organisations, users } from './access.ts'
import { nextActionCheck } from './next-action.ts'
import { people } from './people.ts'

const openStatuses = sql.raw(OPEN_REFERRAL.map((status) => `'${status}'`).join(', '))

export const referrals = table(
  'referrals',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    reference: text('reference').notNull(),
    personId: id('person_id')
      .notNull()
      .references(() => people.id),
    status: text<ReferralStatus>('status').notNull(),
    priority: text<Priority>('priority').notNull(),
    /** Who referred first: an organisation of this kind, or the person. */
    origin: text<RouteKind>('origin').notNull(),
    referringOrganisationId: id('referring_organisation_id').references(() => organisations.id),
    referredBy: id('referred_by').references(() => users.id),
    receivingOrganisationId: id('receiving_organisation_id')
      .notNull()
      .references(() => organisations.id),
    navigatorId: id('navigator_id').references(() => users.id),
    reason: text('reason').notNull(),
    whatMattersToMe: text('what_matters_to_me'),
    needs: json<string[]>('needs').notNull(),
    strengths: json<string[]>('strengths').notNull(),
    /** Whether projects may know who the person is: agreed with the navigator, or another footing with its reason. */
    projectBasis: text<Basis>('project_basis'),
    projectBasisReason: text('project_basis_reason'),
    receivedAt: instant('received_at').notNull(),
    contactedAt: instant('contacted_at'),
    closedAt: instant('closed_at'),
    closingReason: text('closing_reason'),
    closingSummary: text('closing_summary'),
    duplicateOf: id('duplicate_of'),
    /** Where a question, a pause or a redirection returns to: the state, the step owed there, and what was left of its clock. */
    beforeStatus: text<ReferralStatus>('before_status'),
    beforeStep: text<NextStep>('before_step'),
    beforeDaysLeft: int('before_days_left'),
    /** The day agreed with the person while it is on hold. */
    restartsOn: day('restarts_on'),
    /** The team it was redirected to: its name, and the organisation where it works with this service. */
    redirectedTo: text('redirected_to'),
    redirectedToOrganisationId: id('redirected_to_organisation_id').references(() => organisations.id),
    /** Came straight to a project: until a navigator has it, the project's next action is the referral's. */
    isDirect: bool('is_direct').notNull().default(false),
    /** Who asked for somebody else, where the person did not do it themselves. */
    onBehalfOf: json<OnBehalfOf>('on_behalf_of'),
    /** The project the referrer had in mind, where the person did not agree to go straight to it. */
    wantedProjectId: id('wanted_project_id'),
    nextOwnerKind: text<NextAction['ownerKind']>('next_owner_kind'),
    nextOwnerId: id('next_owner_id'),
    nextStep: text<NextStep>('next_step'),
    nextDueOn: day('next_due_on'),
    /** When the owner was reminded of this next action; empty again with the next one. */
    remindedAt: instant('reminded_at'),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    uniqueIndex('referrals_reference').on(t.reference),
    index('referrals_receiving').on(t.receivingOrganisationId, t.status, t.receivedAt, t.id),
    index('referrals_receiving_received').on(t.receivingOrganisationId, t.receivedAt, t.id),
    // Only what is open has a due day. With the columns that a board counts by: it is drawn from the index alone.
    index('referrals_receiving_open')
      .on(t.receivingOrganisationId, t.nextDueOn, t.id, t.status, t.navigatorId, t.priority, t.receivedAt)
      .where(sql`next_due_on is not null`),
    index('referrals_referring').on(t.referringOrganisationId, t.changedAt, t.id),
    // With the state, by which a practice counts what came of a year.
    index('referrals_referring_received').on(t.referringOrganisationId, t.receivedAt, t.id, t.status),
    // What nearly every new row leaves empty costs it nothing in a partial index.
    index('referrals_navigator').on(t.navigatorId, t.status).where(sql`navigator_id is not null`),
    index('referrals_navigator_received').on(t.navigatorId, t.receivedAt, t.id).where(sql`navigator_id is not null`),
    index('referrals_person').on(t.personId),
    index('referrals_redirected')
      .on(t.redirectedToOrganisationId, t.receivedAt, t.id)
      .where(sql`redirected_to_organisation_id is not null`),
    index('referrals_status_due').on(t.status, t.nextDueOn, t.id),
    check('referrals_next_action', nextActionCheck(t.status, openStatuses)),
  ],
)

/** What the person wants, in their own words. */
export const goals = table(
  'goals',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    text: text('text').notNull(),
    importance: int('importance').notNull(),
    result: text<GoalResult['result']>('result'),
  },
  (t) => [index('goals_referral').on(t.referralId)],
)

/** Kept apart from the referral, because reading the detail is itself recorded. */
export const risks = table(
  'risks',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    kind: text<RiskKind>('kind').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [index('risks_referral').on(t.referralId)],
)

export const contacts = table(
  'contacts',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    outcome: text<ContactOutcome>('outcome').notNull(),
    channel: text<ContactChannel>('channel').notNull(),
    note: text('note'),
    /** Set where a project tried, for its placement; the navigator's own tries have none. */
    placementId: id('placement_id'),
    madeBy: id('made_by')
      .notNull()
      .references(() => users.id),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [index('contacts_referral').on(t.referralId, t.madeAt)],
)

/** A question that stands in the way, and its answer: about a referral, or about one of its placements. */
export const questions = table(
  'questions',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    placementId: id('placement_id'),
    text: text('text').notNull(),
    /** None where it came by a signed link: the event says which. */
    askedBy: id('asked_by').references(() => users.id),
    askedAt: instant('asked_at').notNull(),
    answer: text('answer'),
    answeredBy: id('answered_by').references(() => users.id),
    answeredAt: instant('answered_at'),
  },
  (t) => [index('questions_referral').on(t.referralId, t.askedAt)],
)

/** Open offers the person was pointed to: no gatekeeper, counted apart from placements. */
export const signposts = table(
  'signposts',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    projectId: id('project_id'),
    text: text('text').notNull(),
    madeBy: id('made_by')
      .notNull()
      .references(() => users.id),
    madeAt: instant('made_at').notNull(),
    /** When to ask "did you go?"; none where nobody is to be asked, or the answer is known. */
    askOn: day('ask_on'),
    answer: text<SignpostAnswer>('answer'),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    index('signposts_referral').on(t.referralId, t.madeAt),
    index('signposts_ask_on').on(t.askOn).where(sql`ask_on is not null`),
  ],
)

/** Needs that nothing could be found for: what commissioners must see. One row for each need. */
export const unmetNeeds = table(
  'unmet_needs',
  {
    id: id('id').primaryKey(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    /** The placement whose refusal told of it; none where a navigator recorded it. */
    placementId: id('placement_id'),
    projectId: id('project_id'),
    need: text('need').notNull(),
    why: text<UnmetReason>('why').notNull(),
    note: text('note'),
    /** Where the person lived then, for counting only. */
    wardCode: text('ward_code'),
    recordedBy: id('recorded_by').references(() => users.id),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [
    index('unmet_needs_referral').on(t.referralId),
    index('unmet_needs_recorded').on(t.recordedAt),
    index('unmet_needs_placement').on(t.placementId).where(sql`placement_id is not null`),
  ],
)

/**
 * A self-referral while it is answered, kept for the device that holds its secret: the id is a digest of that. What was
 * sent leaves only its receipt here, so that sending it again shows the same.
 */
export const selfDrafts = table(
  'self_drafts',
  {
    id: text('id').primaryKey(),
    answers: json<Record<string, string | string[]>>('answers').notNull(),
    /** The questions that were answered; an empty answer may be one. */
    answered: json<string[]>('answered').notNull(),
    receipt: json<{ reference: string; dueOn: string | null; project?: string | undefined; isStraight?: boolean }>(
      'receipt',
    ),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('self_drafts_expires').on(t.expiresAt)],
)

/** A referral while it is typed. No foreign keys into the record: a draft is not a referral, and is erased when old. */
export const drafts = table(
  'drafts',
  {
    id: id('id').primaryKey(),
    userId: id('user_id').notNull(),
    organisationId: id('organisation_id').notNull(),
    content: json<Record<string, unknown>>('content').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('drafts_user').on(t.userId, t.organisationId), index('drafts_expires').on(t.expiresAt)],
)
