import { addDays, londonDay, londonMoment } from '../../domain/day.ts'
import type { RuleKind } from '../../domain/eligibility-rules.ts'
import { RULE_WORDS } from '../../domain/eligibility-words.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { FIT_WORDS, type Fit } from '../../domain/placement-reasons.ts'
import type { Db } from '../../store/database.ts'
import { countSaidToReferrer, countSaidToService, listProjectNames } from '../../store/fit.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

const DAYS = 365
/** Fewer would tell of single people. */
export const FEWEST_TOLD = 5

export interface DeclinedRule {
  rule: string
  /** What the rule is called, as on the project's page. */
  ruleText: string
  /** For navigators, whose project's rule it is; a referrer reads it for all projects together. */
  project: string | null
  count: number
}

/** What projects say of the referrals they were sent in the last year. */
export interface FitFigures {
  /** How many they said something of. */
  said: number
  /** Null while there are fewer than five. */
  fits: { fit: Fit; text: string; count: number }[] | null
  /** Rules that caused declines at least five times, most often first. */
  declinedRules: DeclinedRule[]
}

/** Of the referrals that the actor's organisation made; for a navigation service, of those it received. */
export async function countReferralFits({ db, now }: Context, actor: Actor): Promise<FitFigures> {
  permit(actor, 'referral.create')
  const isService = may(actor, 'referral.view-work', { receiving: actor.organisationId })
  const since = londonMoment(addDays(londonDay(now()), -DAYS), 0)
  const isNavigation = isService && actor.organisationKind === 'navigation_service'
  const all = isNavigation
    ? await countSaidToService(db.read, actor.organisationId, since)
    : await countSaidToReferrer(db.read, actor.organisationId, since)
  const countOf = (which: (one: Said) => boolean) => all.filter(which).reduce((sum, { count }) => sum + count, 0)
  const said = countOf(({ fit }) => fit !== null)
  const fits = (Object.keys(FIT_WORDS) as Fit[]).map((fit) => ({
    fit,
    text: FIT_WORDS[fit],
    count: countOf((one) => one.fit === fit),
  }))
  const rules = await declinedRules(db.read, all)
  return {
    said,
    fits: said < FEWEST_TOLD ? null : fits,
    declinedRules: (isNavigation ? rules : together(rules))
      .filter(({ count }) => count >= FEWEST_TOLD)
      .map(({ rule, project, count }) => ({ rule: rule ?? '', ruleText: wordsOf(rule), project, count })),
  }
}

type Said = Awaited<ReturnType<typeof countSaidToService>>[number]

/** The rules by which projects declined, most often first, for each project. */
async function declinedRules(db: Db, all: Said[]) {
  const declined = all.filter(({ declinedRule }) => declinedRule !== null)
  const names = await listProjectNames(db, [...new Set(declined.map(({ projectId }) => projectId))])
  const rules = new Map<string, { project: string | null; rule: string | null; count: number }>()
  for (const { projectId, declinedRule: rule, count } of declined) {
    const key = `${projectId} ${rule}`
    rules.set(key, { project: names.get(projectId) ?? null, rule, count: count + (rules.get(key)?.count ?? 0) })
  }
  return [...rules.values()].sort((a, b) => b.count - a.count || (a.project ?? '').localeCompare(b.project ?? ''))
}

function together(rules: { rule: string | null; count: number }[]) {
  const counts = new Map<string | null, number>()
  for (const { rule, count } of rules) counts.set(rule, (counts.get(rule) ?? 0) + count)
  return [...counts].map(([rule, count]) => ({ rule, project: null, count })).sort((a, b) => b.count - a.count)
}

function wordsOf(rule: string | null): string {
  return Object.hasOwn(RULE_WORDS, rule ?? '') ? RULE_WORDS[rule as RuleKind] : (rule ?? '')
}
