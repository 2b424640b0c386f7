import { londonDay } from '../../domain/day.ts'
import { isAhead, placeLines } from '../../domain/visit.ts'
import type { VisitFacts } from '../../mail/compose.ts'
import type { Db } from '../../store/database.ts'
import { findVisit } from '../../store/visits.ts'
import { visitToken } from '../access/visit-token.ts'
import type { Context } from '../context.ts'

/** What somebody is told of a visit, as it stands now; null where none lies ahead. */
export async function visitFacts(
  { linkKey, now }: Pick<Context, 'linkKey' | 'now'>,
  db: Db,
  placementId: string | null,
  baseUrl: string,
): Promise<VisitFacts | null> {
  const visit = placementId ? await findVisit(db, placementId) : undefined
  if (!placementId || !visit?.bookedFor || !isAhead(visit, now())) return null
  return {
    on: londonDay(visit.bookedFor),
    at: visit.bookedFor,
    where: placeLines(visit).join(', '),
    gettingThere: visit.location?.accessNote ?? null,
    greeter: visit.greeter,
    phone: visit.phone,
    calendar: `${baseUrl}/visit/${visitToken({ linkKey }, placementId, visit.email)}`,
  }
}
