import { acceptPlacement } from '../../actions/placements/accept-placement.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { recordAttendance } from '../../actions/placements/record-attendance.ts'
import { isDay, londonDay } from '../../domain/day.ts'
import { upTo } from '../../domain/plain-text.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { typedDay } from './days.ts'
import { type FieldFault, text, valuesOf } from './forms.ts'
import { baseOf } from './layout.ts'
import { placementPage, placementRefused } from './placement.ts'
import { seatFrom } from './seat-fields.ts'
import { sessionOf } from './sessions.ts'

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
        acceptPlacement(context, actor, id, {
          overOthers: upTo(text(values, 'overOthers') ?? '', REASON_MOST) || undefined,
          ...seatFrom(values),
        }),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=accepted`,
      again: (faults, status) => placementRefused(request, reply, id, 'accept', { values, faults, status }),
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
      again: (faults, status) => placementRefused(request, reply, id, 'book', { values, faults, status }),
      fieldOf,
    })
  })

  app.post('/o/:organisation/placements/:id/attendance', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const typed = text(values, 'sessionOn') ?? ''
    const sessionOn = typedDay(typed, { today: londonDay(request.context.now()), lies: 'behind' }) ?? typed
    const came = text(values, 'attended')
    const attended = came === 'yes'
    const again = (faults: FieldFault[], status: number) => placementPage(request, reply, id, values, faults, status)
    if (!isDay(sessionOn)) return again([{ field: 'sessionOn', text: 'Enter the day of the session' }], 400)
    if (came !== 'yes' && came !== 'no') return again([{ field: 'attended', text: 'Say whether the person came' }], 400)
    return carryOut(request, reply, {
      act: (context) => recordAttendance(context, actor, id, { sessionOn, attended }),
      goTo: () => `${baseOf(actor)}/placements/${id}?done=attended`,
      again,
    })
  })
}
