import type { Limits } from './next-action.ts'

/** What a navigation service decides for itself; what it leaves out is as the model has it. */
export interface ServiceSettings {
  limits?: Partial<Limits> | undefined
  /** New referrals are given to the navigator of the ward with the fewest open ones. */
  assignsAutomatically?: boolean | undefined
}
