import { ANYWHERE } from './directory-facets.ts'

/** What somebody narrows the directory down by. Each is optional, and all that are named have to hold. */
export interface DirectoryFilter {
  /** Words, as they were typed. */
  q?: string | undefined
  need?: string | undefined
  /** A ward, a postcode district, or a part of the city that holds these wards. */
  ward?: string | undefined
  district?: string | undefined
  locality?: string | undefined
  /** Monday is 1. */
  day?: number | undefined
  language?: string | undefined
  access?: string[] | undefined
  free?: boolean | undefined
  /** People may come by themselves. */
  self?: boolean | undefined
  /** Has a free place, by a number that is confirmed. */
  room?: boolean | undefined
}

/** The facets that an entry needs, one of each list; `wards` are those of the locality. */
export function facetsSought(filter: DirectoryFilter, wards: string[]): string[][] {
  const { need, ward, district, locality, day, language, access = [], free, self } = filter
  return [
    need ? [`need:${need}`] : [],
    ward ? [`ward:${ward}`, `ward:${ANYWHERE}`] : [],
    district ? [`district:${district}`, `district:${ANYWHERE}`] : [],
    locality ? [...wards.map((code) => `ward:${code}`), `ward:${ANYWHERE}`] : [],
    day ? [`day:${day}`] : [],
    language ? [`language:${language}`] : [],
    ...access.map((code) => [`access:${code}`]),
    free ? ['cost:free'] : [],
    self ? ['route:self'] : [],
  ].filter((anyOf) => anyOf.length > 0)
}

/** Whether nothing at all is asked for. */
export function isWhole({ access = [], ...filter }: DirectoryFilter): boolean {
  return access.length === 0 && Object.values(filter).every((value) => !value)
}
