import { describe, expect, test } from 'vitest'
import { assessFor, type EligibilityRule, type Verdict } from '../../src/domain/eligibility.ts'
import { isOwnQuestion } from '../../src/domain/eligibility-questions.ts'
import { answersIn, factsAfterMoving, factsWith } from '../../src/domain/known-facts.ts'
import type { PersonFacts } from '../../src/domain/person.ts'
import { FACTS } from './eligibility-cases.ts'

const nowhere = { ...FACTS, postcode: null, wardCode: null, answers: undefined }
const area = (name: string): EligibilityRule => ({ rule: 'area', districts: ['SO18'], wards: [], name })
const INVITED: EligibilityRule = {
  rule: 'route',
  kinds: [],
  organisations: [],
  originalOnly: false,
  invitedTo: 'Tuesday group',
  says: 'By invitation only',
}
const MEMBER: EligibilityRule = { rule: 'ask', question: 'Are you a member?', wants: 'yes' }
const BARRED: EligibilityRule = { rule: 'exclusion', who: 'have been asked to leave' }
const ALLOTMENT = { id: 'p1', name: 'Allotment' }
const SHED = { id: 'p2', name: 'Shed' }
const NO_RULES = { rules: [] }

/** Every question that a project, and a group of it, would have answered now, as they come back from the page. */
function askedBy(project: typeof SHED, rules: EligibilityRule[], group: { id: string; name: string } | null = null) {
  const own = group ? { ...project, ...NO_RULES } : { ...project, rules }
  const judged = (facts: PersonFacts) => assessFor({ ...nowhere, ...facts }, own, group ? { ...group, rules } : null)
  return {
    verdict: (facts: PersonFacts): Verdict => judged(facts).verdict,
    answered: (answer: boolean, before: PersonFacts = {}) =>
      factsWith(
        before,
        judged(before).reasons.flatMap(({ rule, question, of }) => (question ? [{ rule, question, of, answer }] : [])),
      ),
    questions: judged({}).reasons.map(({ question }) => question),
  }
}

describe('a question that others could mean otherwise', () => {
  test.each<[string, EligibilityRule]>([
    ['our neighbourhoods', area('our neighbourhoods')],
    ['the area', area('the area')],
    ['walking distance', area('Walking distance from here')],
    ['an invitation', INVITED],
    ['a question of their own', MEMBER],
    ['whom it is not for', BARRED],
    ['what they call a diagnosis', { rule: 'diagnosis', anyOf: ['adhd'], name: 'one of our diagnoses' }],
  ])('%s: names its project, and its answer counts there alone', (_, rule) => {
    const [allotment, shed] = [askedBy(ALLOTMENT, [rule]), askedBy(SHED, [rule])]
    expect(isOwnQuestion(rule)).toBe(true)
    expect(allotment.questions[0]).toMatch(/^Allotment asks: [A-Z].*\?$/)
    const [yes, no] = [allotment.answered(true), allotment.answered(false)]
    expect([allotment.verdict(yes), allotment.verdict(no)].sort()).toEqual(['eligible', 'not_eligible'])
    expect([shed.verdict(yes), shed.verdict(no)]).toEqual(['ask', 'ask'])
  })

  test('of one group names both, and counts for no other group of the project, nor for one of the same name', () => {
    const ask = (project: typeof SHED, id: string) => askedBy(project, [INVITED], { id, name: 'Tuesday group' })
    const first = ask(ALLOTMENT, 'g1')
    expect(first.questions).toEqual(['Tuesday group of Allotment asks: Has the person been invited to Tuesday group?'])
    const facts = first.answered(true)
    expect(first.verdict(facts)).toBe('eligible')
    expect([ask(ALLOTMENT, 'g2'), ask(SHED, 'g3')].map(({ verdict }) => verdict(facts))).toEqual(['ask', 'ask'])
    const namesake = askedBy({ ...ALLOTMENT, id: 'p3' }, [MEMBER])
    expect(namesake.verdict(askedBy(ALLOTMENT, [MEMBER]).answered(true))).toBe('ask')
  })

  test('names nothing twice', () => {
    const { questions } = askedBy(ALLOTMENT, [{ ...INVITED, invitedTo: 'the allotment' }])
    expect(questions).toEqual(['Has the person been invited to the allotment?'])
  })
})

describe('a question that means the same to all', () => {
  test.each<[string, EligibilityRule]>([
    ['a place by its name', area('Bevois, Bargate or St Mary’s')],
    ['a postcode district', area('SO14')],
    ['a diagnosis', { rule: 'diagnosis', anyOf: ['adhd'], name: 'ADHD' }],
    ['what somebody recovers from', { rule: 'recovering_from', anyOf: ['alcohol'], name: 'alcohol use' }],
    ['a fall', { rule: 'fall_or_at_risk' }],
    ['travel', { rule: 'travel' }],
  ])('%s: is answered once', (_, rule) => {
    const unknown = { ...nowhere, diagnoses: undefined, recoveringFrom: undefined, fallOrAtRisk: undefined }
    const judged = (facts: PersonFacts) =>
      assessFor({ ...unknown, canTravel: undefined, ...facts }, { ...SHED, rules: [rule] }, null)
    const [reason] = assessFor({ ...unknown, canTravel: undefined }, { ...ALLOTMENT, rules: [rule] }, null).reasons
    const { question = '', of } = reason ?? {}
    expect([question.includes('Allotment'), of]).toEqual([false, undefined])
    expect(judged(factsWith({}, [{ rule: rule.rule, question, answer: true }])).verdict).toBe('eligible')
  })
})

describe('answers that were kept before their rule was', () => {
  const before: PersonFacts = {
    answers: [
      { question: 'Does the person live, or mostly stay, in SO14?', answer: true },
      { question: 'Has the person been invited to Tuesday group?', answer: true },
      { question: 'Has the person been invited to Allotment?', answer: true },
    ],
  }

  test('count where their words can mean one thing only', () => {
    expect(askedBy(SHED, [area('SO14')]).verdict(before)).toBe('eligible')
    expect(askedBy(ALLOTMENT, [{ ...INVITED, invitedTo: 'Allotment' }]).verdict(before)).toBe('eligible')
    expect(askedBy(ALLOTMENT, [INVITED]).verdict(before)).toBe('ask')
  })

  test('are shown, and can be taken back', () => {
    expect(answersIn(before).map(({ rule }) => rule)).toEqual(['ask', 'ask', 'ask'])
    expect(
      factsWith(
        before,
        answersIn(before).map((one) => ({ ...one, answer: null })),
      ),
    ).toEqual({})
  })
})

test('whoever moves is asked again where they live, and nothing else', () => {
  const facts: PersonFacts = {
    fallOrAtRisk: true,
    answers: [
      {
        question: 'Allotment asks: Does the person live, or mostly stay, in the area?',
        answer: true,
        rule: 'area',
        of: 'p1',
      },
      { question: 'Does the person live, or mostly stay, in SO14?', answer: false },
      { question: 'Shed asks: Are you a member?', answer: true, rule: 'ask', of: 'p2' },
    ],
  }
  expect(factsAfterMoving(facts)).toEqual({ fallOrAtRisk: true, answers: facts.answers?.slice(2) })
  expect(factsAfterMoving({ answers: facts.answers?.slice(0, 2) })).toEqual({})
})

test('a kind of rule by the name of something else changes no fact', () => {
  const answer = { rule: 'toString' as 'ask', question: 'Is it?', answer: true }
  expect(factsWith({}, [answer])).toEqual({ answers: [{ question: 'Is it?', answer: true, rule: 'toString' }] })
})
