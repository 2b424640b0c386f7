import type { Day } from './day.ts'

/** What the licences of the official files ask to be shown wherever something of them is. */
export const ATTRIBUTION =
  'Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and database right, and ' +
  'National Statistics data © Crown copyright and database right. Contains public sector information of MHCLG and NHS ' +
  'England. All under the Open Government Licence v3.0.'

export const GEOGRAPHY_KINDS = ['postcodes', 'deprivation', 'wards', 'practices'] as const
export type GeographyKind = (typeof GEOGRAPHY_KINDS)[number]

/** Where a postcode lies. Codes are those of the Office for National Statistics; none where the list has none. */
export interface PostcodePlace {
  postcode: string
  wardCode: string | null
  lsoaCode: string | null
  authorityCode: string | null
  /** WGS84, in degrees. */
  latitude: number | null
  longitude: number | null
  endedOn: Day | null
}

/** How deprived a neighbourhood is among all of England: 1 is the most deprived. */
export interface Deprivation {
  code: string
  name: string
  authorityCode: string | null
  imdRank: number
  imdDecile: number
  imdYear: number
}

/** The ward that holds most of a neighbourhood. */
export interface NeighbourhoodWard {
  code: string
  name: string
  wardCode: string
  wardName: string
  authorityCode: string | null
  authorityName: string | null
}

export interface Practice {
  odsCode: string
  name: string
  addressLines: string[]
  postcode: string | null
  phone: string | null
  closedOn: Day | null
}

/** What one row of each kind of file says. */
export interface GeographyRows {
  postcodes: PostcodePlace
  deprivation: Deprivation
  wards: NeighbourhoodWard
  practices: Practice
}

/** Fifths as the country counts them: the most deprived two tenths are the first. */
export function quintileOf(decile: number): number {
  return Math.ceil(decile / 2)
}

/** A postcode as a number of its own, so that three million of them fit where three million texts do not. */
export function postcodeNumber(postcode: string): number {
  return Number.parseInt(postcode.replace(' ', ''), 36)
}

/** The parts of a city by which services like to sort its wards. Which ward belongs to which is for its people to say. */
export const USUAL_LOCALITIES = ['West', 'North & Central', 'East']
