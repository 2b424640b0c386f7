import { addWeeks, type Day, londonDay } from './day.ts'
import { Refusal } from './refusal.ts'

/** What came of pointing somebody to something open. */
export const SIGNPOST_ANSWERS = ['went', 'did_not_go', 'not_yet'] as const
export type SignpostAnswer = (typeof SIGNPOST_ANSWERS)[number]

export const SIGNPOST_ANSWER_WORDS: Record<SignpostAnswer, string> = {
  went: 'Went',
  did_not_go: 'Did not go',
  not_yet: 'Not yet',
}

/**
 * Most open things meet once a week or once a month: after three weeks somebody has had a fair chance to go, and still
 * remembers how it was.
 */
const ASK_AFTER_WEEKS = 3

/** The day on which the navigator is asked whether the person went. */
export function askOn(now: Date): Day {
  return addWeeks(londonDay(now), ASK_AFTER_WEEKS)
}

/** What an answer leaves of the question: "not yet" asks again, the others are the end of it. */
export function answerSignpost(
  signpost: { answer: SignpostAnswer | null },
  answer: SignpostAnswer,
  now: Date,
): { answer: SignpostAnswer; answeredAt: Date; askOn: Day | null } {
  if (signpost.answer === answer && answer !== 'not_yet')
    throw new Refusal('wrong-status', 'This answer is recorded already.')
  return { answer, answeredAt: now, askOn: answer === 'not_yet' ? askOn(now) : null }
}
