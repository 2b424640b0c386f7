import { sql } from 'drizzle-orm'
import type { DigestNotice } from '../../domain/digest.ts'
import type { EventType } from '../../domain/events.ts'
import type { AccessNotice, Notice } from '../../domain/notices.ts'
import { id, index, instant, int, json, table, text, uniqueIndex } from '../columns.ts'
import { users } from './access.ts'

/** Column names with [before, now], moments as ISO text. */
export type ColumnChanges = Record<string, [unknown, unknown]>

/** What happened to referrals, placements, the directory and people. A subject's state is the fold of its events, in version order. */
export const events = table(
  'events',
  {
    id: id('id').primaryKey(),
    type: text<EventType>('type').notNull(),
    subjectKind: text<'referral' | 'placement' | 'group' | 'project' | 'location' | 'person'>('subject_kind').notNull(),
    subjectId: id('subject_id').notNull(),
    /** The version of the subject that this event made: no two events make the same one. */
    subjectVersion: int('subject_version').notNull(),
    referralId: id('referral_id'),
    fromStatus: text('from_status'),
    toStatus: text('to_status'),
    reason: text('reason'),
    detail: json<Record<string, unknown>>('detail').notNull(),
    actorKind: text<'user' | 'system' | 'person' | 'link'>('actor_kind').notNull(),
    actorId: id('actor_id'),
    organisationId: id('organisation_id'),
    at: instant('at').notNull(),
    /** The event that brought this one about: closing a referral ends its placements. */
    causedBy: id('caused_by'),
    /** The event that this one takes back; each can be taken back once. */
    undoes: id('undoes'),
    /** Each changed column with what it held before and what it holds now: history folds forward, and is taken back. */
    changes: json<ColumnChanges>('changes'),
  },
  (t) => [
    index('events_caused_by').on(t.causedBy).where(sql`caused_by is not null`),
    uniqueIndex('events_undoes').on(t.undoes).where(sql`undoes is not null`),
    // Emergency looks are few and read by themselves, newest first.
    index('events_glass_broken').on(t.at, t.id).where(sql`type = 'referral.glass-broken'`),
    uniqueIndex('events_subject_version').on(t.subjectId, t.subjectVersion),
    index('events_referral').on(t.referralId, t.at, t.id),
  ],
)

/**
 * Who did or looked at what. Each row carries a keyed digest from the moment it is written; a job chains the rows in
 * order of commit (`sequence`, `seal`) and keeps the chain's head outside the database too.
 */
export const auditRows = table(
  'audit_rows',
  {
    id: id('id').primaryKey(),
    at: instant('at').notNull(),
    actorKind: text<'user' | 'system' | 'person' | 'link'>('actor_kind').notNull(),
    actorId: id('actor_id'),
    organisationId: id('organisation_id'),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: id('subject_id'),
    eventId: id('event_id'),
    requestId: text('request_id'),
    detail: json<Record<string, unknown>>('detail').notNull(),
    digest: text('digest').notNull(),
    sequence: int('sequence'),
    seal: text('seal'),
  },
  (t) => [
    // Only what is sealed: on PostgreSQL the empty places of all new rows would be one page that every writer meets on.
    uniqueIndex('audit_rows_sequence').on(t.sequence).where(sql`sequence is not null`),
    // By id, so that new rows stand at the end of it, as in the primary key; sealing takes them out again.
    index('audit_rows_unsealed').on(t.id).where(sql`sequence is null`),
    index('audit_rows_subject').on(t.subjectId, t.at),
    // What somebody looked at. Moves stand in the history, so a request that only moves something does not meet it.
    index('audit_rows_actor').on(t.actorId, t.at, t.id).where(sql`event_id is null`),
    uniqueIndex('audit_rows_event').on(t.eventId).where(sql`event_id is not null`),
  ],
)

/** Messages owed. A row names a template and ids; the facts are read when it is sent. */
export const outbox = table(
  'outbox',
  {
    id: id('id').primaryKey(),
    notice: text<Notice | AccessNotice | DigestNotice>('notice').notNull(),
    toKind: text<'organisation' | 'user' | 'person' | 'link'>('to_kind').notNull(),
    toId: id('to_id').notNull(),
    referralId: id('referral_id'),
    placementId: id('placement_id'),
    eventId: id('event_id').notNull(),
    createdAt: instant('created_at').notNull(),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    attempts: int('attempts').notNull(),
    leasedUntil: instant('leased_until'),
    sentAt: instant('sent_at'),
    /** Given up or never to be sent, with why. */
    endedAt: instant('ended_at'),
    outcome: text('outcome'),
    /** Given up after an answer or after three days: somebody has to know another way. */
    failedAt: instant('failed_at'),
    /** The message that tells of it together with others, once it has been sent. */
    digestId: id('digest_id'),
    /** The message that this one repeats, because somebody asked for it. */
    resends: id('resends'),
    /** Who told the recipient another way after it had failed, and when. */
    handledBy: id('handled_by').references(() => users.id),
    handledAt: instant('handled_at'),
  },
  (t) => [
    index('outbox_due').on(t.nextAttemptAt).where(sql`sent_at is null and ended_at is null`),
    index('outbox_referral').on(t.referralId),
    // Who was told how much lately, and what a digest holds.
    index('outbox_sent').on(t.toId, t.sentAt).where(sql`sent_at is not null`),
    index('outbox_digest').on(t.digestId).where(sql`digest_id is not null`),
    index('outbox_failed').on(t.failedAt).where(sql`failed_at is not null`),
  ],
)

/**
 * One-time codes that follow a signed link where it would show a name. The code itself is in no column: it is made from
 * its row's id and a key when the e-mail is written.
 */
export const linkCodes = table(
  'link_codes',
  {
    id: id('id').primaryKey(),
    /** The message whose link asked for it; the code goes to the same address. */
    messageId: id('message_id').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Wrong tries. */
    tries: int('tries').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [index('link_codes_message').on(t.messageId, t.createdAt)],
)

/** The built-in mailbox of the demonstration: what would have been sent. */
export const mailbox = table(
  'mailbox',
  {
    id: id('id').primaryKey(),
    to: text('to').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    messageId: text('message_id').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [uniqueIndex('mailbox_message_id').on(t.messageId), index('mailbox_received').on(t.receivedAt)],
)

/** One row per job; whoever holds the lease runs it. */
export const jobLeases = table('job_leases', {
  name: text('name').primaryKey(),
  heldBy: text('held_by'),
  leasedUntil: instant('leased_until'),
  lastStartedAt: instant('last_started_at'),
  lastFinishedAt: instant('last_finished_at'),
  lastError: text('last_error'),
})

/** First answers to requests with an Idempotency-Key, written with the change they answer. */
export const answers = table(
  'answers',
  {
    /** Digest of caller, operation and key. */
    id: text('id').primaryKey(),
    bodyDigest: text('body_digest').notNull(),
    status: int('status').notNull(),
    body: json<unknown>('body').notNull(),
    /** The record that was asked about: its answers are forgotten when somebody may no longer see it. */
    about: id('about'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('answers_created').on(t.createdAt), index('answers_about').on(t.about).where(sql`about is not null`)],
)
