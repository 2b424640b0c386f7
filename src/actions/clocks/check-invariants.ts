import { fold } from '../../domain/fold.ts'
import { isSameJson } from '../../domain/json.ts'
import type { Db } from '../../store/database.ts'
import { findLastEnd } from '../../store/job-leases.ts'
import { findBrokenPromises, listChanged, listHistories, listOwnedBySuspended } from '../../store/promises.ts'
import type { Context } from '../context.ts'
import { toldState } from '../steps/changes.ts'

/** Promises of the product that the stored rows break: how many, and the first of them. */
export class PromisesBroken extends Error {
  override name = 'PromisesBroken'
}

const TOLD = 5
/** Bounds on one run: histories are long. */
const HISTORIES = 5000
const BATCH = 200
// What was changed while the last look went on, or by a machine whose clock is behind.
const LOOK_BACK_MS = 86_400_000

type Noun = 'referral' | 'placement'

/**
 * Whether every open record has its one next action, its owner can act, no group is over its places, and each record
 * that changed since the last look is what its history says. Throws where something is not.
 */
export async function checkInvariants(context: Context, signal: AbortSignal): Promise<undefined> {
  const { db } = context
  const breaches = await findBrokenPromises(db.read)
  for (const { noun, id } of await listOwnedBySuspended(db.read))
    breaches.push(`the next action of ${noun} ${id} is that of a navigator who is suspended or has left`)
  const last = await findLastEnd(db.read, 'check-invariants')
  // What was broken last night may not have changed since, and is told until it is mended.
  const since = new Date(last && !last.error ? last.at.getTime() - LOOK_BACK_MS : 0)
  for (const noun of ['referral', 'placement'] as const) {
    const ids = await listChanged(db.read, noun, since, HISTORIES)
    for (let start = 0; start < ids.length && !signal.aborted; start += BATCH)
      breaches.push(...(await otherThanTold(context, noun, ids.slice(start, start + BATCH))))
  }
  if (breaches.length === 0) return undefined
  const first = breaches.slice(0, TOLD).join('; ')
  throw new PromisesBroken(
    `${breaches.length} ${breaches.length === 1 ? 'promise is' : 'promises are'} broken: ${first}`,
  )
}

async function otherThanTold({ db }: Context, noun: Noun, ids: string[]): Promise<string[]> {
  const suspects = await columnsNotTold(db.read, noun, ids)
  const breaches = []
  for (const { id } of suspects) {
    // A move may have come between reading the record and its events: in one transaction none can.
    const [still] = await db.write((tx) => columnsNotTold(tx, noun, [id]))
    if (still) breaches.push(`${noun} ${id} is not what its history says: ${still.columns.join(', ')}`)
  }
  return breaches
}

async function columnsNotTold(db: Db, noun: Noun, ids: string[]): Promise<{ id: string; columns: string[] }[]> {
  const histories = await listHistories(db, noun, ids)
  return histories.flatMap(({ row, told }) => {
    // Histories that began before events told of changes cannot be folded.
    if (told[0] && !told[0].changes) return []
    const folded = fold(told)
    const columns = Object.entries(toldState(row))
      .filter(([column, value]) => !isSameJson(value, folded[column] ?? null))
      .map(([column]) => column)
    return columns.length > 0 ? [{ id: row.id, columns }] : []
  })
}
