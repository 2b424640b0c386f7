import { createHash, createHmac } from 'node:crypto'
import { getTableColumns } from 'drizzle-orm'
import { auditRows, type events } from './schema.ts'

/** An audit row as its author writes it; the digest and the place in the chain come later. */
export type AuditEntry = Omit<typeof auditRows.$inferSelect, 'digest' | 'sequence' | 'seal'>

const { digest, sequence, seal, ...SAID } = getTableColumns(auditRows)
const NAMES = Object.keys(SAID).sort() as (keyof AuditEntry)[]

/** The keyed digest of all that a row says. Without the key nobody can write a row, or change one, unnoticed. */
export function digestOf(key: Uint8Array, entry: AuditEntry): string {
  return hmac(key, textOfEntry(entry))
}

/** What the digest of an audit row is made of. */
export function textOfEntry(entry: AuditEntry): string {
  return spellObject(entry, NAMES, true)
}

/** What an audit row keeps of its event, so that the history people read cannot be rewritten either. No key: its row has one. */
export function digestOfEvent(event: typeof events.$inferSelect): string {
  return createHash('sha256').update(textOfEvent(event)).digest('base64url')
}

export function textOfEvent(event: typeof events.$inferSelect): string {
  return spellObject(event, inOrder(Object.keys(event)), true)
}

/** Ties a row to its place and to all rows before it. */
export function sealOf(key: Uint8Array, link: { previousSeal: string; digest: string; sequence: number }): string {
  return hmac(key, `${link.previousSeal}|${link.digest}|${link.sequence}`)
}

/** One spelling for one value: PostgreSQL gives the keys of a JSON value back in an order of its own. */
export function canonical(value: unknown): string {
  return spell(value) ?? 'null'
}

// As JSON.stringify would, with the keys in order and without a copy; undefined for what JSON leaves out.
function spell(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(wellFormed(value))
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  // A moment is its ISO text, whether it was read back or is yet to be written.
  if ('toJSON' in value) return spell((value as { toJSON(): unknown }).toJSON())
  if (Array.isArray(value)) return `[${value.map((inner) => spell(inner) ?? 'null').join()}]`
  return spellObject(value, inOrder(Object.keys(value)), false)
}

/** @param isRow of a row, what is null is left out, so that a column added later changes no digest of the rows before it */
function spellObject(value: object, keys: string[], isRow: boolean): string {
  const record = value as Record<string, unknown>
  let text = ''
  for (const key of keys) {
    const inner = record[key]
    if (isRow && inner === null) continue
    const spelt = spell(inner)
    if (spelt !== undefined) text += `${text && ','}${quoted(key)}:${spelt}`
  }
  return `{${text}}`
}

// Whole numbers as keys stand first, as in every object of JavaScript; the others by their UTF-16 units.
function inOrder(keys: string[]): string[] {
  keys.sort((a, b) => (a < b ? -1 : 1))
  return keys.some(isIndex)
    ? [...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)), ...keys.filter((key) => !isIndex(key))]
    : keys
}

const isIndex = (key: string) => key <= ':' && /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4_294_967_295

// Most texts are ids, codes, days and names of columns, which stand between quotes as they are.
const quoted = (text: string): string => (/^[\w .:+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text))

// Half of a surrogate pair cannot be stored as UTF-8: the databases keep the replacement character.
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')

export const hmac = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url')
