import { openVisit } from '../../actions/placements/open-visit.ts'
import { calendarOf } from '../../standards/calendar.ts'
import type { App } from '../site.ts'
import { byToken } from './addresses.ts'

const MINUTES = 60

/** The calendar file of a first visit, for whoever was sent its address. */
export function register(app: App): void {
  app.get('/visit/:token', byToken, async (request, reply) => {
    const { where, ...visit } = await openVisit(request.context, request.params.token)
    const file = calendarOf({ ...visit, where, uid: `${visit.uid}@trellis`, minutes: MINUTES, summary: 'Appointment' })
    return reply
      .type('text/calendar; charset=utf-8; method=PUBLISH')
      .header('content-disposition', 'attachment; filename="appointment.ics"')
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .send(file)
  })
}
