import type { PlacementStatus } from '../../domain/placement-moves.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { REFERRAL_WORDS, type ReferralStatus } from '../../domain/referral-moves.ts'

const STEPS = ['Sent', 'Called', 'Matched', 'Started', 'Closed'] as const

const CALLED: readonly ReferralStatus[] = ['contacted', 'active', 'on_hold', 'completed', 'closed_early', 'disengaged']
const STARTED: readonly PlacementStatus[] = ['started', 'completed', 'left_early', 'disengaged', 'moved_on']
const MATCHED: readonly PlacementStatus[] = ['accepted', 'booked', 'did_not_start', ...STARTED]
// What stands still says so before it says how far it is.
const STILL: Partial<Record<ReferralStatus, string>> = {
  information_needed: 'Waiting for an answer to a question',
  on_hold: 'On hold for a while',
  redirected: 'Waiting for the other team to decide',
}
const ASKED: readonly PlacementStatus[] = ['sent', 'seen', 'information_needed']

export interface Progress {
  /** For those who do not see the dots: "Step 3 of 5, matched: Has a place at Community Roots". */
  label: string
  /** Where it stands in a few words, shown beside the dots. */
  caption: string
  items: { text: string; isDone: boolean; isNow: boolean }[]
}

interface Way {
  status: ReferralStatus
  /** When somebody first spoke with the person, where it is known. */
  contactedAt?: Date | null
  placements: { status: PlacementStatus; projectName: string }[]
}

function captionOf({ status, placements }: Way): string {
  if (!isOpenReferral(status)) return REFERRAL_WORDS[status]
  const named = (among: readonly PlacementStatus[]) => placements.find((placement) => among.includes(placement.status))
  if (STILL[status]) return STILL[status]
  const going = named(['started'])
  if (going) return `Going to ${going.projectName}`
  const matched = named(['accepted', 'booked'])
  if (matched) return `Has a place at ${matched.projectName}`
  const waiting = named(['waitlisted', 'paused', 'offered'])
  if (waiting) return `Waiting for a place at ${waiting.projectName}`
  const asked = named(ASKED)
  if (asked) return `Waiting for an answer from ${asked.projectName}`
  if (placements.some((placement) => STARTED.includes(placement.status))) return 'Agreeing what comes next'
  return CALLED.includes(status) ? 'Finding the right project' : 'Waiting for the first call'
}

/** How far a referral has come, in the five steps that everybody knows. A step that was skipped stays open. */
export function progressOf(way: Way): Progress {
  const had = (among: readonly PlacementStatus[]) => way.placements.some(({ status }) => among.includes(status))
  const done = [
    true,
    CALLED.includes(way.status) || way.placements.length > 0 || Boolean(way.contactedAt),
    had(MATCHED),
    had(STARTED),
    !isOpenReferral(way.status),
  ]
  const last = done.lastIndexOf(true)
  const caption = captionOf(way)
  return {
    label: `Step ${last + 1} of ${STEPS.length}, ${STEPS[last]?.toLowerCase()}: ${caption}`,
    caption,
    items: STEPS.map((text, index) => ({ text, isDone: done[index] ?? false, isNow: index === last })),
  }
}
