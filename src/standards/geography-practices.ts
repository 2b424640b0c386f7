import { type Day, isDay } from '../domain/day.ts'
import type { Practice } from '../domain/geography.ts'
import { normalisePostcode } from '../domain/place.ts'
import { headerOf, type Layout, RowFault, requireColumns, shortly, WrongFile } from './geography-cells.ts'

const WHAT = 'the list of GP practices (epraccur)'

/** The columns of epraccur, which has no header, by their published positions. */
const POSITIONS = {
  code: 0,
  name: 1,
  address: [4, 5, 6, 7, 8],
  postcode: 9,
  opened: 10,
  closed: 11,
  status: 12,
  left: 16,
  phone: 17,
}
type Positions = typeof POSITIONS
const LEAST_COLUMNS = 26

/** The newer download has a header, and fewer columns. */
const NAMED = {
  code: { words: 'the code (OrgCode)', patterns: [/^orgcode$/] },
  name: { words: 'the name (Name)', patterns: [/^name$/] },
  address: { words: 'the address (Address1)', patterns: [/^address1$/] },
  postcode: { words: 'the postcode (Postcode)', patterns: [/^postcode$/] },
  opened: { words: 'when it opened (OpenDate)', patterns: [/^opendate$/] },
  closed: { words: 'when it closed (CloseDate)', patterns: [/^closedate$/] },
  status: { words: 'its status (StatusCode)', patterns: [/^statuscode$/] },
  left: { words: 'when it left (LeftProviderDate)', patterns: [/^leftproviderdate$/] },
  phone: { words: 'the telephone (TelNo)', patterns: [/^telno$/] },
}

/** Whoever may write prescriptions stands in the same list, hospices and wings of prisons too; practices have such a code. */
const OF_A_PRACTICE = /^[A-Z]\d{5}$/
const OF_ANYBODY = /^[A-Z\d]{3,8}$/

/** By position with sense checked, or by the names of the newer download. */
export function practicesLayout(first: readonly string[], looksLike?: string): Layout<Practice> {
  const header = headerOf(first)
  const hasHeader = header.includes('orgcode')
  if (hasHeader) {
    const at = requireColumns(WHAT, header, NAMED, looksLike)
    const start = at.address.at
    const named = Object.fromEntries(Object.entries(at).map(([name, column]) => [name, column.at]))
    const address = header.flatMap((name, index) => (/^address[1-5]$/.test(name) && index >= start ? [index] : []))
    return layout({ ...POSITIONS, ...named, address }, header.length, true, 'the download with a header')
  }
  if (
    first.length < LEAST_COLUMNS ||
    !OF_ANYBODY.test(first[0] ?? '') ||
    !/^[ACDP]$/.test(first[POSITIONS.status] ?? '')
  ) {
    if (looksLike) throw new WrongFile(`This is not ${WHAT}. It looks like ${looksLike}.`)
    throw new WrongFile(`This is not ${WHAT}: it has no code of a practice in column 1 and no status in column 13.`)
  }
  return layout(POSITIONS, first.length, false, 'by position')
}

function layout(at: Positions, columns: number, hasHeader: boolean, how: string): Layout<Practice> {
  return {
    edition: `ODS practices (epraccur), ${how}`,
    hasHeader,
    columns,
    read(cells) {
      const odsCode = (cells[at.code] ?? '').trim()
      const status = (cells[at.status] ?? '').trim()
      if (!OF_ANYBODY.test(odsCode)) throw new RowFault(`“${shortly(odsCode)}” is not the code of an organisation`)
      if (!/^[ACDP]$/.test(status)) throw new RowFault(`the status is “${shortly(status)}”, and not A, C, D or P`)
      dayIn(cells[at.opened], 'it opened')
      const closed = dayIn(cells[at.closed], 'it closed')
      const left = dayIn(cells[at.left], 'it left')
      const name = (cells[at.name] ?? '').trim()
      if (!name) throw new RowFault('the name is missing')
      if (!OF_A_PRACTICE.test(odsCode)) return undefined
      return {
        odsCode,
        name: asATitle(name),
        addressLines: at.address.flatMap((column) => cells[column]?.trim() || []).map(asATitle),
        postcode: normalisePostcode(cells[at.postcode] ?? '') ?? null,
        phone: cells[at.phone]?.trim() || null,
        closedOn: closed ?? (status === 'C' ? left : null),
      }
    },
  }
}

function dayIn(cell: string | undefined, what: string): Day | null {
  const text = (cell ?? '').trim()
  if (text === '') return null
  const day = text.replace(/^(\d{4})-?(\d\d)-?(\d\d)$/, '$1-$2-$3')
  if (!isDay(day)) throw new RowFault(`the day on which ${what} is “${shortly(text)}”, and not like 20250930`)
  return day
}

const SMALL = new Set(['And', 'At', 'By', 'For', 'In', 'Of', 'On', 'The', 'To', 'With'])
const CAPITALS = new Set(['GP', 'NHS', 'PCN', 'II', 'III', 'CCG', 'APMS', 'UK'])

/** The list shouts. ST MARY'S SURGERY is called St Mary’s Surgery. */
function asATitle(text: string): string {
  if (/[a-z]/.test(text)) return text
  return text
    .replace(/[A-Z][A-Z'’]*/g, (word) => (CAPITALS.has(word) ? word : word.charAt(0) + word.slice(1).toLowerCase()))
    .replace(/(?<=\s)[A-Z][a-z]+/g, (word) => (SMALL.has(word) ? word.toLowerCase() : word))
}
