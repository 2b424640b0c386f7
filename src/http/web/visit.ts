import { openVisit } from '../../actions/placements/open-visit.ts'
import { calendarOf } from '../../standards/calendar.ts'
import { languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { byToken } from './addresses.ts'

const MINUTES = 60
// Time to get ready and to catch a bus; a letter reminds on the day before.
const REMINDS_BEFORE = 120

/** The calendar file of a first visit, for whoever was sent its address, in the language of the letter. */
export function register(app: App): void {
  for (const { prefix, say } of languagesOn({ withDrafts: app.site.isDemo }))
    app.get(`${prefix}/visit/:token`, byToken, async (request, reply) => {
      const { where, ...visit } = await openVisit(request.context, request.params.token)
      const summary = say('calendar.summary')
      const uid = `${visit.uid}@trellis`
      const file = calendarOf({ ...visit, where, uid, minutes: MINUTES, remindsBefore: REMINDS_BEFORE, summary })
      return reply
        .type('text/calendar; charset=utf-8; method=PUBLISH')
        .header('content-disposition', 'attachment; filename="appointment.ics"')
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex')
        .send(file)
    })
}
