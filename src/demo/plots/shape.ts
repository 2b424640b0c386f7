import type { Situation } from '../situations.ts'
import type { Tale } from '../tale.ts'

/** Tells a referral step by step; each moment it yields is when it wants to go on. */
export type Telling = AsyncGenerator<Date, void, void>

export interface Plot {
  name: string
  /** How many of the first eighty referrals go like this. */
  weight: number
  /** Received so many working days before the last day; without an upper end, as long ago as the city's past reaches. */
  receivedAgo: [least: number, most?: number]
  /** Goes only with this one. */
  situation?: Situation
  /** Goes with the featured providers in turn, beginning with the one of this number. */
  featuredFrom?: number
  tell(tale: Tale): Telling
}
