import { sql } from 'drizzle-orm'
import { outbox } from './schema.ts'

/** The same recipient was sent something later about the same referral. */
export const IS_MADE_UP_FOR = sql`exists (
  select 1 from ${outbox} later
  where later.referral_id = ${outbox.referralId} and later.to_id = ${outbox.toId} and later.sent_at is not null
    and (later.created_at, later.id) > (${outbox.createdAt}, ${outbox.id}))`

/** Somebody had the same sent again afterwards: of all its repetitions only the newest stands for itself. */
export const IS_SENT_AGAIN = sql`exists (
  select 1 from ${outbox} again
  where again.referral_id = ${outbox.referralId} and again.to_id = ${outbox.toId} and again.resends is not null
    and again.event_id = ${outbox.eventId} and again.notice = ${outbox.notice}
    and (again.created_at, again.id) > (${outbox.createdAt}, ${outbox.id}))`
