import { priceWords } from './cost.ts'
import type { SessionTime } from './directory.ts'
import { ACCESS, LOCATION_KIND_WORDS } from './directory.ts'
import type { EligibilityRule } from './eligibility-rules.ts'
import { ruleSentence } from './eligibility-words.ts'
import { GROUP_LABELS, LOCATION_LABELS, PROJECT_LABELS } from './entry-labels.ts'
import { needLabel } from './needs.ts'
import { timesWords } from './session-times.ts'

/** Columns by whose they are; what is missing here is nobody's business in a history. */
const LABELS: Record<string, Record<string, string>> = {
  project: PROJECT_LABELS,
  group: GROUP_LABELS,
  location: LOCATION_LABELS,
}

const CAPACITY_WORDS: Record<string, string> = {
  open: 'Open to all',
  places: 'A number of places',
  one_to_one: 'One to one',
}

const KIND_WORDS: Record<string, string> = LOCATION_KIND_WORDS

function valueWords(column: string, value: unknown, places: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return 'Nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'Nothing' : listWords(column, value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (column === 'costPence') return priceWords(Number(value)) ?? ''
  if (column === 'locationId') return places.get(String(value)) ?? 'Another place'
  if (column === 'kind') return KIND_WORDS[String(value)] ?? String(value)
  return CAPACITY_WORDS[String(value)] ?? String(value)
}

function listWords(column: string, list: unknown[]): string {
  if (column === 'rules') return (list as EligibilityRule[]).map((rule) => ruleSentence(rule)).join('. ')
  if (column === 'times') return timesWords(list as SessionTime[])
  if (column === 'needs') return list.map((code) => needLabel(String(code))).join(', ')
  if (column === 'access') return list.map((code) => ACCESS[code as keyof typeof ACCESS] ?? String(code)).join(', ')
  return list.join(', ')
}

type Changes = Record<string, [unknown, unknown]> | null

/**
 * What one event changed of a project, a group or a place, in words: before and after, only where the words differ.
 * @param places names of the places that a group moved between
 */
export function changedWords(subject: string, changes: Changes, places: ReadonlyMap<string, string> = new Map()) {
  return Object.entries(changes ?? {}).flatMap(([column, [was, is]]) => {
    const label = LABELS[subject]?.[column]
    const [before, after] = [valueWords(column, was, places), valueWords(column, is, places)]
    return label && before !== after ? [{ label, before, after }] : []
  })
}

interface Told {
  type: string
  subjectKind: string
  subjectId: string
  changes: Changes
}

/** Every place that a group of these moved from or to. */
export function placesIn(events: readonly Told[]): string[] {
  return events.flatMap(({ changes }) => changes?.locationId ?? []).filter((id): id is string => typeof id === 'string')
}

/**
 * Leaves out what happened to a place before a group of the entry met there, and after the last one had left.
 * @param events newest first, none left out before the oldest
 * @param groups every group that there ever was, as it stands now
 */
export function ofTheirPlaces<E extends Told>(
  events: readonly E[],
  groups: readonly { id: string; locationId: string | null; cancelledAt: Date | null }[],
): E[] {
  const at = new Map(groups.map(({ id, locationId, cancelledAt }) => [id, cancelledAt ? null : locationId]))
  const last = new Map(groups.map(({ id, locationId }) => [id, locationId]))
  return events.filter(({ type, subjectKind, subjectId, changes }) => {
    if (subjectKind === 'location') return type === 'location.changed' && [...at.values()].includes(subjectId)
    if (type === 'group.cancelled') at.set(subjectId, last.get(subjectId) ?? null)
    if (subjectKind === 'group' && changes?.locationId) at.set(subjectId, changes.locationId[0] as string | null)
    return true
  })
}
