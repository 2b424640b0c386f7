import type { Day } from '../domain/day.ts'
import { type Content, composeFrom } from './compose.ts'

/** One thing that happened, as a digest says it: nothing else is there that its template could give away. */
export interface DigestLine {
  reference: string
  says: string
  at: Date
  /** The day by which the reader answers; null where nothing is awaited. */
  replyBy: Day | null
  /** That day is past. */
  isLate: boolean
  /** Where the project deals with it without signing in; null where there is no such page. */
  link: string | null
}

export interface DigestFacts {
  lines: DigestLine[]
  /** How many things happened in all, and how many of them are not among the lines. */
  count: number
  more: number
  /** How many should have been dealt with by now. */
  late: number
  firstReplyBy: Day | null
  isDaily: boolean
  link: string
}

export function composeDigestMail(facts: DigestFacts): Content {
  return composeFrom(
    'email/digest/digest.njk',
    facts,
    facts.lines.flatMap(({ link }) => link ?? []),
  )
}
