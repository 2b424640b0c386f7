import { isDay } from '../domain/day.ts'
import { Refusal } from '../domain/refusal.ts'

export interface Page<T> {
  items: T[]
  /** Opaque: hand it back as `after` for the next page; null on the last one. */
  next: string | null
}

export const PAGE_SIZE = { usual: 50, most: 200 }

/** A day or a moment as this service writes them: what Date.parse makes of other texts, a database may not take. */
function isSortValue(text: string): boolean {
  if (isDay(text)) return true
  const at = Date.parse(text)
  return !Number.isNaN(at) && new Date(at).toISOString() === text && isDay(text.slice(0, 10))
}

const ID = /^[\w-]{1,64}$/

interface Cursor {
  value: string
  id: string
}

/** Opaque: what `readCursor` understands. */
export function cursorOf(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url')
}

/** Refuses a cursor that this service cannot have given out for a list whose places look like this. */
export function readCursor(text: string | undefined, isPlace = isSortValue): Cursor | undefined {
  if (text === undefined) return undefined
  try {
    const [value, id, ...rest]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    const isWhole = typeof value === 'string' && typeof id === 'string' && rest.length === 0
    if (isWhole && isPlace(value) && ID.test(id)) return { value, id }
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new Refusal('invalid-input', 'The list has moved on. Start again from its first page.', [
    { pointer: '/after', code: 'bad-cursor', detail: 'This is not a cursor of this list.' },
  ])
}

/** Cuts a page out of rows that were asked for with one row more than the page holds. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  cursor: (row: Row) => Cursor,
  items: (rows: Row[]) => Item[],
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: items(shown), next: rows.length > limit && last ? cursorOf(cursor(last)) : null }
}
