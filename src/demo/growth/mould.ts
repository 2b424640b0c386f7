import { createHash } from 'node:crypto'
import { type AuditEntry, hmac, sealOf, textOfEntry, textOfEvent } from '../../store/audit-digest.ts'
import type { EventRow } from '../../store/events.ts'
import type { PersonRow } from '../../store/people.ts'
import type { Bundle, Row } from './bundles.ts'
import { type Cell, fill, type Gap, Stencil, type Stored } from './stencil.ts'
import { COPIED, type CopiedName, columnsOf } from './tables.ts'

interface Moulded {
  cells: Cell[]
  /** Of an event and of an audit row: the text that its digest is made of, and the gap that the event's stands in. */
  text?: Cell
  digestGap?: number
  /** Of somebody: who they were in the bundle that was played. */
  person?: PersonRow
}

/** A bundle made ready to be copied often: its texts are cut once. */
export interface Mould {
  gaps: Gap[]
  tables: [CopiedName, Moulded[]][]
}

export type CopiedRows = [CopiedName, Stored[][]][]

/** The end of the audit chain, which every copied row lengthens. */
export interface Chain {
  sequence: number
  seal: string
}

const NAMES = Object.keys(COPIED) as CopiedName[]

function storedRow(name: CopiedName, row: Row): Stored[] {
  return columnsOf(name).map(([column, definition]) => {
    const value = row[column] ?? null
    return value === null ? null : (definition.mapToDriverValue(value) as Stored)
  })
}

const detailDigest = ({ detail }: Row): string | undefined => {
  const { event } = detail as { event?: unknown }
  return typeof event === 'string' ? event : undefined
}

export function mouldOf(bundle: Bundle): Mould {
  const own = new Map<string, Gap['kind']>()
  for (const { reference } of bundle.referrals) own.set(String(reference), 'reference')
  for (const name of NAMES) for (const { id } of bundle[name]) own.set(String(id), 'id')
  const digestOfEventId = new Map<unknown, string>()
  for (const row of bundle.auditRows) {
    const digest = detailDigest(row)
    if (digest) digestOfEventId.set(row.eventId, digest)
    if (digest) own.set(digest, 'digest')
  }
  const stencil = new Stencil(own)
  const moulded = (name: CopiedName, row: Row): Moulded => {
    const cells = storedRow(name, row).map((value) => stencil.cell(value))
    if (name === 'people') return { cells, person: row as PersonRow }
    if (name === 'auditRows') return { cells, text: stencil.cut(textOfEntry(row as AuditEntry)) }
    const digest = name === 'events' ? digestOfEventId.get(row.id) : undefined
    if (digest === undefined) return { cells }
    return { cells, text: stencil.cut(textOfEvent(row as EventRow)), digestGap: stencil.gap(digest, 'digest') }
  }
  const tables = NAMES.map((name): [CopiedName, Moulded[]] => [name, bundle[name].map((row) => moulded(name, row))])
  return { gaps: stencil.gaps, tables }
}

const place = (name: CopiedName, column: string) => columnsOf(name).findIndex(([known]) => known === column)
const DIGEST = place('auditRows', 'digest')
const SEQUENCE = place('auditRows', 'sequence')
const SEAL = place('auditRows', 'seal')
const ENDED_AT = place('outbox', 'endedAt')
const SENT_AT = place('outbox', 'sentAt')
const OUTCOME = place('outbox', 'outcome')

export interface Differences {
  fillingOf(gap: Gap): string
  /** The columns in which this copy of somebody differs from whom it is a copy of. */
  personAs(original: PersonRow): Partial<PersonRow>
  auditKey: Uint8Array
  chain: Chain
  /** No message of a copy is sent. */
  endedAt: string
}

/** One copy of a bundle, as rows to be stored. Its audit rows lengthen the chain. */
export function cast(mould: Mould, { fillingOf, personAs, auditKey, chain, endedAt }: Differences): CopiedRows {
  const fillings = mould.gaps.map((gap) => (gap.kind === 'digest' ? '' : fillingOf(gap)))
  const filled = (cells: Cell[]) => cells.map((cell) => fill(cell, fillings))
  return mould.tables.map(([name, rows]) => [
    name,
    rows.map(({ cells, text, digestGap, person }) => {
      // Events stand before the audit rows that keep their digests.
      if (text !== undefined && digestGap !== undefined)
        fillings[digestGap] = createHash('sha256')
          .update(String(fill(text, fillings)))
          .digest('base64url')
      const row = filled(cells)
      if (person) replace(row, personAs(person))
      if (name === 'auditRows' && text !== undefined) {
        const digest = hmac(auditKey, String(fill(text, fillings)))
        chain.sequence++
        chain.seal = sealOf(auditKey, { previousSeal: chain.seal, digest, sequence: chain.sequence })
        row[DIGEST] = digest
        row[SEQUENCE] = chain.sequence
        row[SEAL] = chain.seal
      }
      if (name === 'outbox' && row[SENT_AT] === null && row[ENDED_AT] === null) {
        row[ENDED_AT] = endedAt
        row[OUTCOME] = 'invented for the demonstration'
      }
      return row
    }),
  ])
}

function replace(row: Stored[], columns: Partial<PersonRow>): void {
  columnsOf('people').forEach(([column, definition], i) => {
    const value = columns[column as keyof PersonRow]
    if (value !== undefined) row[i] = value === null ? null : (definition.mapToDriverValue(value) as Stored)
  })
}
