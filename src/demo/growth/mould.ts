import { createHash } from 'node:crypto'
import { type NameKey, nameKeys } from '../../actions/people/name-keys.ts'
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
const PERSON_ID = place('people', 'id')

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
  const words: Stored[][] = []
  const filled = ({ cells, text, digestGap, person }: Moulded): Stored[] => {
    // Events stand before the audit rows that keep their digests.
    if (text !== undefined && digestGap !== undefined) fillings[digestGap] = sha256(String(fill(text, fillings)))
    const row = cells.map((cell) => fill(cell, fillings))
    if (person) {
      const columns = personAs(person)
      replace(row, columns)
      words.push(...wordsOf(row[PERSON_ID] ?? null, { ...person, ...columns }))
    }
    return row
  }
  return mould.tables.map(([name, rows]) => {
    if (name === 'auditRows') return [name, rows.map((one) => sealed(filled(one), one, fillings, auditKey, chain))]
    if (name === 'outbox') return [name, rows.map((one) => ended(filled(one), endedAt))]
    // People stand before the words that they are found by.
    return [name, name === 'personWords' ? words : rows.map(filled)]
  })
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

function sealed(row: Stored[], { text }: Moulded, fillings: string[], auditKey: Uint8Array, chain: Chain): Stored[] {
  if (text === undefined) return row
  const digest = hmac(auditKey, String(fill(text, fillings)))
  chain.sequence++
  chain.seal = sealOf(auditKey, { previousSeal: chain.seal, digest, sequence: chain.sequence })
  row[DIGEST] = digest
  row[SEQUENCE] = chain.sequence
  row[SEAL] = chain.seal
  return row
}

function ended(row: Stored[], endedAt: string): Stored[] {
  if (row[SENT_AT] !== null || row[ENDED_AT] !== null) return row
  row[ENDED_AT] = endedAt
  row[OUTCOME] = 'invented for the demonstration'
  return row
}

function wordsOf(personId: Stored, person: PersonRow): Stored[][] {
  return nameKeys(person).map((key): Stored[] =>
    columnsOf('personWords').map(([column]) => (column === 'personId' ? personId : key[column as keyof NameKey])),
  )
}

function replace(row: Stored[], columns: Partial<PersonRow>): void {
  columnsOf('people').forEach(([column, definition], i) => {
    const value = columns[column as keyof PersonRow]
    if (value !== undefined) row[i] = value === null ? null : (definition.mapToDriverValue(value) as Stored)
  })
}
