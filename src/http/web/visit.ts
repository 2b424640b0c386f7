import { openVisit } from '../../actions/placements/open-visit.ts'
import { calendarOf } from '../../standards/calendar.ts'
import type { App } from '../site.ts'
import { byToken } from './addresses.ts'

const MINUTES = 60
// Time to get ready and to catch a bus; a letter reminds on the day before.
const REMINDS_BEFORE = 120

/** The calendar file of a first visit, for whoever was sent its address. */
export function register(app: App): void {
  app.get('/visit/:token', byToken, async (request, reply) => {
    const { where, ...visit } = await openVisit(request.context, request.params.token)
    const file = calendarOf({
      ...visit,
      where,
      uid: `${visit.uid}@trellis`,
      minutes: MINUTES,
      remindsBefore: REMINDS_BEFORE,
      summary: 'Appointment',
    })
    return reply
      .type('text/calendar; charset=utf-8; method=PUBLISH')
      .header('content-disposition', 'attachment; filename="appointment.ics"')
      .header('cache-control', 'no-store')
      .header('x-robots-tag', 'noindex')
      .send(file)
  })
}
