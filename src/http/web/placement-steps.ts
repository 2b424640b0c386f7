import { acceptPlacement } from '../../actions/placements/accept-placement.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { recordAttendance } from '../../actions/placements/record-attendance.ts'
import { isDay } from '../../domain/day.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, text, type Values, valuesOf } from './forms.ts'
import { baseOf } from './layout.ts'
import { londonMoment } from './moments.ts'
import { placementPage } from './placement.ts'
import { weekPage } from './this-week.ts'

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

const REASON_MOST = 500

const FIELDS: Record<string, string> = { startsAt: 'day' }
const fieldOf = (path: string) => FIELDS[path] ?? path

export function register(app: App): void {
  app.post('/o/:organisation/placements/:id/accept', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    return carryOut(request, reply, {
      act: (context) =>
        acceptPlacement(context, actor, id, { overOthers: text(values, 'overOthers')?.slice(0, REASON_MOST) }),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=accepted`,
      again: (faults, status) => placementPage(request, reply, id, values, faults, status),
    })
  })

  app.post('/o/:organisation/placements/:id/book', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { startsAt, faults } = sessionOf(values)
    if (!startsAt) return placementPage(request, reply, id, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => bookPlacement(context, actor, id, { startsAt }),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=booked`,
      again: (refused, status) => placementPage(request, reply, id, values, refused, status),
      fieldOf,
    })
  })

  app.post('/o/:organisation/placements/:id/attendance', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const sessionOn = text(values, 'sessionOn') ?? ''
    const came = text(values, 'attended')
    const attended = came === 'yes'
    // The register of a day is kept from two pages, and each goes back to itself.
    const isWeek = text(values, 'from') === 'week'
    const again = (faults: FieldFault[], status: number) =>
      isWeek
        ? weekPage(
            request,
            reply,
            faults.map((fault) => ({ ...fault, field: '' })),
            status,
            sessionOn,
          )
        : placementPage(request, reply, id, values, faults, status)
    if (!isDay(sessionOn)) return again([{ field: 'sessionOn', text: 'Enter the day of the session' }], 400)
    if (came !== 'yes' && came !== 'no') return again([{ field: 'attended', text: 'Say whether the person came' }], 400)
    return carryOut(request, reply, {
      act: (context) => recordAttendance(context, actor, id, { sessionOn, attended }),
      goTo: () =>
        isWeek
          ? `${baseOf(actor)}/placements?day=${sessionOn}#register`
          : `${baseOf(actor)}/placements/${id}?done=attended`,
      again,
    })
  })
}
