import { type Day, shortDay, writtenDay } from '../../domain/day.ts'

/** "December 2026". */
export function writtenMonth(day: Day): string {
  return writtenDay(day).replace(/^\d+ /, '')
}

/** "Dec". */
export function shortMonth(day: Day): string {
  return shortDay(day).split(' ').at(-1) ?? ''
}
