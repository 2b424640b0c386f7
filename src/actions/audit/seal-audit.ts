import { digestOf, sealOf } from '../../store/audit-digest.ts'
import { writeHead } from '../../store/audit-head.ts'
import {
  type AuditRow,
  hasUnsealed,
  type Link,
  listUnsealed,
  SealedByAnother,
  sealRows,
} from '../../store/audit-trail.ts'
import { uniqueViolation } from '../../store/failures.ts'
import type { Context } from '../context.ts'
import { requireSameHead } from './audit-head.ts'

// Bounds on one transaction and on one run: sealing must never hold up the people who write.
const BATCH_ROWS = 250
const RUN_BATCHES = 40

export async function hasUnsealedRows({ db }: Context): Promise<boolean> {
  return hasUnsealed(db.read)
}

export interface Sealing {
  sealed: number
  /** Rows left out of the chain, because they are not as they were written. */
  refused: string[]
}

/**
 * Chains the committed rows that have no place yet, and keeps the chain's head outside the database. Several processes
 * may try at once: one wins, the others stop. Throws ChainBroken, and seals nothing, where the chain was cut.
 */
export async function sealAudit(context: Context, headFile: string): Promise<Sealing> {
  const { db, auditKey, now } = context
  const { last: start, outside } = await requireSameHead(context, headFile)
  let head = start
  // A crash between the commit and the file left the file behind.
  // The file is there before the first row is sealed, so that one that is missing later was taken away.
  if (!outside || outside.sequence < head.sequence) await keepHead()
  const outcome: Sealing = { sealed: 0, refused: [] }
  let after = ''
  for (let batch = 0; batch < RUN_BATCHES; batch++) {
    const rows = await listUnsealed(db.read, after, BATCH_ROWS)
    const isSound = new Map(rows.map((row) => [row, digestOf(auditKey, row) === row.digest]))
    const sound = rows.filter((row) => isSound.get(row))
    outcome.refused.push(...rows.filter((row) => !isSound.get(row)).map(({ id }) => id))
    const links = chain(auditKey, head, sound)
    const last = links.at(-1)
    if (last) {
      if (!(await isSealed(context, links))) break
      head = last
      await keepHead()
      outcome.sealed += links.length
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < BATCH_ROWS) break
  }
  return outcome

  function keepHead(): Promise<void> {
    return writeHead(headFile, { sequence: head.sequence, seal: head.seal, at: now() })
  }
}

function chain(key: Uint8Array, head: { sequence: number; seal: string }, rows: AuditRow[]): Link[] {
  let { sequence, seal } = head
  return rows.map(({ id, digest }) => {
    sequence++
    seal = sealOf(key, { previousSeal: seal, digest, sequence })
    return { id, sequence, seal }
  })
}

/** False where another process was first: the places are unique, so that only one of two chains can be written. */
async function isSealed({ db }: Context, links: Link[]): Promise<boolean> {
  try {
    await db.write((tx) => sealRows(tx, links))
    return true
  } catch (error) {
    if (error instanceof SealedByAnother || uniqueViolation(error)) return false
    throw error
  }
}
