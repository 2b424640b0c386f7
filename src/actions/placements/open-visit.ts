import { createHash } from 'node:crypto'
import { Refusal } from '../../domain/refusal.ts'
import { isAhead, placeLines } from '../../domain/visit.ts'
import { findVisit } from '../../store/visits.ts'
import { placementOfVisit } from '../access/visit-token.ts'
import type { Context } from '../context.ts'

/** An appointment as its calendar file tells it: when and where, and nothing of whom or what for. */
export interface AppointmentView {
  uid: string
  sequence: number
  writtenAt: Date
  startsAt: Date
  where: string
}

/** Whoever has the address may read it; one answer for every address that is none, or no more. */
export async function openVisit(context: Context, token: string): Promise<AppointmentView> {
  const id = placementOfVisit(context, token)
  const visit = id ? await findVisit(context.db.read, id) : undefined
  if (!visit?.bookedFor || !isAhead(visit, context.now()))
    throw new Refusal('not-found', 'This appointment has passed, or was moved. Ask the person who supports you.')
  return {
    uid: createHash('sha256').update(token).digest('hex').slice(0, 32),
    sequence: visit.version,
    writtenAt: visit.changedAt,
    startsAt: visit.bookedFor,
    where: placeLines(visit).join(', '),
  }
}
