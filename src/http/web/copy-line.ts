import { londonDay, writtenDay } from '../../domain/day.ts'
import { reasonWords } from './words.ts'

interface Told {
  reference: string
  statusText: string
  closedAt: Date | null
  changedAt: Date
  summary: string | null
  reason: string | null
  /** Where it stands while it is open: "Has a place at Community Roots". */
  caption: string
  placements: { projectName: string; statusText: string }[]
}

function sentences(parts: (string | null)[]): string {
  return parts
    .map((part) => (part ?? '').replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

/** A referral in one line, to copy into the person's record: how it ended, or how far it is. */
export function lineToCopy(told: Told): string {
  const { reference, statusText, closedAt, changedAt, summary, reason, caption, placements } = told
  const start = `Social prescribing ${reference}`
  if (!closedAt) return sentences([`${start}, ${writtenDay(londonDay(changedAt))}: ${caption}`])
  return sentences([
    `${start}: ${statusText.toLowerCase()} ${writtenDay(londonDay(closedAt))}`,
    ...placements.map((one) => `${one.projectName}: ${one.statusText.toLowerCase()}`),
    summary ?? reasonWords(reason),
  ])
}
