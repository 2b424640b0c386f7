import { Refusal } from '../../src/domain/refusal.ts'

/** The refusal that a rule ends with; anything else it does is a failure of the test. */
export function refusalOf(rule: () => unknown): Refusal {
  try {
    rule()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('The rule allowed it.')
}
