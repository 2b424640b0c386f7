import type { EligibilityRule, RouteKind, RuleKind, RuleOf } from './eligibility-rules.ts'
import { needLabel } from './needs.ts'
import { NOT_TEAMS, ORGANISATION_KINDS } from './organisation.ts'
import type { Gender } from './person.ts'
import { withAnd, withOr } from './phrases.ts'

/** What each kind of rule is called where one is chosen. */
export const RULE_WORDS: Record<RuleKind, string> = {
  age: 'Age',
  area: 'Where they live',
  route: 'Who may refer',
  need: 'What we help with',
  diagnosis: 'Diagnosis',
  severe_mental_illness: 'Severe and enduring mental health needs',
  recovering_from: 'What they are recovering from',
  fall_or_at_risk: 'A fall, or the risk of one',
  gender_focus: 'Gender',
  travel: 'Getting there',
  exclusion: 'Not for people who …',
  ask: 'A question of our own',
}

/** Who can stand at the start of a referral, as many and as one. */
export const ROUTE_WORDS: Record<RouteKind, { many: string; one: string }> = {
  self: { many: 'people themselves', one: 'the person themselves' },
  gp_practice: { many: 'GP practices', one: 'a GP practice' },
  mental_health_team: { many: 'mental health teams', one: 'a mental health team' },
  health_service: { many: 'other health services', one: 'a health service' },
  navigation_service: { many: 'navigators', one: 'a navigation service' },
  provider: { many: 'other projects', one: 'another project' },
  referral_partner: { many: 'partner organisations', one: 'a partner organisation' },
  probation: { many: 'probation', one: 'probation' },
  school: { many: 'schools', one: 'a school' },
  social_care: { many: 'social care', one: 'social care' },
  commissioner: { many: 'commissioners', one: 'a commissioner' },
  operator: { many: 'the operator', one: 'the operator' },
}

const NEVER_REFER: readonly string[] = NOT_TEAMS

/** Everybody who could refer: commissioners and operators support nobody themselves. */
export const REFERRING_KINDS: RouteKind[] = [
  'self',
  ...ORGANISATION_KINDS.filter((kind) => !NEVER_REFER.includes(kind)),
]

const GENDER_FOCUS: Record<Gender, string> = {
  woman: 'women',
  man: 'men',
  non_binary: 'non-binary people',
  other: 'people of other genders',
  not_stated: 'everybody',
}

export const AS_GENDER: Record<Gender, string> = {
  woman: 'a woman',
  man: 'a man',
  non_binary: 'non-binary',
  other: 'of another gender',
  not_stated: 'of no stated gender',
}

interface Ages {
  min?: number | undefined
  max?: number | undefined
}

function aged({ min, max }: Ages): string {
  if (min !== undefined && max !== undefined) return min === max ? `aged ${min}` : `aged ${min} to ${max}`
  if (min !== undefined) return `aged ${min} or over`
  return max === undefined ? 'of any age' : `aged ${max} or under`
}

function ageSentence(ages: Ages): string {
  if (ages.min === undefined && ages.max === undefined) return 'For any age'
  return ages.min === 18 && ages.max === undefined ? 'For adults' : `For people ${aged(ages)}`
}

const labelsOf = ({ anyOf }: RuleOf<'need'>) => anyOf.map((code) => needLabel(code).toLowerCase()).join(', ')

/** The rule as a sentence for the project's page, without its full stop. */
export function ruleSentence(rule: EligibilityRule): string {
  switch (rule.rule) {
    case 'age':
      return ageSentence(rule)
    case 'area':
      return `For people living in ${rule.name}`
    case 'route':
      return rule.says
    case 'need':
      return `For people who need help with: ${labelsOf(rule)}`
    case 'diagnosis':
      return `For people with ${rule.name}`
    case 'severe_mental_illness':
      return 'For people with severe and enduring mental health needs'
    case 'recovering_from':
      return `For people recovering from ${rule.name}`
    case 'fall_or_at_risk':
      return 'For people who had a fall or are at risk of one'
    case 'gender_focus':
      return rule.refuses ? `For ${GENDER_FOCUS[rule.gender]}` : `Mostly ${GENDER_FOCUS[rule.gender]}, others welcome`
    case 'travel':
      return 'For people who can get there, alone or with somebody'
    case 'exclusion':
      return `Not for people who ${rule.who}`
    case 'ask':
      return `Asked first: ${rule.question}`
  }
}

type Route = Pick<RuleOf<'route'>, 'kinds' | 'organisations' | 'originalOnly' | 'invitedTo'>
/** What an organisation is called, by its short name. */
export type NameOf = (slug: string) => string

const includesAll = ({ kinds }: Route) => REFERRING_KINDS.every((kind) => kinds.includes(kind))
const teamsOf = ({ kinds, organisations }: Route, nameOf: NameOf) => [
  ...organisations.map(nameOf),
  ...REFERRING_KINDS.filter((kind) => kind !== 'self' && kinds.includes(kind)).map((kind) => ROUTE_WORDS[kind].many),
]

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Who may refer, made into words: "Schools and navigators can refer, and you can refer yourself". */
export function routeSays(route: Route, nameOf: NameOf): string {
  if (includesAll(route)) return 'Anyone can refer, and you can refer yourself'
  const teams = teamsOf(route, nameOf)
  const isSelf = route.kinds.includes('self')
  const only = route.originalOnly ? 'Only ' : ''
  const parts = [
    teams.length > 0 ? `${capital(`${only}${withAnd(teams)}`)} can refer` : '',
    isSelf ? (teams.length > 0 ? 'and you can refer yourself' : 'You can refer yourself') : '',
    route.invitedTo ? (teams.length > 0 || isSelf ? 'or you are invited' : 'By invitation only') : '',
  ]
  return parts.filter(Boolean).join(', ')
}

function routeClause(route: Route, nameOf: NameOf): string {
  if (includesAll(route)) return 'referred by anyone or by themselves'
  const teams = teamsOf(route, nameOf)
  const isSelf = route.kinds.includes('self')
  const ways = [
    teams.length > 0 ? `referred ${route.originalOnly ? 'first ' : ''}by ${withOr(teams)}` : '',
    isSelf ? (teams.length > 0 ? 'or by themselves' : 'referred by themselves') : '',
    route.invitedTo ? (teams.length > 0 || isSelf ? 'or invited' : 'by invitation only') : '',
  ]
  return ways.filter(Boolean).join(', ')
}

function of<K extends RuleKind>(rules: EligibilityRule[], kind: K): RuleOf<K>[] {
  return rules.filter((rule): rule is RuleOf<K> => rule.rule === kind)
}

/** Several rules on age leave the years that all of them allow. */
export function agesOf(rules: EligibilityRule[]): Ages {
  const ages = of(rules, 'age')
  const from = ages.flatMap(({ min }) => min ?? [])
  const to = ages.flatMap(({ max }) => max ?? [])
  return { ...(from.length > 0 ? { min: Math.max(...from) } : {}), ...(to.length > 0 ? { max: Math.min(...to) } : {}) }
}

function subjectOf(rules: EligibilityRule[]): string {
  const ages = agesOf(rules)
  const [focus] = of(rules, 'gender_focus').filter(({ refuses }) => refuses)
  const isAny = ages.min === undefined && ages.max === undefined
  if (focus) return `${capital(GENDER_FOCUS[focus.gender])}${isAny ? '' : ` ${aged(ages)}`}`
  if (isAny) return 'People'
  return ages.min === 18 && ages.max === undefined ? 'Adults' : `People ${aged(ages)}`
}

/** All of a project's rules as one sentence, and what has to be said beside it: "Adults living in Southampton, referred by …". */
export function rulesSentence(rules: EligibilityRule[], nameOf: NameOf): string {
  const clauses = [
    ...of(rules, 'area').map(({ name }) => `living in ${name}`),
    ...of(rules, 'diagnosis').map(({ name }) => `with ${name}`),
    ...of(rules, 'severe_mental_illness').map(() => 'with severe and enduring mental health needs'),
    ...of(rules, 'recovering_from').map(({ name }) => `recovering from ${name}`),
    ...of(rules, 'fall_or_at_risk').map(() => 'who had a fall or are at risk of one'),
    ...of(rules, 'travel').map(() => 'who can get there'),
    ...of(rules, 'need').map((rule) => `who need help with ${labelsOf(rule)}`),
  ]
  const routes = of(rules, 'route').map((rule) => routeClause(rule, nameOf))
  const subject = clauses.length === 0 && subjectOf(rules) === 'People' ? 'Everybody' : subjectOf(rules)
  const who = [clauses.length > 0 ? `${subject} ${clauses.join(', ')}` : subject, ...routes].join(', ')
  const beside = rules.filter(
    (rule) => rule.rule === 'exclusion' || rule.rule === 'ask' || (rule.rule === 'gender_focus' && !rule.refuses),
  )
  return [who, ...beside.map(ruleSentence)].map((text) => (text.endsWith('?') ? text : `${text}.`)).join(' ')
}
