import type { PostcodePlace } from '../domain/geography.ts'
import { normalisePostcode } from '../domain/place.ts'
import { codeIn, type Layout, RowFault, requireColumns, shortly } from './geography-cells.ts'

const COLUMNS = {
  postcode: { words: 'the postcode (pcds)', patterns: [/^pcds$/, /^pcd8$/, /^pcd2$/, /^pcd7$/, /^pcd$/] },
  ended: { words: 'the month in which it ended (doterm)', patterns: [/^doterm$/] },
  ward: { words: 'the ward (wd25cd, ward or osward)', patterns: [/^wd(\d\d)cd$/, /^ward$/, /^osward$/] },
  authority: {
    words: 'the local authority (lad25cd, laua or oslaua)',
    patterns: [/^lad(\d\d)cd$/, /^laua$/, /^oslaua$/],
  },
  lsoa: { words: 'the neighbourhood (lsoa21cd or lsoa21)', patterns: [/^lsoa(\d\d)(?:cd)?$/] },
  latitude: { words: 'the latitude (lat)', patterns: [/^lat$/] },
  longitude: { words: 'the longitude (long)', patterns: [/^long$/] },
}

/** Only the longer directory knows the parishes, and called its wards by this name. */
const OF_THE_DIRECTORY = /^(parish|par\d\dcd|casward|osward)$/

/** Whatever a postcode was ever made of. What is of no present form is right and of no use. */
const EVER_A_POSTCODE = /^[A-Z]{1,3}(\d[A-Z\d]?)?\s*\d[A-Z]{2}$/

/** The National Statistics Postcode Lookup, or the ONS Postcode Directory, of any year. */
export function postcodesLayout(header: readonly string[], looksLike?: string): Layout<PostcodePlace> {
  const at = requireColumns('a postcode list (NSPL or ONSPD)', header, COLUMNS, looksLike)
  const name = header.some((column) => OF_THE_DIRECTORY.test(column)) ? 'ONSPD' : 'NSPL'
  const wards = at.ward.year ? `wards of ${at.ward.year}` : 'wards of a year that it does not name'
  return {
    edition: `${name}, ${wards}, neighbourhoods of ${at.lsoa.year}`,
    hasHeader: true,
    columns: header.length,
    read(cells) {
      const text = cells[at.postcode.at] ?? ''
      if (!EVER_A_POSTCODE.test(text)) throw new RowFault(`“${shortly(text)}” is not a postcode`)
      const place = {
        wardCode: codeIn(cells[at.ward.at], 'a ward'),
        lsoaCode: codeIn(cells[at.lsoa.at], 'a neighbourhood'),
        authorityCode: codeIn(cells[at.authority.at], 'a local authority'),
        ...pointIn(cells[at.latitude.at], cells[at.longitude.at]),
        endedOn: monthIn(cells[at.ended.at]),
      }
      const postcode = normalisePostcode(text)
      return postcode ? { postcode, ...place } : undefined
    },
  }
}

const NOWHERE = { latitude: null, longitude: null }

function pointIn(lat: string | undefined, long: string | undefined) {
  if (!lat?.trim() || !long?.trim()) return NOWHERE
  const latitude = Number(lat)
  const longitude = Number(long)
  // So the list says that there is no grid reference.
  if (latitude > 99) return NOWHERE
  if (!(latitude >= 49 && latitude <= 61.5 && longitude >= -9 && longitude <= 2.5))
    throw new RowFault(`${shortly(lat)}, ${shortly(long)} is no point of the United Kingdom`)
  return { latitude, longitude }
}

function monthIn(cell: string | undefined): string | null {
  const text = (cell ?? '').trim()
  if (text === '') return null
  const match = /^((?:19|20)\d\d)(0[1-9]|1[0-2])$/.exec(text)
  if (!match) throw new RowFault(`“${shortly(text)}” is not a month, like 202505`)
  return `${match[1]}-${match[2]}-01`
}
