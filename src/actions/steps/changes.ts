import type { ColumnChanges } from '../../store/schema.ts'

// Who and what a record is never changes; its version and its age are the history's own; long texts are not kept twice.
const NOT_TOLD = new Set([
  'id',
  'version',
  'changedAt',
  'reference',
  'personId',
  'referralId',
  'groupId',
  'projectId',
  'whatMattersToMe',
  'closingSummary',
  'projectBasisReason',
  'overrideReason',
  'note',
])

// Why somebody is referred is a text; why a placement ended is a code.
const isTold = (row: object) => (column: string) =>
  !NOT_TOLD.has(column) && !(column === 'reason' && 'whatMattersToMe' in row)

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

const asJson = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null))

// Only lists and objects have to be written out to be compared.
const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (isWhole(a) && isWhole(b) && JSON.stringify(a) === JSON.stringify(b))

const isWhole = (value: unknown): boolean => typeof value === 'object' && value !== null

/** What a step changed of a record; of a new one, all that it is. */
export function changesBetween(before: object | undefined, after: object): ColumnChanges {
  const old = (before ?? {}) as Record<string, unknown>
  const isColumnTold = isTold(after)
  const changes: ColumnChanges = {}
  for (const [column, value] of Object.entries(after)) {
    if (!isColumnTold(column)) continue
    const [was, is] = [asJson(old[column]), asJson(value)]
    if (!isSame(was, is)) changes[column] = [was, is]
  }
  return changes
}

/** A record as history tells it: what `fold` of its events must give. */
export function toldState(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => isTold(row)(column))
      .map(([column, value]) => [column, asJson(value)]),
  )
}

/** The columns as they were before, ready to be stored again. */
export function columnsBefore(changes: ColumnChanges): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(changes).map(([column, [was]]) => [
      column,
      typeof was === 'string' && MOMENT.test(was) ? new Date(was) : was,
    ]),
  )
}
