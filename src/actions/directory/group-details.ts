import type { CapacityKind } from '../../domain/capacity.ts'
import type { Day } from '../../domain/day.ts'
import type { SessionTime } from '../../domain/directory.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findLocation, type LocationRow } from '../../store/locations.ts'

function invalid(pointer: string, code: string, detail: string): Refusal {
  return new Refusal('invalid-input', `${detail}.`, [{ pointer, code, detail }])
}

interface Days {
  courseStartsOn?: Day | null | undefined
  courseEndsOn?: Day | null | undefined
  intakeFrom?: Day | null | undefined
  intakeUntil?: Day | null | undefined
}

/** A course ends after it begins, and so does the time in which it takes people. */
export function requireCourse({ courseStartsOn, courseEndsOn, intakeFrom, intakeUntil }: Days): void {
  if (courseStartsOn && courseEndsOn && courseEndsOn < courseStartsOn)
    throw invalid('/courseEndsOn', 'before-start', 'The last day must not be before the first')
  if (intakeFrom && intakeUntil && intakeUntil < intakeFrom)
    throw invalid('/intakeUntil', 'before-start', 'The last day must not be before the first')
}

/**
 * Sessions that count their places: only in a group with a number of places, and none with fewer than are in it.
 * @param filledIn people in each session by its id, or with an offer
 */
export function requireSessionRoom(
  times: readonly SessionTime[] | null | undefined,
  kind: CapacityKind,
  filledIn: Readonly<Record<string, number>> = {},
): void {
  const counted = (times ?? [])
    .map(({ id, places }, at) => ({ at, id, places }))
    .filter(({ places }) => places !== undefined)
  const [first] = counted
  if (first && kind !== 'places')
    throw invalid(
      `/times/${first.at}/places`,
      'not-counted',
      'Only a group with a number of places counts them for each session',
    )
  for (const { at, id, places = 0 } of counted) {
    const filled = filledIn[id ?? ''] ?? 0
    if (places < filled)
      throw new Refusal(
        'below-taken',
        `${filled} ${filled === 1 ? 'person has' : 'people have'} a place or an offer in this session: its places cannot go below ${filled}.`,
        [{ pointer: `/times/${at}/places`, code: 'below-taken', detail: `${filled} have a place or an offer` }],
      )
  }
}

/** A group meets at a place that its own provider keeps right. */
export async function requireOwnLocation(
  db: Db,
  organisationId: string,
  locationId: string | null | undefined,
): Promise<LocationRow | undefined> {
  if (!locationId) return undefined
  const location = await findLocation(db, organisationId, locationId)
  if (!location) throw invalid('/locationId', 'not-found', 'Choose one of your own places')
  return location
}
