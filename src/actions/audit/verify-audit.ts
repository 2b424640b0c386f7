import { digestOf, digestOfEvent, sealOf } from '../../store/audit-digest.ts'
import { type AuditHead, readHead } from '../../store/audit-head.ts'
import {
  type AuditRow,
  listEventlessRows,
  listSealed,
  listToldEvents,
  listUnsealed,
  listUntoldEvents,
  type SealedRow,
} from '../../store/audit-trail.ts'
import type { Context } from '../context.ts'

const PAGE_ROWS = 1000
// One cut can make thousands of rows wrong; the first hundred say where to look.
const FAULTS_NAMED = 100

// Rows are sealed within seconds. A tail that reaches over more was kept from it, or had its seals taken off.
const TAIL_MS = 60_000

export interface AuditFault {
  sequence?: number
  id?: string
  what: string
}

export interface AuditVerdict {
  ok: boolean
  rows: number
  sealed: number
  unsealed: number
  /** When the oldest row without a seal was written. */
  unsealedSince: Date | null
  /** The first hundred; `ok` is false from the first on. */
  faults: AuditFault[]
}

/** Reads the whole audit trail, a page at a time, and says what is not as it was written. Changes nothing. */
export async function verifyAudit(context: Context, headFile: string): Promise<AuditVerdict> {
  const faults: AuditFault[] = []
  const report = (fault: AuditFault) => faults.length < FAULTS_NAMED && faults.push(fault)
  // The file first: the chain may grow while we read it.
  const outside = await readOutside(headFile, report)
  const sealed = await verifyChain(context, outside, report)
  if (!outside && sealed > 0)
    report({ what: `rows are sealed, but ${headFile} does not say how far the chain reaches` })
  const { unsealed, unsealedSince } = await verifyTail(context, report)
  await verifyEvents(context, report)
  return { ok: faults.length === 0, rows: sealed + unsealed, sealed, unsealed, unsealedSince, faults }
}

type Report = (fault: AuditFault) => void

async function readOutside(headFile: string, report: Report): Promise<AuditHead | undefined> {
  try {
    return await readHead(headFile)
  } catch (error) {
    report({ what: error instanceof Error ? error.message : String(error) })
    return undefined
  }
}

async function verifyChain({ db, auditKey }: Context, outside: AuditHead | undefined, report: Report): Promise<number> {
  let sealed = 0
  let last = { sequence: 0, seal: '' }
  for (;;) {
    const page = await listSealed(db.read, last.sequence, PAGE_ROWS)
    for (const row of page) {
      sealed++
      verifyRow(auditKey, row, report)
      verifyPlace(auditKey, last, row, report)
      if (row.sequence === outside?.sequence && row.seal !== outside.seal)
        report({ sequence: row.sequence, id: row.id, what: 'is not the row that the head outside the database names' })
      last = row
    }
    if (page.length < PAGE_ROWS) break
  }
  if (outside && outside.sequence > last.sequence)
    report({
      sequence: last.sequence + 1,
      what: `rows ${last.sequence + 1} to ${outside.sequence} at the end of the chain are missing`,
    })
  return sealed
}

function verifyRow(key: Uint8Array, row: AuditRow, report: Report): void {
  if (digestOf(key, row) === row.digest) return
  const where = row.sequence === null ? {} : { sequence: row.sequence }
  report({ ...where, id: row.id, what: 'was changed, or was not written by this service' })
}

function verifyPlace(key: Uint8Array, before: Pick<SealedRow, 'sequence' | 'seal'>, row: SealedRow, report: Report) {
  const { sequence, digest, seal, id } = row
  if (sequence !== before.sequence + 1) {
    // The next seal hangs on the one that is gone: it says nothing more.
    report({ sequence: before.sequence + 1, what: `rows ${before.sequence + 1} to ${sequence - 1} are missing` })
  } else if (sealOf(key, { previousSeal: before.seal, digest, sequence }) !== seal) {
    report({ sequence, id, what: 'does not belong in this place: rows were put in, taken out or reordered' })
  }
}

async function verifyTail({ db, auditKey }: Context, report: Report) {
  let unsealed = 0
  let unsealedSince: Date | null = null
  let newest: Date | null = null
  for (let after = ''; ; ) {
    const page = await listUnsealed(db.read, after, PAGE_ROWS)
    for (const row of page) {
      unsealed++
      if (!unsealedSince || row.at < unsealedSince) unsealedSince = row.at
      if (!newest || row.at > newest) newest = row.at
      verifyRow(auditKey, row, report)
      after = row.id
    }
    if (page.length === PAGE_ROWS) continue
    if (unsealedSince && newest && newest.getTime() - unsealedSince.getTime() > TAIL_MS)
      report({ what: `nothing was sealed from ${unsealedSince.toISOString()} to ${newest.toISOString()}` })
    return { unsealed, unsealedSince }
  }
}

/** A row deleted before it was sealed leaves no gap, but its event stays behind. */
async function verifyEvents({ db }: Context, report: Report): Promise<void> {
  for (let after = ''; ; ) {
    const page = await listToldEvents(db.read, after, PAGE_ROWS)
    for (const { event, told } of page) {
      after = event.id
      if (told && 'event' in told && told.event !== digestOfEvent(event))
        report({ id: event.id, what: 'this event is not the one that its audit row tells of' })
    }
    if (page.length < PAGE_ROWS) break
  }
  for (const { eventId, auditId } of await listUntoldEvents(db.read, FAULTS_NAMED))
    report(
      auditId
        ? { id: auditId, what: `tells of event ${eventId}, which says something else` }
        : { id: eventId, what: 'this event has no audit row' },
    )
  for (const { id, eventId } of await listEventlessRows(db.read, FAULTS_NAMED))
    report({ id, what: `tells of event ${eventId}, which is not there` })
}
