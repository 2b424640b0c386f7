import { PLACEMENT_WORDS, type PlacementStatus } from '../../domain/placement-moves.ts'
import { REFERRAL_WORDS, type ReferralStatus } from '../../domain/referral-moves.ts'
import type { Priority } from '../../domain/referral-request.ts'

export type TagColour = 'blue' | 'purple' | 'aqua-green' | 'green' | 'yellow' | 'orange' | 'red' | 'grey' | 'white'

export interface Tag {
  text: string
  colour: TagColour
}

// One meaning for each colour, on every page: blue waits to be looked at, yellow waits for an answer, purple and
// aqua-green are under way, green is what everybody hoped for, orange came back, grey is over, red is late.
const REFERRAL_COLOURS: Record<ReferralStatus, TagColour> = {
  submitted: 'blue',
  assigned: 'purple',
  information_needed: 'yellow',
  contacted: 'purple',
  active: 'aqua-green',
  on_hold: 'yellow',
  redirected: 'yellow',
  completed: 'green',
  closed_early: 'grey',
  disengaged: 'grey',
  unreachable: 'grey',
  not_suitable: 'grey',
  duplicate: 'grey',
  withdrawn: 'grey',
  transferred: 'grey',
}

const PLACEMENT_COLOURS: Record<PlacementStatus, TagColour> = {
  sent: 'blue',
  seen: 'blue',
  information_needed: 'yellow',
  waitlisted: 'yellow',
  paused: 'yellow',
  offered: 'purple',
  accepted: 'purple',
  booked: 'purple',
  started: 'aqua-green',
  did_not_start: 'orange',
  declined: 'orange',
  redirected: 'orange',
  no_response: 'orange',
  recalled: 'grey',
  withdrawn: 'grey',
  returned: 'grey',
  completed: 'green',
  left_early: 'grey',
  disengaged: 'grey',
  moved_on: 'green',
}

export function referralTag(status: ReferralStatus): Tag {
  return { text: REFERRAL_WORDS[status], colour: REFERRAL_COLOURS[status] }
}

export function placementTag(status: PlacementStatus): Tag {
  return { text: PLACEMENT_WORDS[status], colour: PLACEMENT_COLOURS[status] }
}

const PRIORITY_TAGS: Record<Priority, Tag | null> = {
  routine: null,
  priority: { text: 'Priority', colour: 'orange' },
  urgent: { text: 'Urgent', colour: 'red' },
}

/** Routine is the rule, and needs no tag. */
export function priorityTag(priority: Priority): Tag | null {
  return PRIORITY_TAGS[priority]
}
