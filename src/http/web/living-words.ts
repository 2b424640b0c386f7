import type { WhereTheyLive } from '../../actions/people/where-they-live.ts'
import { writtenDay } from '../../domain/day.ts'

/** Where somebody lives and their practice, as lines of a page; nothing where nothing is known. */
export function livingLines(livesIn: WhereTheyLive | null): { term: string; text: string }[] {
  if (!livesIn) return []
  const { ward, district, area, locality, practice } = livesIn
  const place = [area, locality].filter(Boolean).join(', ')
  return [
    ...(ward || district ? [{ term: 'Area', text: place }] : []),
    ...(practice ? [{ term: 'Practice', text: practiceWords(practice) }] : []),
  ]
}

function practiceWords({ odsCode, name, closedOn, isUnknown }: NonNullable<WhereTheyLive['practice']>): string {
  if (isUnknown) return `${odsCode}. No practice on the list has this code: check it`
  const closed = closedOn ? `, closed on ${writtenDay(closedOn)}` : ''
  return name ? `${name} (${odsCode})${closed}` : odsCode
}
