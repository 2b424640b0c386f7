import type { Deprivation, NeighbourhoodWard } from '../domain/geography.ts'
import { codeIn, type Found, type Layout, RowFault, requireColumns, wholeIn } from './geography-cells.ts'

const IMD = 'index of multiple deprivation (imd)'

const DEPRIVATION = {
  code: { words: 'the neighbourhood (LSOA code)', patterns: [/^lsoa code \((\d{4})\)/] },
  name: { words: 'its name (LSOA name)', patterns: [/^lsoa name/] },
  authority: {
    words: 'the local authority (Local Authority District code)',
    patterns: [/^local authority district code \((\d{4})\)/],
  },
  rank: { words: 'the rank of the whole index', patterns: [startOf(`${IMD} rank`)] },
  decile: { words: 'the decile of the whole index', patterns: [startOf(`${IMD} decile`)] },
}

function startOf(words: string): RegExp {
  return new RegExp(`^${words.replace(/[()]/g, '\\$&')}`)
}

/** More neighbourhoods than England has had. */
const RANKS = 40_000

/** By the year of its local authorities: the index itself does not name its own. */
const INDEX_OF: Record<number, number> = { 2013: 2015, 2019: 2019, 2024: 2025 }

/** File 7 of the English indices of deprivation, 2015 or later: its columns are known by how their names begin. */
export function deprivationLayout(header: readonly string[], looksLike?: string): Layout<Deprivation> {
  const at = requireColumns('the Index of Multiple Deprivation (File 7)', header, DEPRIVATION, looksLike)
  const ofAuthorities = at.authority.year ?? 0
  const imdYear = INDEX_OF[ofAuthorities] ?? ofAuthorities
  return {
    edition: `Index of Multiple Deprivation ${imdYear}, neighbourhoods of ${at.code.year}`,
    hasHeader: true,
    columns: header.length,
    read: (cells) => ({
      code: needed(codeIn(cells[at.code.at], 'a neighbourhood'), 'the neighbourhood'),
      name: textIn(cells, at.name, 'the name of the neighbourhood'),
      authorityCode: codeIn(cells[at.authority.at], 'a local authority'),
      imdRank: wholeIn(cells[at.rank.at], 'rank', RANKS),
      imdDecile: wholeIn(cells[at.decile.at], 'decile', 10),
      imdYear,
    }),
  }
}

const WARDS = {
  code: { words: 'the neighbourhood (LSOA21CD)', patterns: [/^lsoa(\d\d)cd$/] },
  name: { words: 'its name (LSOA21NM)', patterns: [/^lsoa(\d\d)nm$/] },
  ward: { words: 'the ward (WD25CD)', patterns: [/^wd(\d\d)cd$/] },
  wardName: { words: 'its name (WD25NM)', patterns: [/^wd(\d\d)nm$/] },
  authority: { words: 'the local authority (LAD25CD)', patterns: [/^lad(\d\d)cd$/] },
  authorityName: { words: 'its name (LAD25NM)', patterns: [/^lad(\d\d)nm$/] },
}

/** The best fit of neighbourhoods to wards, of any year: it also tells how wards and authorities are called. */
export function wardsLayout(header: readonly string[], looksLike?: string): Layout<NeighbourhoodWard> {
  const at = requireColumns('a look-up from neighbourhoods (LSOA) to wards', header, WARDS, looksLike)
  return {
    edition: `Neighbourhoods of ${at.code.year}, best fit to wards of ${at.ward.year}`,
    hasHeader: true,
    columns: header.length,
    read: (cells) => ({
      code: needed(codeIn(cells[at.code.at], 'a neighbourhood'), 'the neighbourhood'),
      name: textIn(cells, at.name, 'the name of the neighbourhood'),
      wardCode: needed(codeIn(cells[at.ward.at], 'a ward'), 'the ward'),
      wardName: textIn(cells, at.wardName, 'the name of the ward'),
      authorityCode: codeIn(cells[at.authority.at], 'a local authority'),
      authorityName: cells[at.authorityName.at]?.trim() || null,
    }),
  }
}

function needed(code: string | null, what: string): string {
  if (code === null) throw new RowFault(`the code of ${what} is missing`)
  return code
}

function textIn(cells: readonly string[], { at }: Found, what: string): string {
  const text = cells[at]?.trim()
  if (!text) throw new RowFault(`${what} is missing`)
  return text
}
