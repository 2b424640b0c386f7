import { Refusal } from '../../domain/refusal.ts'
import { isAhead, placeLines } from '../../domain/visit.ts'
import { findVisit } from '../../store/visits.ts'
import { isVisitToken, placementNamedBy, visitUid } from '../access/visit-token.ts'
import type { Context } from '../context.ts'

/** An appointment as its calendar file tells it: when and where, and nothing of whom or what for. */
export interface AppointmentView {
  uid: string
  sequence: number
  writtenAt: Date
  startsAt: Date
  where: string
}

/** Whoever has the address may read it, while mail to them is safe; one answer for every address that is none, or no more. */
export async function openVisit(context: Context, token: string): Promise<AppointmentView> {
  const id = placementNamedBy(token)
  const visit = id ? await findVisit(context.db.read, id) : undefined
  const isTheirs = id && visit?.safeContact.email && isVisitToken(context, token, id, visit.email)
  if (!isTheirs || !visit.bookedFor || !isAhead(visit, context.now()))
    throw new Refusal('not-found', 'This appointment has passed, or was moved. Ask the person who supports you.')
  return {
    uid: visitUid(context, id),
    sequence: visit.version,
    writtenAt: visit.changedAt,
    startsAt: visit.bookedFor,
    where: placeLines(visit).join(', '),
  }
}
