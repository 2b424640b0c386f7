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

export function composeWayIn(notice: AccessNotice, facts: WayInFacts): Content {
  return composeFrom(`email/access/${notice}.njk`, facts)
}
