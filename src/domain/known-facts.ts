import type { RuleKind } from './eligibility-rules.ts'
import { questionOf } from './eligibility-words.ts'
import type { Answer, PersonFacts } from './person.ts'

/** A question that a rule asked, and the answer; null takes an earlier answer back. */
export interface AskedAnswer {
  rule: RuleKind
  question: string
  answer: boolean | null
}

// These are the same whoever asks; every other answer is one to the very words of a question.
const OF_THE_PERSON = {
  severe_mental_illness: 'severeMentalIllness',
  fall_or_at_risk: 'fallOrAtRisk',
  travel: 'canTravel',
} as const satisfies Partial<Record<RuleKind, keyof PersonFacts>>

const isOfThePerson = (rule: RuleKind): rule is keyof typeof OF_THE_PERSON => rule in OF_THE_PERSON
const said = (question: string) => question.toLowerCase().replace(/\s+/g, ' ').trim()

/** What is known of somebody with what they were asked now. What is not known any more is left out. */
export function factsWith(facts: PersonFacts, asked: AskedAnswer[]): PersonFacts {
  const { answers = [], ...known } = facts
  const isAskedNow = ({ question }: Answer) => asked.some((one) => said(one.question) === said(question))
  const kept = answers.filter((one) => !isAskedNow(one))
  for (const { rule, question, answer } of asked) {
    if (isOfThePerson(rule)) {
      if (answer === null) delete known[OF_THE_PERSON[rule]]
      else known[OF_THE_PERSON[rule]] = answer
    } else if (answer !== null) kept.push({ question, answer })
  }
  return { ...known, ...(kept.length > 0 ? { answers: kept } : {}) }
}

/** What somebody was asked and said, as questions with their answers. */
export function answersIn(facts: PersonFacts): (AskedAnswer & { answer: boolean })[] {
  const ofThePerson = Object.entries(OF_THE_PERSON).flatMap(([kind, fact]) => {
    const rule = kind as keyof typeof OF_THE_PERSON
    const answer = facts[fact]
    return answer === undefined ? [] : [{ rule, question: questionOf({ rule }), answer }]
  })
  return [...ofThePerson, ...(facts.answers ?? []).map((one) => ({ rule: 'ask' as const, ...one }))]
}
