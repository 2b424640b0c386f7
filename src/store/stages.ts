import { and, eq, gte, inArray, lt, ne, not, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { OPEN_PLACEMENT, type PlacementStatus } from '../domain/placement-moves.ts'
import {
  IN_HAND,
  type Show,
  type Stage,
  TRIES_IN_VAIN,
  TROUBLES,
  type Trouble,
  UNANSWERED,
  WAITING_FOR_A_CALL,
} from '../domain/stages.ts'
import { IS_MADE_UP_FOR, IS_SENT_AGAIN } from './message-fates.ts'
import { contacts, outbox, placements, referrals } from './schema.ts'

/** The day on which it is judged how a referral stands: given, or in places that are kept for `valuesOn(today)`. */
export interface Judged {
  today: Day | Placeholder
}

export const JUDGED_LATER: Judged = { today: sql.placeholder('today') }

export function valuesOn(today: Day): Record<string, unknown> {
  return { today }
}

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

/** Given up, and neither a later message nor a logged contact made up for it, nor did somebody say it another way. */
export const IS_UNHEARD = sql`${outbox.failedAt} is not null and ${outbox.handledAt} is null and not ${IS_MADE_UP_FOR} and not ${IS_SENT_AGAIN}
  and not exists (
  select 1 from ${contacts} told where told.referral_id = ${outbox.referralId} and told.made_at >= ${outbox.failedAt})`

// What failed long ago is mostly of referrals that are closed: they are left out before anything else is asked of them.
const IS_OF_AN_OPEN_ONE = sql`${outbox.handledAt} is null and exists (
  select 1 from referrals owner where owner.id = ${outbox.referralId} and owner.next_due_on is not null)`

// Of those that are not late few are in trouble, so both of these begin with the trouble and not with each referral.
const HAS_UNHEARD = sql`${referrals.id} in (
  select ${outbox.referralId} from ${outbox} where ${outbox.referralId} is not null and ${IS_OF_AN_OPEN_ONE} and ${IS_UNHEARD})`

function hasSilentProject({ today }: Judged): SQL {
  const isSilent = and(inArray(placements.status, [...UNANSWERED]), lt(placements.nextDueOn, today))
  return sql`${referrals.id} in (select ${placements.referralId} from ${placements} where ${isSilent})`
}

const TROUBLE: Record<Trouble, (judged: Judged) => SQL> = {
  unheard: () => HAS_UNHEARD,
  silent: hasSilentProject,
  tries: () => sql`(${eq(status, 'assigned')} and ${failedTries} >= ${TRIES_IN_VAIN})`,
  overdue: ({ today }) => lt(nextDueOn, today),
}

// What a day decides is cheapest, and an index holds it in order.
const BROKEN = TROUBLES.filter((trouble) => trouble !== 'overdue')

function isBroken(judged: Judged): SQL {
  return sql`(${or(...BROKEN.map((trouble) => TROUBLE[trouble](judged)))})`
}

const ON_TIME: Record<Exclude<Stage, 'stuck'>, SQL> = {
  new: eq(status, 'submitted'),
  contacting: inArray(status, [...WAITING_FOR_A_CALL]),
  matching: sql`(${inArray(status, [...IN_HAND])} and not ${isAtAProject})`,
  'with-provider': sql`(${eq(status, 'redirected')} or (${inArray(status, [...IN_HAND])} and ${isAtAProject}))`,
}

/** domain/stages.ts in SQL: the open referrals of one column, and no others. */
export function inStage(stage: Stage, judged: Judged): SQL {
  // Only what is open has a due day, so both leave out whatever is closed.
  if (stage === 'stuck') return sql`(${nextDueOn} is not null and (${TROUBLE.overdue(judged)} or ${isBroken(judged)}))`
  return sql`(${gte(nextDueOn, judged.today)} and ${ON_TIME[stage]} and ${not(isBroken(judged))})`
}

const SHOWING: Record<Show, (judged: Judged) => SQL> = {
  question: () => sql`(${eq(status, 'information_needed')} or ${hasQuestion})`,
  'on-hold': () => eq(status, 'on_hold'),
  'other-team': () => eq(status, 'redirected'),
  overdue: TROUBLE.overdue,
}

export function showing(show: Show, judged: Judged): SQL {
  return SHOWING[show](judged)
}

/** Worst first: a person in danger, then a silent project, then tries in vain, then what is late. */
export function severity(judged: Judged, crisisRisks: readonly string[]): SQL<number> {
  const inDanger = sql`(${referrals.priority} = 'urgent' or exists (
    select 1 from risks where risks.referral_id = ${referrals.id} and ${sql.raw(`risks.kind in (${crisisRisks.map((kind) => `'${kind}'`).join(', ')})`)}))`
  return sql<number>`case when ${inDanger} then 0 when ${TROUBLE.unheard(judged)} then 1
    when ${TROUBLE.silent(judged)} then 2 when ${TROUBLE.tries(judged)} then 3 else 4 end`.mapWith(Number)
}
