import { isDay } from '../../domain/day.ts'
import { type FieldFault, text, type Values } from './forms.ts'
import { londonMoment } from './moments.ts'

/** The first session as typed: its moment, or what is missing. */
export function sessionOf(values: Values): { startsAt?: Date; faults: FieldFault[] } {
  const day = text(values, 'day') ?? ''
  const time = text(values, 'time') ?? ''
  const faults: FieldFault[] = []
  if (!isDay(day)) faults.push({ field: 'day', text: 'Enter the day of the session' })
  if (!londonMoment('2026-06-01', time)) faults.push({ field: 'time', text: 'Enter the time, like 10:00' })
  const startsAt = faults.length === 0 ? londonMoment(day, time) : undefined
  return startsAt
    ? { startsAt, faults }
    : {
        faults:
          faults.length > 0
            ? faults
            : [{ field: 'time', text: 'There is no such time on that day: the clocks change' }],
      }
}
