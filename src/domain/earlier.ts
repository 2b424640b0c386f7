import { londonDay, writtenDay } from './day.ts'
import { CLOSED_PLACEMENT, PLACEMENT_WORDS, type PlacementStatus } from './placement-moves.ts'

/** A placement under the same referral, as far as it tells of what was tried before. */
export interface Earlier {
  projectId: string
  status: PlacementStatus
  reason: string | null
  startedAt: Date | null
  endedAt: Date | null
}

/** Taken back before anything came of it: neither the project nor the person has said anything. */
const NOTHING_CAME: readonly PlacementStatus[] = ['recalled', 'returned']
const NOBODY_SAID_NO: readonly string[] = ['sent_in_error', 'referral_closed']

function isTried({ status, reason }: Earlier): boolean {
  const isOver = (CLOSED_PLACEMENT as readonly string[]).includes(status)
  return isOver && !NOTHING_CAME.includes(status) && !NOBODY_SAID_NO.includes(reason ?? '')
}

/** The projects where it was tried and is over. Where somebody is again now, it is not over. */
export function triedBefore(placements: readonly Earlier[]): ReadonlySet<string> {
  const isOver = ({ status }: Earlier) => (CLOSED_PLACEMENT as readonly string[]).includes(status)
  const now = new Set(placements.filter((one) => !isOver(one)).map(({ projectId }) => projectId))
  return new Set(placements.filter(isTried).flatMap(({ projectId }) => (now.has(projectId) ? [] : [projectId])))
}

const MOST_WRITTEN = 120

/** A note as it was written, as much of it as one line holds. */
function inShort(note: string): string {
  const line = note.replace(/\s+/g, ' ').trim()
  if (line.length <= MOST_WRITTEN) return `“${line}”`
  return `“${line.slice(0, line.lastIndexOf(' ', MOST_WRITTEN))} …”`
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** "Was here before: moved on on 19 November 2026. “Goes to a nearer club”", "Declined on 3 March 2026: no room". */
export function earlierWords(
  { status, startedAt, endedAt }: Omit<Earlier, 'projectId' | 'reason'>,
  { group, reason, note }: { group: string; reason: string | null; note: string | null },
): string {
  const what = PLACEMENT_WORDS[status]
  const on = endedAt ? `, ${writtenDay(londonDay(endedAt))}` : ''
  const how = `${startedAt ? 'Was here before' : 'Sent here before'} (${group}): ${lowerFirst(what)}${on}`
  const why = reason ? `. ${reason}` : ''
  return `${how}${why}${note ? `. ${inShort(note)}` : ''}`
}
