import { daysBetween, londonDay } from './day.ts'
import { countsFrom, workingDaysBetween } from './working-day.ts'

/** One placement as far as it tells how its project answers. */
export interface Answered {
  sentAt: Date
  /** The first decision: taken on (at once or by the waiting list), or not. */
  answer: { at: Date; isYes: boolean } | null
  startedAt: Date | null
}

export interface Responsiveness {
  answered: number
  accepted: number
  replyDays: number | null
  waitLowDays: number | null
  waitHighDays: number | null
  waited: number
}

/** Of fewer nothing is shown: one slow week would stand for a project, and one person could be recognised. */
const LEAST_ANSWERS = 10

/** The value below which this share of them lies. */
function atShare(sorted: number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}

const inOrder = (numbers: number[]): number[] => numbers.toSorted((a, b) => a - b)

export function responsivenessOf(placements: Answered[]): Responsiveness {
  const replies: number[] = []
  const waits: number[] = []
  let accepted = 0
  for (const { sentAt, answer, startedAt } of placements) {
    if (answer) replies.push(Math.max(0, workingDaysBetween(countsFrom(sentAt), londonDay(answer.at))))
    if (answer?.isYes) accepted++
    if (startedAt) waits.push(Math.max(0, daysBetween(londonDay(sentAt), londonDay(startedAt))))
  }
  const waited = inOrder(waits)
  return {
    answered: replies.length,
    accepted,
    replyDays: atShare(inOrder(replies), 0.5),
    waitLowDays: atShare(waited, 0.25),
    waitHighDays: atShare(waited, 0.75),
    waited: waits.length,
  }
}

function daysWords(days: number, unit = 'day'): string {
  return `${days} ${unit}${days === 1 ? '' : 's'}`
}

/** How a project answers, in sentences that say of how many they tell; none where they are too few. */
export function responseWords({ answered, accepted, replyDays }: Responsiveness) {
  if (answered < LEAST_ANSWERS || replyDays === null) return []
  const reply = replyDays === 0 ? 'the same day' : `in ${daysWords(replyDays, 'working day')}`
  return [`Usually replies ${reply}. Took on ${accepted} of ${answered} people in the last 12 months.`]
}
