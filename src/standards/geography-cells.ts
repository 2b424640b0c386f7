import type { GeographyKind, GeographyRows } from '../domain/geography.ts'
import { withOr } from '../domain/phrases.ts'

/** The file is not what it was said to be, in words for whoever chose it. */
export class WrongFile extends Error {
  override readonly name = 'WrongFile'
}

/** One row of a file cannot be right. The reader adds which row it is. */
export class RowFault extends Error {
  override readonly name = 'RowFault'
}

/** How one file is to be read: what its first row told. */
export interface Layout<Row> {
  /** What it says of its own edition: "NSPL, wards of 2025". */
  edition: string
  /** Whether the first row names the columns. */
  hasHeader: boolean
  columns: number
  /** What a row says; undefined where it is right and of no use here. Throws a RowFault. */
  read(cells: readonly string[]): Row | undefined
}

export type LayoutOf = { [K in GeographyKind]: Layout<GeographyRows[K]> }

/** The names of columns as they are compared: official files differ in capitals and in spaces. */
export function headerOf(first: readonly string[]): string[] {
  return first.map((name) =>
    name
      .replace(/^\ufeff/, '')
      .trim()
      .replace(/\s+/g, ' ')
      .toLowerCase(),
  )
}

/** A column and the year in its name, where it has one. */
export interface Found {
  at: number
  year: number | null
}

/** The column of the first pattern that any name fits; of several years the newest. The pattern's group is the year. */
export function findColumn(header: readonly string[], ...patterns: RegExp[]): Found | undefined {
  for (const pattern of patterns) {
    const found = header.flatMap((name, at) => {
      const match = pattern.exec(name)
      return match ? [{ at, year: yearOf(match[1]) }] : []
    })
    const newest = found.sort((a, b) => (b.year ?? 0) - (a.year ?? 0))[0]
    if (newest) return newest
  }
  return undefined
}

function yearOf(digits: string | undefined): number | null {
  if (!digits) return null
  return digits.length === 4 ? Number(digits) : 2000 + Number(digits)
}

/** The columns that a file must have, each with the words for it where it is missing; all that are missing are said. */
export function requireColumns<Name extends string>(
  what: string,
  header: readonly string[],
  wanted: Record<Name, { words: string; patterns: RegExp[] }>,
  looksLike: string | undefined,
): Record<Name, Found> {
  const names = Object.keys(wanted) as Name[]
  const found = names.map((name) => [name, findColumn(header, ...wanted[name].patterns)] as const)
  const missing = found.flatMap(([name, column]) => (column ? [] : [wanted[name].words]))
  if (missing.length === 0) return Object.fromEntries(found) as Record<Name, Found>
  if (looksLike) throw new WrongFile(`This is not ${what}. It looks like ${looksLike}.`)
  throw new WrongFile(`This is not ${what}: it has no column for ${withOr(missing)}.`)
}

/** An official code of nine characters; none where the list says that there is none (E99999999). */
export function codeIn(cell: string | undefined, what: string): string | null {
  const code = (cell ?? '').trim()
  if (code === '' || code.endsWith('99999999')) return null
  if (!/^([A-Z]\d{8}|\d\d[A-Z0-9]{2,7})$/.test(code))
    throw new RowFault(`“${shortly(code)}” is not the code of ${what}`)
  return code
}

export function wholeIn(cell: string | undefined, what: string, most: number): number {
  const text = (cell ?? '').trim().replaceAll(',', '')
  const number = /^\d+(\.0+)?$/.test(text) ? Number(text) : 0
  if (number < 1 || number > most) throw new RowFault(`the ${what} is “${shortly(text)}”, and not from 1 to ${most}`)
  return number
}

/** What a message may show of a cell. */
export function shortly(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}
