import { isDeepStrictEqual } from 'node:util'
import { differences } from './registers.ts'

type Part = Record<string, unknown>

/** One table as drizzle-kit writes it down; only its columns are looked at one by one. */
export interface TableState {
  columns: Record<string, Part>
  [part: string]: unknown
}
export type Tables = Record<string, TableState>

export interface Journal {
  entries: { idx: number; tag: string; when: number }[]
}

/** What a migration would still have to do: how the written state differs from the schema, table by table. */
export function driftFaults(schema: Tables, written: Tables): string[] {
  const { missing, invented } = differences(Object.keys(schema), Object.keys(written))
  const both = Object.keys(schema).filter((name) => !missing.includes(name))
  return [
    ...missing.map((name) => `${name} is not migrated`),
    ...invented.map((name) => `${name} is not in the schema`),
    ...both.flatMap((name) => tableDrift(name, schema[name], written[name])),
  ]
}

function tableDrift(name: string, schema: TableState | undefined, written: TableState | undefined): string[] {
  if (!schema || !written) return []
  const { missing, invented } = differences(Object.keys(schema.columns), Object.keys(written.columns))
  const changed = Object.keys(schema.columns).filter(
    (column) => !missing.includes(column) && !isDeepStrictEqual(schema.columns[column], written.columns[column]),
  )
  const parts = Object.keys(schema).filter(
    (part) => part !== 'columns' && !isDeepStrictEqual(schema[part], written[part]),
  )
  return [
    ...missing.map((column) => `${name}.${column} is not migrated`),
    ...invented.map((column) => `${name}.${column} is not in the schema`),
    ...changed.map((column) => `${name}.${column} was changed and not migrated`),
    ...parts.map((part) => `${name}: ${part} were changed and not migrated`),
  ]
}

/** Tables and columns that one engine has and the other has not. */
export function engineFaults(one: Tables, other: Tables): string[] {
  const columns = (tables: Tables) =>
    Object.entries(tables).flatMap(([name, table]) => Object.keys(table.columns).map((column) => `${name}.${column}`))
  const bare = (tables: Tables) =>
    Object.fromEntries(Object.entries(tables).map(([name, table]) => [name.replace(/^public\./, ''), table]))
  const { missing, invented } = differences(columns(bare(one)), columns(bare(other)))
  return [...missing, ...invented].map((column) => `${column} is on one engine only`)
}

/** A migration dated before one that databases already have is skipped in silence. */
export function journalFaults({ entries }: Journal, files: string[]): string[] {
  const late = entries.filter(({ when }, place) => place > 0 && when <= (entries[place - 1]?.when ?? 0))
  const unordered = entries.filter(({ idx }, place) => idx !== place)
  const { missing, invented } = differences(
    entries.map(({ tag }) => `${tag}.sql`),
    files,
  )
  return [
    ...late.map(({ tag }) => `${tag} is not younger than the one before it`),
    ...unordered.map(({ tag }) => `${tag} is out of order`),
    ...missing.map((file) => `${file} is missing`),
    ...invented.map((file) => `${file} is not in the journal`),
  ]
}
