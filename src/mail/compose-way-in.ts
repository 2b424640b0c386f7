import type { Day } from '../domain/day.ts'
import type { AccessNotice } from '../domain/notices.ts'
import { type Content, composeFrom } from './compose.ts'

/** All that an e-mail with a way in may be made of. */
export interface WayInFacts {
  organisation: string
  /** The last day on which the link works. */
  until: Day
  link: string
}

/** A project's entry that is to be looked at. */
export interface EntryFacts extends WayInFacts {
  project: string
}

export function composeEntryCheck(facts: EntryFacts): Content {
  return composeFrom('email/access/entry-to-check.njk', facts)
}

export function composeWayIn(notice: Exclude<AccessNotice, 'entry-to-check'>, facts: WayInFacts): Content {
  return composeFrom(`email/access/${notice}.njk`, facts)
}
