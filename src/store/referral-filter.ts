import { eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { Day } from '../domain/day.ts'
import { SHOWS, type Show, STAGES, type Stage } from '../domain/stages.ts'
import { asContained, jsonArrayContains } from './columns.ts'
import { listed, oneOf } from './database.ts'
import { people, referrals } from './schema.ts'
import { isSoughtPerson, type PeopleSought } from './search.ts'
import { inStage, JUDGED_LATER, showing, valuesOn } from './stages.ts'

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
  /** Only these: what was found by a condition that would cost too much to ask of each. */
  among?: readonly string[] | undefined
  /** What a search was understood as. */
  sought?: PeopleSought | undefined
}

const place = (name: string) => sql.placeholder(name)

const ofEach = <T extends string>(kind: string, names: readonly T[], condition: (name: T) => SQL) =>
  names.map((name): [string, () => SQL] => [`${kind}:${name}`, () => condition(name)])

const CONDITIONS = new Map<string, () => SQL>([
  ['status', () => eq(referrals.status, place('status'))],
  ['statuses', () => oneOf(referrals.status, 'statuses')],
  ['ward', () => eq(people.wardCode, place('ward'))],
  ['need', () => jsonArrayContains(referrals.needs, place('need'))],
  ['unassigned', () => isNull(referrals.navigatorId)],
  ['navigator', () => eq(referrals.navigatorId, place('navigator'))],
  ['theirs', () => sql`(${referrals.navigatorId} is null or ${referrals.navigatorId} = ${place('theirs')})`],
  ['priority', () => eq(referrals.priority, place('priority'))],
  ['overdue', () => lt(referrals.nextDueOn, place('overdueOn'))],
  ['among', () => oneOf(referrals.id, 'among')],
  ...ofEach('stage', STAGES, (stage) => inStage(stage, JUDGED_LATER)),
  ...ofEach('show', SHOWS, (show) => showing(show, JUDGED_LATER)),
])

/** What a filter asks, apart from the values: of each such shape a query is built once. */
export type Asked = readonly string[]

/** The conditions of a filter by name, and the values that go into their places. What is sought is no part of it. */
export function askedBy(filter: ReferralFilter): { asked: Asked; values: Record<string, unknown> } {
  const { status, ward, need, navigatorId, ofOrNobodys, priority, overdueOn, stage, shows = [], today, among } = filter
  const asked: string[] = []
  let values: Record<string, unknown> = today ? valuesOn(today) : {}
  const ask = (name: string, more: Record<string, unknown> = {}) => {
    asked.push(name)
    values = { ...values, ...more }
  }
  if (status?.length === 1) ask('status', { status: status[0] })
  else if (status) ask('statuses', { statuses: listed(status) })
  if (ward) ask('ward', { ward })
  if (need) ask('need', { need: asContained(need) })
  if (navigatorId === null) ask('unassigned')
  if (navigatorId) ask('navigator', { navigator: navigatorId })
  if (ofOrNobodys) ask('theirs', { theirs: ofOrNobodys })
  if (priority) ask('priority', { priority })
  if (overdueOn) ask('overdue', { overdueOn })
  if (among) ask('among', { among: listed(among) })
  if (stage) ask(`stage:${stage}`)
  for (const show of shows) ask(`show:${show}`)
  return { asked, values }
}

export function conditionsOf(asked: Asked): SQL[] {
  return asked.flatMap((name) => CONDITIONS.get(name)?.() ?? [])
}

/** One referral by its reference, or every one of the people sought. */
export function isSoughtReferral(sought: PeopleSought): SQL {
  return sought.references.length > 0 ? inArray(referrals.reference, sought.references) : isSoughtPerson(sought)
}
