import type { EligibilityFacts, RouteKind, RuleKind } from '../../../src/domain/eligibility.ts'

export type Fields = Record<string, string | string[]>
export type RuleForm = [kind: RuleKind, fields: Fields]
export type Facts = Partial<EligibilityFacts>

/** Somebody in a group: fits, or hears of exactly this rule in these words. */
export type Somebody = [situation: string, group: string, facts: Facts, fails?: RegExp]

export interface Seed {
  name: string
  needs: string[]
  isOpenAccess?: boolean
  rules: RuleForm[]
  groups: { name: string; places?: number; oneToOne?: boolean; rules?: RuleForm[] }[]
  sentence: string
  people: Somebody[]
}

/** Came this way and is sent this way: the direct route, without a navigator in between. */
export function from(kind: RouteKind, organisation: string | null = null): Facts {
  return { origin: { kind, organisation }, sender: { kind, organisation } }
}

export const GP = from('gp_practice', 'st-marys-surgery')
export const SELF = from('self')
export const NAVIGATOR = from('navigation_service', 'so-linked')
export const HOSPITAL = from('health_service')
export const TEAM = from('mental_health_team')
export const SCHOOL = from('school')
export const PROBATION = from('probation')
export const CARE = from('social_care')
export const CGL = from('referral_partner', 'change-grow-live')
export const ST_JAMES = from('referral_partner', 'society-of-st-james')
export const OTHER_PARTNER = from('referral_partner', 'another-partner')
export const COMMISSIONER = from('commissioner')

export const WAYS: [string, Facts][] = [
  ['a practice', GP],
  ['themselves', SELF],
  ['a navigator', NAVIGATOR],
  ['the hospital', HOSPITAL],
  ['a mental health team', TEAM],
  ['a school', SCHOOL],
  ['probation', PROBATION],
  ['social care', CARE],
  ['a partner', OTHER_PARTNER],
]
export const ANYONE = [
  'self',
  'gp_practice',
  'mental_health_team',
  'health_service',
  'navigation_service',
  'provider',
  'referral_partner',
  'probation',
  'school',
  'social_care',
]
export const anyone: RuleForm = ['route', { kinds: ANYONE }]

export const fits = (group: string, facts: Facts, ways: [string, Facts][]): Somebody[] =>
  ways.map(([who, way]) => [`fits, from ${who}`, group, { ...facts, ...way }])
export const pick = (...names: string[]) => WAYS.filter(([who]) => names.includes(who))
export const NOT_FROM = (words: string) => new RegExp(`: this referral comes from ${words}$`)

export const CITY = 'SO14, SO15, SO16, SO17, SO18, SO19'
export const adviser = (name: string, need: string, words: string): Seed => ({
  name,
  needs: [need],
  rules: [
    ['need', { anyOf: [need] }],
    ['route', { kinds: ['navigation_service', 'mental_health_team'] }],
  ],
  groups: [{ name: 'Caseload', places: 20 }],
  sentence: `People who need help with ${words}, referred by mental health teams or navigators.`,
  people: [
    ...fits('Caseload', { needs: [need] }, pick('a navigator', 'a mental health team')),
    ['another need', 'Caseload', { needs: ['food'], ...NAVIGATOR }, /: this person needs help with other things$/],
    ['by themselves', 'Caseload', { needs: [need], ...SELF }, NOT_FROM('the person themselves')],
  ],
})
export const neighbourhood = (name: string): Seed => ({
  name,
  needs: ['loneliness'],
  isOpenAccess: true,
  rules: [],
  groups: [{ name: 'Open to all' }],
  sentence: 'Everybody.',
  people: fits('Open to all', { needs: [], age: 3 }, WAYS),
})

/** Every project of the city's two documents, as its provider would fill in the forms. */
