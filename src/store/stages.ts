import { and, eq, gte, inArray, lt, ne, not, or, type SQL, sql } from 'drizzle-orm'
import { addDays, type Day } from '../domain/day.ts'
import { OPEN_PLACEMENT, type PlacementStatus } from '../domain/placement-moves.ts'
import {
  IN_HAND,
  type Show,
  type Stage,
  TRIES_IN_VAIN,
  TROUBLES,
  type Trouble,
  UNANSWERED,
  UNHEARD_FOR_DAYS,
  WAITING_FOR_A_CALL,
} from '../domain/stages.ts'
import { contacts, outbox, placements, referrals } from './schema.ts'

const { status, nextDueOn } = referrals

// Each is asked of one referral at a time: without the coalesce SQLite walks all late placements of the service instead.
function hasPlacement(statuses: readonly PlacementStatus[]): SQL {
  const isOne = inArray(sql`coalesce(${placements.status}, '')`, [...statuses])
  return sql`exists (select 1 from ${placements} where ${and(eq(placements.referralId, referrals.id), isOne)})`
}

const isAtAProject = hasPlacement(OPEN_PLACEMENT)

const hasQuestion = sql`${referrals.id} in (
  select ${placements.referralId} from ${placements} where ${eq(placements.status, 'information_needed')})`

// A project's own tries carry its placement; what went before a conversation is over.
export const IN_VAIN = sql`${contacts.placementId} is null and ${ne(contacts.outcome, 'spoke')} and not exists (
  select 1 from ${contacts} spoken where spoken.referral_id = ${contacts.referralId} and spoken.outcome = 'spoke'
    and spoken.placement_id is null and spoken.made_at > ${contacts.madeAt})`

const failedTries = sql`(select count(*) from ${contacts} where ${and(eq(contacts.referralId, referrals.id), IN_VAIN)})`

// Of those that are not late few are in trouble, so both of these begin with the trouble and not with each referral.
function hasUnheard(today: Day): SQL {
  return sql`${referrals.id} in (
    select ${outbox.referralId} from ${outbox} where ${outbox.referralId} is not null and ${isUnheard(today)})`
}

function hasSilentProject(today: Day): SQL {
  const isSilent = and(inArray(placements.status, [...UNANSWERED]), lt(placements.nextDueOn, today))
  return sql`${referrals.id} in (select ${placements.referralId} from ${placements} where ${isSilent})`
}

/** Given up lately, and neither a later message nor a logged contact made up for it. */
export function isUnheard(today: Day): SQL {
  const since = new Date(`${addDays(today, -UNHEARD_FOR_DAYS)}T00:00:00Z`)
  return sql`${outbox.failedAt} >= ${sql.param(since, outbox.failedAt)} and not exists (
    select 1 from ${outbox} later
    where later.referral_id = ${outbox.referralId} and later.to_id = ${outbox.toId} and later.sent_at is not null
      and (later.created_at, later.id) > (${outbox.createdAt}, ${outbox.id})
  ) and not exists (
    select 1 from ${contacts} told where told.referral_id = ${outbox.referralId} and told.made_at >= ${outbox.failedAt})`
}

const TROUBLE: Record<Trouble, (today: Day) => SQL> = {
  unheard: hasUnheard,
  silent: hasSilentProject,
  tries: () => sql`(${eq(status, 'assigned')} and ${failedTries} >= ${TRIES_IN_VAIN})`,
  overdue: (today) => lt(nextDueOn, today),
}

// What a day decides is cheapest, and an index holds it in order.
const BROKEN = TROUBLES.filter((trouble) => trouble !== 'overdue')

function isBroken(today: Day): SQL {
  return sql`(${or(...BROKEN.map((trouble) => TROUBLE[trouble](today)))})`
}

const ON_TIME: Record<Exclude<Stage, 'stuck'>, SQL> = {
  new: eq(status, 'submitted'),
  contacting: inArray(status, [...WAITING_FOR_A_CALL]),
  matching: sql`(${inArray(status, [...IN_HAND])} and not ${isAtAProject})`,
  'with-provider': sql`(${eq(status, 'redirected')} or (${inArray(status, [...IN_HAND])} and ${isAtAProject}))`,
}

/** domain/stages.ts in SQL: the open referrals of one column, and no others. */
export function inStage(stage: Stage, today: Day): SQL {
  // Only what is open has a due day, so both leave out whatever is closed.
  if (stage === 'stuck') return sql`(${nextDueOn} is not null and (${TROUBLE.overdue(today)} or ${isBroken(today)}))`
  return sql`(${gte(nextDueOn, today)} and ${ON_TIME[stage]} and ${not(isBroken(today))})`
}

const SHOWING: Record<Show, (today: Day) => SQL> = {
  question: () => sql`(${eq(status, 'information_needed')} or ${hasQuestion})`,
  'on-hold': () => eq(status, 'on_hold'),
  'other-team': () => eq(status, 'redirected'),
  overdue: TROUBLE.overdue,
}

export function showing(show: Show, today: Day): SQL {
  return SHOWING[show](today)
}

/** Worst first: a person in danger, then a silent project, then tries in vain, then what is late. */
export function severity(today: Day, crisisRisks: readonly string[]): SQL {
  const inDanger = sql`(${referrals.priority} = 'urgent' or exists (
    select 1 from risks where risks.referral_id = ${referrals.id} and ${sql.raw(`risks.kind in (${crisisRisks.map((kind) => `'${kind}'`).join(', ')})`)}))`
  return sql`case when ${inDanger} then 0 when ${TROUBLE.unheard(today)} then 1 when ${TROUBLE.silent(today)} then 2
    when ${TROUBLE.tries(today)} then 3 else 4 end`
}
