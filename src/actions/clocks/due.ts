import type { Limits } from '../../domain/next-action.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import type { ReferralStatus } from '../../domain/referral-moves.ts'
import { type DueBy, listDuePlacements, listDueReferrals } from '../../store/clocks.ts'
import type { Db } from '../../store/database.ts'
import { findPlacement, type PlacementRow } from '../../store/placements.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { getLimits } from '../steps/limits.ts'
import { inTurn, sweep } from './sweep.ts'

/** A record at the moment at which the clock looks at it. */
export interface Moment {
  now: Date
  limits: Limits
}

/** What one clock does to records in these states. */
export interface Clock<Row, Status> extends DueBy {
  states: readonly Status[]
  /** Asked of what was listed, and again of what is there when it is written. */
  isDue(row: Row, moment: Moment): boolean
  /** False where something else stands in the way for now. */
  carryOut(tx: Db, row: Row, moment: Moment): Promise<unknown>
}

interface Listing<Row, Status> {
  list(db: Db, status: Status, due: DueBy, page: { after: Row | undefined; limit: number }): Promise<Row[]>
  find(tx: Db, id: string): Promise<Row | undefined>
}

async function runClock<Row extends { id: string; receivingOrganisationId: string }, Status>(
  context: Context,
  { list, find }: Listing<Row, Status>,
  clock: Clock<Row, Status>,
  signal: AbortSignal,
): Promise<number> {
  const limitsOf = new Map<string, Limits>()
  async function limitsFor(row: Row): Promise<Limits> {
    const limits = limitsOf.get(row.receivingOrganisationId) ?? (await getLimits(context.db.read, row))
    limitsOf.set(row.receivingOrganisationId, limits)
    return limits
  }
  return inTurn(clock.states, (status) =>
    sweep<Row>(
      context,
      {
        list: (db, page) => list(db, status, clock, page),
        isDue: async (row) => clock.isDue(row, { now: context.now(), limits: await limitsFor(row) }),
        async take(tx, id) {
          const row = await find(tx, id)
          if (!row) return false
          const moment = { now: context.now(), limits: await getLimits(tx, row) }
          return clock.isDue(row, moment) && (await clock.carryOut(tx, row, moment)) !== false
        },
      },
      signal,
    ),
  )
}

export type ReferralClock = Clock<ReferralRow, ReferralStatus>
export type PlacementClock = Clock<PlacementRow, PlacementStatus>

export function runReferralClock(context: Context, clock: ReferralClock, signal: AbortSignal): Promise<number> {
  return runClock(context, { list: listDueReferrals, find: findReferral }, clock, signal)
}

export function runPlacementClock(context: Context, clock: PlacementClock, signal: AbortSignal): Promise<number> {
  return runClock(context, { list: listDuePlacements, find: findPlacement }, clock, signal)
}
