import type { Day } from '../../domain/day.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findLocation, type LocationRow } from '../../store/locations.ts'

function invalid(pointer: string, code: string, detail: string): Refusal {
  return new Refusal('invalid-input', `${detail}.`, [{ pointer, code, detail }])
}

/** A course ends after it begins. */
export function requireCourse(course: {
  courseStartsOn?: Day | null | undefined
  courseEndsOn?: Day | null | undefined
}): void {
  const { courseStartsOn, courseEndsOn } = course
  if (courseStartsOn && courseEndsOn && courseEndsOn < courseStartsOn)
    throw invalid('/courseEndsOn', 'before-start', 'The last day must not be before the first')
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
