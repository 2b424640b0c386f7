import { isDay } from '../domain/day.ts'
import type { FieldReader } from './read-fields.ts'

/** A calendar day, also where a moment was written. */
export function dayOf(reader: FieldReader, from: Record<string, unknown>, name: string): string | null {
  const text = reader.line(from, name, 40)
  if (text === null) return null
  const day = text.slice(0, 10)
  if (isDay(day)) return day
  reader.note(`${name} is no day`)
  return null
}
