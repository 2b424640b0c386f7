import type { GeographyKind } from '../domain/geography.ts'
import { findColumn, headerOf, type LayoutOf, WrongFile } from './geography-cells.ts'
import { deprivationLayout, wardsLayout } from './geography-neighbourhoods.ts'
import { postcodesLayout } from './geography-postcodes.ts'
import { practicesLayout } from './geography-practices.ts'

export { type Layout, RowFault, WrongFile } from './geography-cells.ts'

const CALLED: Record<GeographyKind, string> = {
  postcodes: 'a postcode list (NSPL or ONSPD)',
  deprivation: 'the Index of Multiple Deprivation (File 7)',
  wards: 'a look-up from neighbourhoods (LSOA) to wards',
  practices: 'the list of GP practices (epraccur)',
}

/** What a file seems to be by its first row, so that two files that were swapped are named as such. */
function kindOf(first: readonly string[]): GeographyKind | undefined {
  const header = headerOf(first)
  if (findColumn(header, /^pcds$/, /^pcd8$/)) return 'postcodes'
  if (findColumn(header, /^lsoa code \((\d{4})\)/)) return 'deprivation'
  if (findColumn(header, /^lsoa(\d\d)cd$/) && findColumn(header, /^wd(\d\d)cd$/)) return 'wards'
  if (header.includes('orgcode') || (first.length >= 26 && /^[A-Z]\d{5}$/.test(first[0] ?? ''))) return 'practices'
  return undefined
}

/**
 * How a file of this kind is read, from its first row: official headers of any year, epraccur by position.
 * Throws a WrongFile that says which columns are missing, and what the file looks like instead.
 */
export function layoutOf<K extends GeographyKind>(kind: K, first: readonly string[]): LayoutOf[K] {
  const seems = kindOf(first)
  const looksLike = seems && seems !== kind ? CALLED[seems] : undefined
  const header = headerOf(first)
  const layouts: { [One in GeographyKind]: () => LayoutOf[One] } = {
    postcodes: () => postcodesLayout(header, looksLike),
    deprivation: () => deprivationLayout(header, looksLike),
    wards: () => wardsLayout(header, looksLike),
    practices: () => practicesLayout(first, looksLike),
  }
  return layouts[kind]()
}

/** What other kinds of files begin with, and what to do then. Bytes that are not UTF-8 read as U+FFFD. */
const BEGINNINGS: [string, string][] = [
  ['PK', 'It is a zip archive or a spreadsheet: unpack it, and give the CSV file inside.'],
  ['\u001f\ufffd', 'It is compressed: unpack it first.'],
  ['\ufffd\ufffd', 'It is not encoded as UTF-8: save it as “CSV UTF-8”.'],
  ['<', 'It is a web page, and not the file that stands behind it.'],
]

/** Why a file cannot be a table at all, from its first characters; undefined where it may be one. */
export function whyNotATable(kind: GeographyKind, start: string): WrongFile | undefined {
  if (start.trim() === '') return new WrongFile('The file is empty.')
  const found = BEGINNINGS.find(([beginning]) => start.trimStart().startsWith(beginning))
  return found && new WrongFile(`This is not ${CALLED[kind]}. ${found[1]}`)
}
