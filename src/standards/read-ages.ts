import { EligibilityRule } from '../domain/eligibility.ts'
import type { FieldReader } from './read-fields.ts'

// Nobody is older than our rules can say: from there on it is for everybody, and nobody is too young for 0.
const OLDEST = 120

/** `minimum_age` and `maximum_age` as a rule; none where they shut nobody out, or cannot both hold. */
export function readAges(reader: FieldReader, from: Record<string, unknown>): EligibilityRule[] {
  const least = Math.ceil(reader.number(from, 'minimum_age', 0, OLDEST) ?? 0)
  const most = Math.floor(reader.number(from, 'maximum_age', 0, 999) ?? Number.POSITIVE_INFINITY)
  if (least > most) {
    reader.note('minimum_age is above maximum_age: neither is kept')
    return []
  }
  const age = { ...(least > 0 ? { min: least } : {}), ...(most > OLDEST ? {} : { max: most }) }
  return Object.keys(age).length > 0 ? [EligibilityRule.parse({ rule: 'age', ...age })] : []
}
