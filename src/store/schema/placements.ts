import { sql } from 'drizzle-orm'
import type { NextAction, NextStep } from '../../domain/next-action.ts'
import { HOLDING_A_PLACE, OPEN_PLACEMENT, type PlacementStatus, TAKING_A_PLACE } from '../../domain/placement-moves.ts'
import type { Fit } from '../../domain/placement-reasons.ts'
import type { Priority } from '../../domain/referral-request.ts'
import { bool, check, day, id, index, instant, int, table, text, uniqueIndex } from '../columns.ts'
import { organisations, users } from './access.ts'
import { groups, projects, volunteers } from './directory.ts'
import { nextActionCheck } from './next-action.ts'
import { referrals } from './referrals.ts'

const inWords = (statuses: readonly PlacementStatus[]) => sql.raw(statuses.map((status) => `'${status}'`).join(', '))

const openStatuses = inWords(OPEN_PLACEMENT)

/** Who counts in a group: has a place, holds one, or waits. In words, as in the index, or SQLite does not use it. */
export const countedStatuses = inWords([...TAKING_A_PLACE, ...HOLDING_A_PLACE, 'waitlisted'])

export const placements = table(
  'placements',
  {
    id: id('id').primaryKey(),
    version: int('version').notNull(),
    referralId: id('referral_id')
      .notNull()
      .references(() => referrals.id),
    groupId: id('group_id')
      .notNull()
      .references(() => groups.id),
    projectId: id('project_id')
      .notNull()
      .references(() => projects.id),
    // The parties stand on the row itself, so that the scope of a list is one indexed column.
    providerOrganisationId: id('provider_organisation_id')
      .notNull()
      .references(() => organisations.id),
    receivingOrganisationId: id('receiving_organisation_id')
      .notNull()
      .references(() => organisations.id),
    status: text<PlacementStatus>('status').notNull(),
    /** The last decline, withdrawal or end, in its coded reason; the rule with `not_eligible`. */
    reason: text('reason'),
    declinedRule: text('declined_rule'),
    note: text('note'),
    /** Why the person was sent although a rule did not fit; the provider reads it. */
    overrideReason: text('override_reason'),
    sentAt: instant('sent_at').notNull(),
    acceptedAt: instant('accepted_at'),
    bookedFor: instant('booked_for'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    waitingSince: instant('waiting_since'),
    missedInARow: int('missed_in_a_row').notNull(),
    /** The provider's own time: working days used up in earlier turns, and the day its present turn counts from. */
    providerDaysUsed: int('provider_days_used').notNull().default(0),
    providerClockFrom: day('provider_clock_from'),
    /** The day on which a paused place in the queue is taken up again; unset where the referral's hold decides it. */
    restartsOn: day('restarts_on'),
    pausedByHold: bool('paused_by_hold').notNull().default(false),
    /** The better project that the provider named. */
    redirectedToProjectId: id('redirected_to_project_id'),
    /** Which of the group's sessions it is for, where places are counted for each. */
    sessionTimeId: text('session_time_id'),
    /** Whose place it is, in a one-to-one group. */
    volunteerId: id('volunteer_id').references(() => volunteers.id),
    /** Somebody put further forward in the queue than the referral's own priority, and why. */
    queuePriority: text<Priority>('queue_priority'),
    queueReason: text('queue_reason'),
    /** What the provider says of the referral itself. */
    fit: text<Fit>('fit'),
    fitSaidAt: instant('fit_said_at'),
    nextOwnerKind: text<NextAction['ownerKind']>('next_owner_kind'),
    nextOwnerId: id('next_owner_id'),
    nextStep: text<NextStep>('next_step'),
    nextDueOn: day('next_due_on'),
    /** When the owner was reminded of this next action, and when the navigator was told of the silence. */
    remindedAt: instant('reminded_at'),
    escalatedAt: instant('escalated_at'),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('placements_referral').on(t.referralId),
    index('placements_group_status').on(t.groupId, t.status),
    index('placements_provider').on(t.providerOrganisationId, t.status, t.sentAt, t.id),
    index('placements_provider_sent').on(t.providerOrganisationId, t.sentAt, t.id),
    index('placements_receiving_sent').on(t.receivingOrganisationId, t.sentAt, t.id),
    index('placements_receiving').on(t.receivingOrganisationId, t.status, t.sentAt, t.id),
    index('placements_places').on(t.status, t.groupId).where(sql`status in (${countedStatuses})`),
    index('placements_volunteer').on(t.volunteerId).where(sql`volunteer_id is not null`),
    index('placements_status_due').on(t.status, t.nextDueOn, t.id),
    // What projects said of referrals is counted from these alone: for a service by time, for a referrer by their own.
    index('placements_said')
      .on(t.receivingOrganisationId, t.sentAt, t.fit, t.declinedRule, t.projectId)
      .where(sql`fit is not null or declined_rule is not null`),
    index('placements_said_of_referral')
      .on(t.referralId, t.fit, t.declinedRule, t.projectId)
      .where(sql`fit is not null or declined_rule is not null`),
    // One open placement of a referral in a group: a double click cannot take two places.
    uniqueIndex('placements_once_per_group').on(t.referralId, t.groupId).where(sql`status in (${openStatuses})`),
    check('placements_next_action', nextActionCheck(t.status, openStatuses)),
  ],
)

/** Who came to which session. One row per person, group and day. */
export const attendances = table(
  'attendances',
  {
    id: id('id').primaryKey(),
    placementId: id('placement_id')
      .notNull()
      .references(() => placements.id),
    sessionOn: day('session_on').notNull(),
    attended: bool('attended').notNull(),
    late: bool('late').notNull(),
    reason: text('reason'),
    /** None where it came by a signed link: the event says which. */
    recordedBy: id('recorded_by').references(() => users.id),
    recordedAt: instant('recorded_at').notNull(),
  },
  (t) => [uniqueIndex('attendances_once_per_session').on(t.placementId, t.sessionOn)],
)
