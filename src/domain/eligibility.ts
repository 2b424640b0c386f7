import { type Asker, asCompared, isOwnQuestion, questionOf } from './eligibility-questions.ts'
import type { EligibilityRule, RouteKind, RuleKind, RuleOf } from './eligibility-rules.ts'
import { AS_GENDER, ROUTE_WORDS, ruleSentence } from './eligibility-words.ts'
import type { Answer, Gender } from './person.ts'
import { postcodeDistrict, wardName } from './place.ts'

export { EligibilityRule, EligibilityRules, ROUTE_KINDS, type RouteKind, type RuleKind } from './eligibility-rules.ts'
export { ruleSentence } from './eligibility-words.ts'

export interface Referrer {
  kind: RouteKind
  organisation: string | null
}

/** What is known of the person and the way they came. Undefined means not known, and leads to a question. */
export interface EligibilityFacts {
  age: number
  postcode: string | null
  wardCode: string | null
  /** The ward by name, where the official list is loaded. */
  wardName?: string | null | undefined
  /** The part of the city that the ward belongs to. */
  locality?: string | null | undefined
  lsoaCode?: string | null | undefined
  needs: string[]
  gender: Gender | null
  diagnoses?: string[] | undefined
  severeMentalIllness?: boolean | undefined
  recoveringFrom?: string[] | undefined
  fallOrAtRisk?: boolean | undefined
  canTravel?: boolean | undefined
  /** What somebody was asked, and said. */
  answers?: Answer[] | undefined
  /** Who referred first. */
  origin: Referrer
  /** Who would send the person to the project: a navigation service, or the origin itself on a direct route. */
  sender: Referrer
}

export type Verdict = 'eligible' | 'not_eligible' | 'ask'

/** One rule's answer in words that can be read out to the person; with the question where the answer hangs on it. */
export interface Reason {
  rule: RuleKind
  verdict: Verdict
  text: string
  question?: string
  /** The id of the project or group that alone can mean the question; absent where it means the same to all. */
  of?: string
}

const yes = (fits: boolean): Verdict => (fits ? 'eligible' : 'not_eligible')

function known<T>(fact: T | undefined, fits: (fact: T) => boolean): Verdict {
  return fact === undefined ? 'ask' : yes(fits(fact))
}

/** What somebody said to this question: to this project alone where others could mean something else by the same words. */
function answerTo(rule: EligibilityRule, { answers = [] }: EligibilityFacts, asker: Asker | null): boolean | undefined {
  if (answers.length === 0) return undefined
  const question = asCompared(questionOf(rule, asker))
  const of = asker && isOwnQuestion(rule) ? asker.id : undefined
  // Answers were once kept without their rule and whose it is: then the words themselves have to name the project.
  return answers.find((one) => asCompared(one.question) === question && (one.of === of || (!one.rule && !one.of)))
    ?.answer
}

function among(places: string[] | undefined, place: string | null | undefined): boolean | undefined {
  if (!places?.length) return false
  return place ? places.some((one) => asCompared(one) === asCompared(place)) : undefined
}

/** Any of the exact places will do; districts stand in where none of them is known. */
function judgeArea(rule: RuleOf<'area'>, facts: EligibilityFacts): Verdict {
  const exact = [
    among(rule.wards, facts.wardCode),
    among(rule.localities, facts.locality),
    among(rule.lsoas, facts.lsoaCode),
  ]
  if (exact.includes(true)) return 'eligible'
  const isNamed = [rule.wards, rule.localities, rule.lsoas].some((places) => places?.length)
  if (isNamed && !exact.includes(undefined)) return 'not_eligible'
  if (rule.districts.length === 0 || !facts.postcode) return 'ask'
  return yes(rule.districts.includes(postcodeDistrict(facts.postcode)))
}

/** ADHD is adhd: codes are compared whatever their case. */
function sharesACode(wanted: string[], given: string[]): boolean {
  const codes = given.map(asCompared)
  return wanted.some((code) => codes.includes(asCompared(code)))
}

/** Who would rather not say has not said no. */
function statedGender(gender: Gender | null): Gender | undefined {
  return gender === null || gender === 'not_stated' ? undefined : gender
}

/** Whether this rule lets a referral through that came from here. */
export function takesFrom(rule: RuleOf<'route'>, { kind, organisation }: Referrer): boolean {
  return (
    rule.kinds.includes(kind) ||
    // Link workers of a primary care network count as primary care.
    (rule.originalOnly && kind === 'navigation_service' && rule.kinds.includes('gp_practice')) ||
    (organisation !== null && rule.organisations.includes(organisation))
  )
}

/** Whether every rule on who may refer lets this one refer straight. */
export function takesStraightFrom(rules: readonly EligibilityRule[], referrer: Referrer): boolean {
  return rules.every((rule) => rule.rule !== 'route' || takesFrom(rule, referrer))
}

function judgeRoute(rule: RuleOf<'route'>, { origin, sender }: EligibilityFacts): Verdict {
  const senders = rule.originalOnly ? [origin] : [origin, sender]
  if (senders.some((one) => takesFrom(rule, one))) return 'eligible'
  return rule.invitedTo ? 'ask' : 'not_eligible'
}

/** By what is on record alone. */
function judge(rule: EligibilityRule, facts: EligibilityFacts): Verdict {
  switch (rule.rule) {
    case 'age':
      return yes(facts.age >= (rule.min ?? 0) && facts.age <= (rule.max ?? 200))
    case 'area':
      return judgeArea(rule, facts)
    case 'route':
      return judgeRoute(rule, facts)
    case 'need':
      return yes(rule.anyOf.some((code) => facts.needs.includes(code)))
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
    case 'travel':
      return known(facts.canTravel, Boolean)
    case 'exclusion':
      return rule.diagnoses?.length ? known(facts.diagnoses, (has) => !sharesACode(rule.diagnoses ?? [], has)) : 'ask'
    case 'ask':
      return 'ask'
  }
}

/** What is not on record, somebody may have been asked. */
function judgeAsked(rule: EligibilityRule, facts: EligibilityFacts, asker: Asker | null): Verdict {
  const verdict = judge(rule, facts)
  if (verdict !== 'ask') return verdict
  const answer = answerTo(rule, facts, asker)
  const wanted = rule.rule === 'exclusion' ? false : rule.rule === 'ask' ? rule.wants === 'yes' : true
  return known(answer, (given) => given === wanted)
}

function whereFrom(rule: RuleOf<'route'>, { origin, sender }: EligibilityFacts): string {
  const first = ROUTE_WORDS[origin.kind].one
  return rule.originalOnly || sender.kind === origin.kind ? first : `${first}, through ${ROUTE_WORDS[sender.kind].one}`
}

/** Why it does not fit, of this person. */
function objection(rule: EligibilityRule, facts: EligibilityFacts): string {
  switch (rule.rule) {
    case 'age':
      return `this person is ${facts.age}`
    case 'area': {
      const ward = facts.wardCode && (facts.wardName ?? wardName(facts.wardCode))
      return `this person lives in ${ward || (facts.postcode && postcodeDistrict(facts.postcode)) || 'another area'}`
    }
    case 'route':
      return `this referral comes from ${whereFrom(rule, facts)}`
    case 'need':
      return facts.needs.length > 0 ? 'this person needs help with other things' : 'this person has no need on record'
    case 'diagnosis':
      return 'this person has not'
    case 'severe_mental_illness':
      return 'this person has other needs'
    case 'recovering_from':
    case 'fall_or_at_risk':
      return 'this person is not'
    case 'gender_focus':
      return statedGender(facts.gender) ? `this person is ${AS_GENDER[facts.gender ?? 'other']}` : 'this person is not'
    case 'travel':
      return 'this person cannot'
    case 'exclusion':
      return 'this person is one of them'
    case 'ask':
      return `this person’s answer is ${rule.wants === 'yes' ? 'no' : 'yes'}`
  }
}

function explain(rule: EligibilityRule, verdict: Verdict, facts: EligibilityFacts): string {
  const sentence = ruleSentence(rule)
  if (verdict === 'ask') return rule.rule === 'ask' ? `Ask: ${rule.question}` : `${sentence}. Ask: ${questionOf(rule)}`
  if (verdict === 'eligible')
    return rule.rule === 'ask' ? `${sentence} ${rule.wants === 'yes' ? 'Yes' : 'No'}` : sentence
  return `${sentence}: ${objection(rule, facts)}`
}

interface Judgement {
  verdict: Verdict
  reasons: Reason[]
}

function worse(one: Verdict, other: Verdict): Verdict {
  return one === 'not_eligible' || other === 'eligible' ? one : other
}

function askedBy(rule: EligibilityRule, asker: Asker | null): Pick<Reason, 'question' | 'of'> {
  const question = questionOf(rule, asker)
  return asker && isOwnQuestion(rule) ? { question, of: asker.id } : { question }
}

/** One rule that fails decides; else one that cannot be judged leads to a question. */
export function verdictOf(
  facts: EligibilityFacts,
  rules: readonly EligibilityRule[],
  asker: Asker | null = null,
): Verdict {
  let whole: Verdict = 'eligible'
  for (const rule of rules) {
    whole = worse(whole, judgeAsked(rule, facts, asker))
    if (whole === 'not_eligible') return whole
  }
  return whole
}

/** The verdict, and what each rule says to it in words. */
export function assess(
  facts: EligibilityFacts,
  rules: readonly EligibilityRule[],
  asker: Asker | null = null,
): Judgement {
  const reasons = rules.map((rule) => {
    const verdict = judgeAsked(rule, facts, asker)
    const text = explain(rule, verdict, facts)
    return { rule: rule.rule, verdict, text, ...(verdict === 'ask' ? askedBy(rule, asker) : {}) }
  })
  return { verdict: verdictOf(facts, rules, asker), reasons }
}

/** Whose rules are judged. */
export interface Ruled {
  id: string
  name: string
  rules: readonly EligibilityRule[]
}

const askerOf = (project: Ruled, group: Ruled | null): Asker => ({
  id: (group ?? project).id,
  project: project.name,
  group: group?.name ?? null,
})

/** What the rules of a project say, and those of one of its groups on top of them. */
export function verdictFor(facts: EligibilityFacts, project: Ruled, group: Ruled | null): Verdict {
  const whole = verdictOf(facts, project.rules, askerOf(project, null))
  if (!group || group.rules.length === 0) return whole
  return worse(whole, verdictOf(facts, group.rules, askerOf(project, group)))
}

/** The same with the words of each rule. */
export function assessFor(facts: EligibilityFacts, project: Ruled, group: Ruled | null): Judgement {
  const whole = assess(facts, project.rules, askerOf(project, null))
  if (!group || group.rules.length === 0) return whole
  const ofGroup = assess(facts, group.rules, askerOf(project, group))
  return { verdict: worse(whole.verdict, ofGroup.verdict), reasons: [...whole.reasons, ...ofGroup.reasons] }
}
