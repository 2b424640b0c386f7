import { asCompared, asksWhereTheyLive, questionOf } from './eligibility-questions.ts'
import type { RuleKind } from './eligibility-rules.ts'
import type { Answer, PersonFacts } from './person.ts'

/** A question that a rule asked, and the answer; null takes an earlier answer back. */
export interface AskedAnswer {
  rule: RuleKind
  question: string
  /** Whose question it is, where it is one project's or group's alone. */
  of?: string | undefined
  answer: boolean | null
}

// These are the same whoever asks; every other answer is one to the very words of a question.
const OF_THE_PERSON = {
  severe_mental_illness: 'severeMentalIllness',
  fall_or_at_risk: 'fallOrAtRisk',
  travel: 'canTravel',
} as const satisfies Partial<Record<RuleKind, keyof PersonFacts>>

const isOfThePerson = (rule: RuleKind): rule is keyof typeof OF_THE_PERSON => Object.hasOwn(OF_THE_PERSON, rule)

/** What is known of somebody with what they were asked now. What is not known any more is left out. */
export function factsWith(facts: PersonFacts, asked: AskedAnswer[]): PersonFacts {
  const { answers = [], ...known } = facts
  // An answer without its rule is from before, and whose it was is not known: the words alone say that it is the same.
  const isSame = (one: Answer, now: AskedAnswer) =>
    asCompared(now.question) === asCompared(one.question) && (one.rule === undefined || one.of === now.of)
  const kept = answers.filter((one) => !asked.some((now) => isSame(one, now)))
  for (const { rule, question, of, answer } of asked) {
    if (isOfThePerson(rule)) {
      if (answer === null) delete known[OF_THE_PERSON[rule]]
      else known[OF_THE_PERSON[rule]] = answer
    } else if (answer !== null) kept.push({ question, answer, rule, ...(of === undefined ? {} : { of }) })
  }
  return withAnswers(known, kept)
}

function withAnswers(known: PersonFacts, answers: Answer[]): PersonFacts {
  return { ...known, ...(answers.length > 0 ? { answers } : {}) }
}

/** What is still known of somebody who lives elsewhere now: what they said of the place before was true of that one. */
export function factsAfterMoving({ answers = [], ...known }: PersonFacts): PersonFacts {
  const isOfHome = ({ rule, question }: Answer) => (rule === undefined ? asksWhereTheyLive(question) : rule === 'area')
  return withAnswers(
    known,
    answers.filter((one) => !isOfHome(one)),
  )
}

/** What somebody was asked and said, as questions with their answers. */
export function answersIn(facts: PersonFacts): (AskedAnswer & { answer: boolean })[] {
  const ofThePerson = Object.entries(OF_THE_PERSON).flatMap(([kind, fact]) => {
    const rule = kind as keyof typeof OF_THE_PERSON
    const answer = facts[fact]
    return answer === undefined ? [] : [{ rule, question: questionOf({ rule }), answer }]
  })
  const others = (facts.answers ?? []).map((one) => ({ ...one, rule: (one.rule ?? 'ask') as RuleKind }))
  return [...ofThePerson, ...others]
}
