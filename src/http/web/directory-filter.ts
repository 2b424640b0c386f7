import type { WardChoice } from '../../actions/geography/list-ward-choices.ts'
import { ACCESS, ACCESS_CODES } from '../../domain/directory.ts'
import { ANYWHERE } from '../../domain/directory-facets.ts'
import type { DirectoryFilter } from '../../domain/directory-filter.ts'
import { wordsSought } from '../../domain/directory-words.ts'
import { languageName } from '../../domain/languages.ts'
import { NEED_CODES, needLabel } from '../../domain/needs.ts'
import { SOUTHAMPTON_DISTRICTS } from '../../domain/place.ts'
import { WEEKDAY_NAMES } from '../../domain/session-times.ts'
import { queryWord, queryWords } from './addresses.ts'

/** What there is to choose from beside what is the same everywhere. */
export interface Offered {
  languages: string[]
  access: string[]
  localities: string[]
  wards: WardChoice[]
  districts: string[]
}

/** What somebody chose, as the address says it; the area as "ward:E05015491", "district:SO14" or "locality:West". */
export interface Chosen {
  q: string
  need: string
  area: string
  day: string
  language: string
  access: string[]
  /** `free`, `self`, `room`. */
  only: string[]
  hasUnknown: boolean
}

const ONLY = { free: 'Free of charge', self: 'You can ask to join yourself', room: 'Has room' } as const
const MOST_TYPED = 100
const DAYS = ['1', '2', '3', '4', '5', '6', '7']

export function offeredIn({
  facets,
  localities,
  wards,
}: {
  facets: Map<string, number>
  localities: string[]
  wards: WardChoice[]
}): Offered {
  const of = (kind: string) =>
    [...facets.keys()].filter((facet) => facet.startsWith(`${kind}:`)).map((facet) => facet.slice(kind.length + 1))
  return {
    languages: of('language').sort((a, b) => languageName(a).localeCompare(languageName(b), 'en-GB')),
    access: ACCESS_CODES.filter((code) => of('access').includes(code)),
    localities,
    wards,
    // The city's own, and where else anything is.
    districts: [...new Set([...SOUTHAMPTON_DISTRICTS, ...of('district').filter((code) => code !== ANYWHERE)])].sort(),
  }
}

function areasOf({ localities, wards, districts }: Offered) {
  return [
    ...localities.map((name) => ({ value: `locality:${name}`, text: name })),
    ...wards.map(({ code, name }) => ({ value: `ward:${code}`, text: name })),
    ...districts.map((code) => ({ value: `district:${code}`, text: `Postcodes that start with ${code}` })),
  ]
}

export function chosenIn(query: unknown, offered: Offered): Chosen {
  let hasUnknown = false
  const oneOf = (name: string, known: readonly string[]): string => {
    const [asked, ...more] = queryWords(query, name)
    const found = known.find((one) => one === asked) ?? ''
    if (more.length > 0 || (asked !== undefined && found === '')) hasUnknown = true
    return found
  }
  const someOf = (name: string, known: readonly string[]): string[] => {
    const asked = queryWords(query, name)
    if (asked.some((one) => !known.includes(one))) hasUnknown = true
    return known.filter((one) => asked.includes(one))
  }
  const areas = areasOf(offered).map(({ value }) => value)
  const chosen = {
    q: (queryWord(query, 'q') ?? '').trim().slice(0, MOST_TYPED),
    need: oneOf('need', NEED_CODES),
    area: oneOf('area', areas),
    day: oneOf('day', DAYS),
    language: oneOf('language', offered.languages),
    access: someOf('access', ACCESS_CODES),
    only: someOf('only', Object.keys(ONLY)),
  }
  return { ...chosen, hasUnknown }
}

/** The choice as the search takes it. */
export function filterOf({ q, need, area, day, language, access, only }: Chosen): DirectoryFilter {
  const [kind, ...rest] = area.split(':')
  const where = rest.join(':')
  return {
    q,
    need: need || undefined,
    ward: kind === 'ward' ? where : undefined,
    district: kind === 'district' ? where : undefined,
    locality: kind === 'locality' ? where : undefined,
    day: day ? Number(day) : undefined,
    language: language || undefined,
    access,
    free: only.includes('free'),
    self: only.includes('self'),
    room: only.includes('room'),
  }
}

/** The same choice with something else: its address. The order is fixed, so that one choice has one address. */
export function addressWith(path: string, chosen: Chosen, other: Partial<Chosen> & { after?: string } = {}): string {
  const { q, need, area, day, language, access, only, after } = { after: undefined, ...chosen, ...other }
  const pairs = [
    ['q', q],
    ['need', need],
    ['area', area],
    ['day', day],
    ['language', language],
    ...access.map((code) => ['access', code]),
    ...only.map((one) => ['only', one]),
    ['after', after],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]))
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`
}

function areaWords(area: string, offered: Offered): string {
  return areasOf(offered).find(({ value }) => value === area)?.text ?? area
}

/** What was chosen, part by part, each with what is left without it. */
export function partsOf(chosen: Chosen, offered: Offered): { text: string; without: Partial<Chosen> }[] {
  const { q, need, area, day, language, access, only } = chosen
  return [
    ...(q ? [{ text: `“${q}”`, without: { q: '' } }] : []),
    ...(need ? [{ text: needLabel(need), without: { need: '' } }] : []),
    ...(area ? [{ text: areaWords(area, offered), without: { area: '' } }] : []),
    ...(day ? [{ text: WEEKDAY_NAMES[Number(day) - 1] ?? day, without: { day: '' } }] : []),
    ...(language ? [{ text: languageName(language), without: { language: '' } }] : []),
    ...access.map((code) => ({
      text: ACCESS[code as keyof typeof ACCESS],
      without: { access: access.filter((one) => one !== code) },
    })),
    ...only.map((one) => ({
      text: ONLY[one as keyof typeof ONLY],
      without: { only: only.filter((other) => other !== one) },
    })),
  ]
}

/** Ways to look for more: without each part, and for each word alone. */
export function widerThan(chosen: Chosen, offered: Offered): { text: string; chosen: Chosen }[] {
  const words = wordsSought(chosen.q).map(({ word }) => word)
  return [
    ...partsOf(chosen, offered).map(({ text, without }) => ({
      text: `Without ${text}`,
      chosen: { ...chosen, ...without },
    })),
    ...(words.length > 1 ? words.map((word) => ({ text: `Only “${word}”`, chosen: { ...chosen, q: word } })) : []),
  ]
}

/** The box, what was chosen as chips that can be taken away, and the rest behind one word. It is a plain address. */
export function filterModel(path: string, chosen: Chosen, offered: Offered) {
  const any = (text: string) => ({ value: '', text })
  const { q, need, area, day, language, access, only } = chosen
  const parts = partsOf(chosen, offered)
  return {
    path,
    q,
    hasUnknown: chosen.hasUnknown,
    isNarrow: parts.length > (q ? 1 : 0),
    clearHref: path,
    chips: parts.map(({ text, without }) => ({ text, href: addressWith(path, chosen, without) })),
    form: { values: { q, need, area, day, language, access, only }, errors: {} },
    fields: {
      need: [any('Anything'), ...NEED_CODES.map((value) => ({ value, text: needLabel(value) }))],
      area: [any('Anywhere'), ...areasOf(offered)],
      day: [any('Any day'), ...DAYS.map((value, index) => ({ value, text: WEEKDAY_NAMES[index] ?? value }))],
      language: [any('Any language'), ...offered.languages.map((value) => ({ value, text: languageName(value) }))],
      access: offered.access.map((value) => ({ value, text: ACCESS[value as keyof typeof ACCESS] })),
      only: Object.entries(ONLY).map(([value, text]) => ({ value, text })),
    },
  }
}
