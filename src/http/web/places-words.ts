import type { Day } from '../../domain/day.ts'
import { dayWords } from '../../templates.ts'

interface Room {
  capacityKind: 'open' | 'places' | 'one_to_one'
  free: number | null
  isFull: boolean
  waiting: number
  confirmedAt: Date | null
}

interface Intake {
  paused: boolean
  isOpen: boolean
  reopensOn: Day | null
}

/** How much room a group has, in words. What nobody has confirmed lately is never called free. */
export function roomWords({ capacityKind, free, isFull, waiting, confirmedAt }: Room): string {
  const queue = waiting > 0 ? `, ${waiting} waiting` : ''
  if (capacityKind === 'open') return 'Open to everybody: no limit'
  if (isFull) return `Full${queue}`
  const what = capacityKind === 'one_to_one' ? 'volunteer' : 'place'
  if (free !== null) return `${free} ${what}${free === 1 ? '' : 's'} free${queue}`
  const since = confirmedAt ? `last confirmed ${dayWords(confirmedAt)}` : 'never confirmed'
  return `Free places not known (${since})${queue}`
}

/** That a group is paused, and until when; null where it is not. */
export function pauseWords({ paused, isOpen, reopensOn }: Intake): string | null {
  if (!paused || isOpen) return null
  return reopensOn ? `Paused until ${dayWords(reopensOn)}` : 'Paused until you open it'
}

/**
 * Whether nobody need wait: a place is known to be free, the group takes people, and nobody else stands in line. A page then
 * does not offer the waiting list as if it were as good as a yes.
 */
export function nobodyNeedWait({
  capacityKind,
  free,
  waiting,
  intake,
}: Room & { intake: Pick<Intake, 'isOpen'> }): boolean {
  return intake.isOpen && waiting === 0 && (capacityKind === 'open' || (free !== null && free > 0))
}
