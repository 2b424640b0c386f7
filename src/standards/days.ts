import { isDay } from '../domain/day.ts'
import type { FieldReader } from './read-fields.ts'

/** A day that a database can hold: the year 0 is none in PostgreSQL. */
export const isSensible = (day: string) => isDay(day) && day >= '1900'

/** A calendar day, also where a moment was written. */
export function dayOf(reader: FieldReader, from: Record<string, unknown>, name: string): string | null {
  const text = reader.line(from, name, 40)
  if (text === null) return null
  const day = text.slice(0, 10)
  if (isSensible(day)) return day
  reader.note(`${name} is no day`)
  return null
}
