import { z } from 'zod'
import { NEED_CODES, needLabel } from './needs.ts'
import { ORGANISATION_KINDS } from './organisation.ts'
import { GENDERS, type Gender } from './person.ts'
import { postcodeDistrict, wardName } from './place.ts'

/** Who stood at the start of a referral: the kind of organisation, or the person. */
export const ROUTE_KINDS = ['self', ...ORGANISATION_KINDS] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/**
 * A project's rules as data. Each kind of rule has a sentence for the page and a way to judge; `assess` needs no more.
 * `note` is the provider's own word on the rule.
 */
export const EligibilityRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('age'), min: z.number().int().optional(), max: z.number().int().optional() }),
  z.strictObject({
    rule: z.literal('area'),
    districts: z.array(z.string()).default([]),
    wards: z.array(z.string()).default([]),
    name: z.string(),
  }),
  z.strictObject({
    rule: z.literal('route'),
    kinds: z.array(z.enum(ROUTE_KINDS)).default([]),
    organisations: z.array(z.string()).default([]),
    /** Diagnosis routes look at who referred first, not at the navigator who passes it on. */
    originalOnly: z.boolean().default(false),
    says: z.string(),
  }),
  z.strictObject({ rule: z.literal('need'), anyOf: z.array(z.enum(NEED_CODES)).min(1) }),
  z.strictObject({ rule: z.literal('diagnosis'), anyOf: z.array(z.string()).min(1), name: z.string() }),
  z.strictObject({ rule: z.literal('severe_mental_illness') }),
  z.strictObject({ rule: z.literal('recovering_from'), anyOf: z.array(z.string()).min(1), name: z.string() }),
  z.strictObject({ rule: z.literal('fall_or_at_risk') }),
  /** "(mostly) men" informs; it refuses only where the project says so. */
  z.strictObject({ rule: z.literal('gender_focus'), gender: z.enum(GENDERS), refuses: z.boolean().default(false) }),
])
export type EligibilityRule = z.output<typeof EligibilityRule>

/** What is known of the person and the way they came. Undefined means not known, and leads to a question. */
export interface EligibilityFacts {
  age: number
  postcode: string | null
  wardCode: string | null
  needs: string[]
  gender: Gender | null
  diagnoses?: string[] | undefined
  severeMentalIllness?: boolean | undefined
  recoveringFrom?: string[] | undefined
  fallOrAtRisk?: boolean | undefined
  /** Who referred first. */
  origin: { kind: RouteKind; organisation: string | null }
  /** Who would send the person to the project: a navigation service, or the origin itself on a direct route. */
  sender: { kind: RouteKind; organisation: string | null }
}

export type Verdict = 'eligible' | 'not_eligible' | 'ask'

/** One rule's answer in words that can be read out to the person. */
export interface Reason {
  rule: EligibilityRule['rule']
  verdict: Verdict
  text: string
}

const GENDER_FOCUS: Record<Gender, string> = {
  woman: 'women',
  man: 'men',
  non_binary: 'non-binary people',
  other: 'people of other genders',
  not_stated: 'everybody',
}

function ageSentence({ min, max }: { min?: number | undefined; max?: number | undefined }): string {
  if (min !== undefined && max !== undefined) return `For people aged ${min} to ${max}`
  if (min !== undefined) return min === 18 ? 'For adults' : `For people aged ${min} or over`
  return max === undefined ? 'For any age' : `For people aged ${max} or under`
}

/** The rule as a sentence for the project's page. */
export function ruleSentence(rule: EligibilityRule): string {
  switch (rule.rule) {
    case 'age':
      return ageSentence(rule)
    case 'area':
      return `For people living in ${rule.name}`
    case 'route':
      return rule.says
    case 'need':
      return `For people who need help with: ${rule.anyOf.map((code) => needLabel(code).toLowerCase()).join(', ')}`
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
  }
}

function known<T>(fact: T | undefined, fits: (fact: T) => boolean): Verdict {
  if (fact === undefined) return 'ask'
  return fits(fact) ? 'eligible' : 'not_eligible'
}

function judgeArea(rule: Extract<EligibilityRule, { rule: 'area' }>, facts: EligibilityFacts): Verdict {
  if (facts.wardCode && rule.wards.length > 0) return known(facts.wardCode, (ward) => rule.wards.includes(ward))
  if (rule.districts.length === 0) return 'ask'
  return known(facts.postcode ?? undefined, (postcode) => rule.districts.includes(postcodeDistrict(postcode)))
}

/** ADHD is adhd: codes are compared whatever their case. */
function sharesACode(wanted: string[], given: string[]): boolean {
  const known = given.map((code) => code.toLowerCase())
  return wanted.some((code) => known.includes(code.toLowerCase()))
}

/** Who would rather not say has not said no. */
function statedGender(gender: Gender | null): Gender | undefined {
  return gender === null || gender === 'not_stated' ? undefined : gender
}

function judge(rule: EligibilityRule, facts: EligibilityFacts): Verdict {
  switch (rule.rule) {
    case 'age':
      return known(facts.age, (age) => age >= (rule.min ?? 0) && age <= (rule.max ?? 200))
    case 'area':
      return judgeArea(rule, facts)
    case 'route': {
      const senders = rule.originalOnly ? [facts.origin] : [facts.origin, facts.sender]
      return senders.some(
        ({ kind, organisation }) =>
          rule.kinds.includes(kind) ||
          // Link workers of a primary care network count as primary care.
          (rule.originalOnly && kind === 'navigation_service' && rule.kinds.includes('gp_practice')) ||
          (organisation !== null && rule.organisations.includes(organisation)),
      )
        ? 'eligible'
        : 'not_eligible'
    }
    case 'need':
      return known(facts.needs, (needs) => rule.anyOf.some((code) => needs.includes(code)))
    case 'diagnosis':
      return known(facts.diagnoses, (diagnoses) => sharesACode(rule.anyOf, diagnoses))
    case 'severe_mental_illness':
      return known(facts.severeMentalIllness, Boolean)
    case 'recovering_from':
      return known(facts.recoveringFrom, (conditions) => sharesACode(rule.anyOf, conditions))
    case 'fall_or_at_risk':
      return known(facts.fallOrAtRisk, Boolean)
    case 'gender_focus':
      return rule.refuses ? known(statedGender(facts.gender), (gender) => gender === rule.gender) : 'eligible'
  }
}

const QUESTIONS: Record<EligibilityRule['rule'], string> = {
  age: 'How old is the person?',
  area: 'Where does the person live?',
  route: 'Who referred the person?',
  need: 'What does the person need?',
  diagnosis: 'Does the person have one of these diagnoses?',
  severe_mental_illness: 'Does the person have severe and enduring mental health needs?',
  recovering_from: 'Is the person recovering from one of these?',
  fall_or_at_risk: 'Has the person had a fall, or are they at risk of one?',
  gender_focus: 'How does the person describe their gender?',
}

function explain(rule: EligibilityRule, verdict: Verdict, facts: EligibilityFacts): string {
  const sentence = ruleSentence(rule)
  if (verdict === 'ask') return `${sentence}. Ask: ${QUESTIONS[rule.rule]}`
  if (verdict === 'eligible') return sentence
  if (rule.rule === 'age') return `${sentence}: this person is ${facts.age}`
  if (rule.rule === 'area') {
    const where = (facts.wardCode && wardName(facts.wardCode)) ?? (facts.postcode && postcodeDistrict(facts.postcode))
    return `${sentence}: this person lives in ${where ?? 'another area'}`
  }
  return `${sentence}: this does not fit`
}

/** Judges every rule. One that fails decides; else one that cannot be judged leads to a question. */
export function assess(facts: EligibilityFacts, rules: EligibilityRule[]): { verdict: Verdict; reasons: Reason[] } {
  const reasons = rules.map((rule) => {
    const verdict = judge(rule, facts)
    return { rule: rule.rule, verdict, text: explain(rule, verdict, facts) }
  })
  const verdicts = reasons.map(({ verdict }) => verdict)
  const verdict = verdicts.includes('not_eligible') ? 'not_eligible' : verdicts.includes('ask') ? 'ask' : 'eligible'
  return { verdict, reasons }
}
