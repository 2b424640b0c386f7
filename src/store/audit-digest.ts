import { createHash, createHmac } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import { inKeyOrder } from '../domain/json.ts'
import { auditRows, type events } from './schema.ts'

/** An audit row as its author writes it; the digest and the place in the chain come later. */
export type AuditEntry = Omit<typeof auditRows.$inferSelect, 'digest' | 'sequence' | 'seal'>

const { digest, sequence, seal, ...SAID } = getTableColumns(auditRows)
const NAMES = Object.keys(SAID) as (keyof AuditEntry)[]

/** The keyed digest of all that a row says. Without the key nobody can write a row, or change one, unnoticed. */
export function digestOf(key: Uint8Array, entry: AuditEntry): string {
  return hmac(key, textOfEntry(entry))
}

/** What the digest of an audit row is made of. */
export function textOfEntry(entry: AuditEntry): string {
  // What is null is left out, so that a column added later changes no digest of the rows before it.
  const present = NAMES.map((name) => [name, entry[name] ?? null] as const).filter(([, value]) => value !== null)
  return canonical(Object.fromEntries(present))
}

/** What an audit row keeps of its event, so that the history people read cannot be rewritten either. No key: its row has one. */
export function digestOfEvent(event: typeof events.$inferSelect): string {
  return createHash('sha256').update(textOfEvent(event)).digest('base64url')
}

export function textOfEvent(event: typeof events.$inferSelect): string {
  return canonical(Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null)))
}

/** Ties a row to its place and to all rows before it. */
export function sealOf(key: Uint8Array, link: { previousSeal: string; digest: string; sequence: number }): string {
  return hmac(key, `${link.previousSeal}|${link.digest}|${link.sequence}`)
}

/** One spelling for one value: PostgreSQL gives the keys of a JSON value back in an order of its own. */
export function canonical(value: unknown): string {
  // By way of JSON, so that a moment is its ISO text whether it was read back or is yet to be written.
  return JSON.stringify(inKeyOrder(JSON.parse(JSON.stringify(value), (_, inner) => wellFormed(inner))))
}

// Half of a surrogate pair cannot be stored as UTF-8: the databases keep the replacement character.
function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value
}

export const hmac = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url')
