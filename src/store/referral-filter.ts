import { eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import type { Show, Stage } from '../domain/stages.ts'
import { jsonArrayContains } from './columns.ts'
import type { ReferralRow } from './referrals.ts'
import { people, referrals } from './schema.ts'
import { isSoughtPerson, type PeopleSought } from './search.ts'
import { inStage, showing } from './stages.ts'

export interface ReferralFilter {
  status?: readonly string[] | undefined
  ward?: string | undefined
  need?: string | undefined
  navigatorId?: string | null | undefined
  priority?: string | undefined
  overdueOn?: Day | undefined
  /** Theirs, and what nobody has taken. */
  ofOrNobodys?: string | undefined
  stage?: Stage | undefined
  shows?: readonly Show[] | undefined
  /** The day on which `stage` and `shows` are judged. */
  today?: Day | undefined
  /** What a search was understood as. */
  sought?: PeopleSought | undefined
}

/** Whether a filter asks for more than columns that are compared: its query is made for it alone. */
export function isParticular({ ofOrNobodys, stage, shows, sought }: ReferralFilter): boolean {
  return Boolean(ofOrNobodys || stage || shows?.length || sought)
}

/** The conditions of a filter, with their values. */
export function matching(filter: ReferralFilter): (SQL | undefined)[] {
  const { today = '' } = filter
  return [
    filter.status && inArray(referrals.status, filter.status as ReferralRow['status'][]),
    filter.ward ? eq(people.wardCode, filter.ward) : undefined,
    filter.need ? jsonArrayContains(referrals.needs, filter.need) : undefined,
    filter.navigatorId === null ? sql`${referrals.navigatorId} is null` : undefined,
    filter.navigatorId ? eq(referrals.navigatorId, filter.navigatorId) : undefined,
    filter.priority ? eq(referrals.priority, filter.priority as ReferralRow['priority']) : undefined,
    filter.overdueOn ? lt(referrals.nextDueOn, filter.overdueOn) : undefined,
    filter.ofOrNobodys
      ? sql`(${referrals.navigatorId} is null or ${referrals.navigatorId} = ${filter.ofOrNobodys})`
      : undefined,
    filter.stage && inStage(filter.stage, today),
    ...(filter.shows ?? []).map((show) => showing(show, today)),
    filter.sought ? isSoughtReferral(filter.sought) : undefined,
  ]
}

/** One referral by its reference, or every one of the people sought. */
function isSoughtReferral(sought: PeopleSought): SQL {
  return sought.references.length > 0 ? inArray(referrals.reference, sought.references) : isSoughtPerson(sought)
}
