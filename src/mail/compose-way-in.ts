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

/** A group whose register, or whose places, somebody is asked for. */
export interface GroupFacts extends WayInFacts {
  group: string
  /** The day of the session, or the day on which it was asked. */
  on: Day
}

/** A one-time code, which goes where the link went that asked for it. */
export interface CodeFacts {
  code: string
  minutes: number
  link: null
}

type GroupNotice = 'register-to-take' | 'places-to-confirm'

export function composeEntryCheck(facts: EntryFacts): Content {
  return composeFrom('email/access/entry-to-check.njk', facts)
}

export function composeForGroup(notice: GroupNotice, facts: GroupFacts): Content {
  return composeFrom(`email/access/${notice}.njk`, facts)
}

export function composeCode(facts: CodeFacts): Content {
  return composeFrom('email/access/link-code.njk', facts)
}

export function composeWayIn(
  notice: Exclude<AccessNotice, 'entry-to-check' | 'link-code' | GroupNotice>,
  facts: WayInFacts,
): Content {
  return composeFrom(`email/access/${notice}.njk`, facts)
}
