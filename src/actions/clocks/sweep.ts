import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { withoutParameters } from '../../store/failures.ts'
import type { Context } from '../context.ts'

/** Bounds what is read at once; what is written is one record at a time, so that nobody waits for the clock. */
const BATCH = 200

export interface Page<Row> {
  after: Row | undefined
  limit: number
}

export interface Sweep<Row extends { id: string }> {
  /** Candidates after this one, by an index. */
  list(db: Db, page: Page<Row>): Promise<Row[]>
  /** A look at what was read, before anything is written: most candidates need nothing. */
  isDue?(row: Row): boolean | Promise<boolean>
  /** Reads the record anew, asks the rule again, and carries the step out. False where nothing is due any more. */
  take(tx: Db, id: string): Promise<boolean>
}

/** Some records could not be taken; the others were. */
export class SomeFailed extends Error {
  override name = 'SomeFailed'
}

const TOLD = 5

/**
 * Does for each record what the clock asks for, in a transaction of its own. Whatever somebody else did first is left
 * alone. One record that fails keeps none of the others from their turn; what failed is thrown when all had theirs.
 * Answers with how many there were.
 */
export async function sweep<Row extends { id: string }>(
  context: Context,
  { list, isDue, take }: Sweep<Row>,
  signal: AbortSignal,
): Promise<number> {
  const failed: string[] = []
  let taken = 0
  let after: Row | undefined
  while (!signal.aborted) {
    const rows = await list(context.db.read, { after, limit: BATCH })
    for (const row of rows) {
      if (signal.aborted) break
      try {
        if (isDue && !(await isDue(row))) continue
        if (await context.db.write((tx) => take(tx, row.id))) taken++
      } catch (error) {
        if (!(error instanceof Refusal)) failed.push(`${row.id}: ${withoutParameters(error)}`)
      }
    }
    after = rows.at(-1)
    if (rows.length < BATCH) break
  }
  if (failed.length === 0) return taken
  const told = failed.slice(0, TOLD).join('; ')
  throw new SomeFailed(`${failed.length} of the records could not be taken: ${told}`)
}

/** Several sweeps one after the other: what fails in one keeps none of the others from their turn. Answers with the sum. */
export async function inTurn<Item>(items: readonly Item[], sweepOne: (item: Item) => Promise<number>): Promise<number> {
  const failures: string[] = []
  let taken = 0
  for (const item of items) {
    try {
      taken += await sweepOne(item)
    } catch (error) {
      if (!(error instanceof SomeFailed)) throw error
      failures.push(error.message)
    }
  }
  if (failures.length > 0) throw new SomeFailed(failures.join(' '))
  return taken
}
