import { dayWords } from '../../templates.ts'

interface Room {
  capacityKind: 'open' | 'places' | 'one_to_one'
  free: number | null
  isFull: boolean
  waiting: number
  confirmedAt: Date | null
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
