import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { ACCESS_CODES, PROJECT_STATUSES } from '../domain/directory.ts'
import { SourceFault } from '../domain/directory-source.ts'
import { agesOf } from '../domain/eligibility-words.ts'
import { languageCode } from '../domain/languages.ts'
import {
  type ListedGroup,
  type Listing,
  MOST_GROUPS,
  NOT_SAID,
  type ReadEntry,
  type ReadGroup,
} from '../domain/listing.ts'
import { NEED_CODES, type NeedCode } from '../domain/needs.ts'
import { normalisePostcode } from '../domain/place.ts'
import { dayOf } from './days.ts'
import { isEmail } from './filled.ts'
import { readAges } from './read-ages.ts'
import { FieldReader, sourceId } from './read-fields.ts'

/** The columns of the table, in their order, and what stands in each. One row for each group; what is the project's is repeated. */
export const CSV_COLUMNS = {
  project_id: 'the project’s id; anything that names it, and its name where empty',
  group_id: 'the group’s id; its name where empty',
  project: 'name of the project (needed)',
  organisation: 'name of the provider (needed)',
  status: `${PROJECT_STATUSES.join(', ')}; active where empty`,
  summary: 'what it is, in plain words',
  first_visit: 'what to expect on the first visit',
  how_to_refer: 'how to refer',
  group: 'name of the group',
  schedule: 'when it meets, in words',
  venue: 'where it meets, in words',
  address: 'street and number',
  city: 'city',
  postcode: 'full postcode',
  needs: 'codes of needs, with semicolons between',
  minimum_age: 'years',
  maximum_age: 'years',
  cost: 'pounds for a session; 0 is free',
  cost_note: 'more about the cost',
  languages: 'codes like en or pl, with semicolons between',
  access: 'codes of what makes it possible to come, with semicolons between',
  interests: 'what people enjoy there, with semicolons between',
  url: 'web address',
  contact: 'whom to ask',
  phone: 'telephone',
  email: 'e-mail address',
  alert: 'what everybody must know now',
  assured_on: 'the day (2026-11-30) on which the provider last said that it is right',
} as const
type Column = keyof typeof CSV_COLUMNS
const COLUMNS = Object.keys(CSV_COLUMNS) as Column[]
const NEEDED: Column[] = ['project', 'organisation']

const joined = (texts: readonly string[]) => texts.join('; ')

/** The directory as a table that a spreadsheet opens: with the mark of UTF-8, and no cell that it would run as a formula. */
export function directoryCsv(listings: Listing[]): string {
  const rows = listings.flatMap((listing) =>
    (listing.groups.length > 0 ? listing.groups : [null]).map((group) => rowOf(listing, group)),
  )
  return stringify(rows, { header: true, columns: COLUMNS, bom: true, escape_formulas: true, record_delimiter: '\r\n' })
}

function rowOf(listing: Listing, group: ListedGroup | null): Record<Column, string> {
  const ages = agesOf(listing.rules)
  const place = group?.location
  return {
    project_id: listing.id,
    group_id: group?.id ?? '',
    project: listing.name,
    organisation: listing.organisation.name,
    status: listing.status,
    summary: listing.summary,
    first_visit: listing.firstVisit ?? '',
    how_to_refer: listing.howToRefer ?? '',
    group: group?.name ?? '',
    schedule: group && group.schedule !== NOT_SAID ? group.schedule : '',
    venue: group && group.venue !== NOT_SAID ? group.venue : '',
    address: joined(place?.addressLines ?? []),
    city: place?.city ?? '',
    postcode: place?.postcode ?? '',
    needs: joined(listing.needs),
    minimum_age: String(ages.min ?? ''),
    maximum_age: String(ages.max ?? ''),
    cost: listing.costPence === null ? '' : String(listing.costPence / 100),
    cost_note: listing.costNote ?? '',
    languages: joined(listing.languages),
    access: joined(listing.access),
    interests: joined(listing.interests),
    url: listing.url ?? '',
    contact: listing.contactName ?? '',
    phone: listing.contactPhone ?? '',
    email: listing.contactEmail ?? '',
    alert: listing.alert ?? '',
    assured_on: listing.assuredOn ?? '',
  }
}

interface Line {
  number: number
  cells: Record<string, string>
}

/** Reads such a table. Rows of one project belong together wherever they stand; each fault is told with its line. */
export function readDirectoryCsv(text: string, feed: string): ReadEntry[] {
  const projects = new Map<string, Line[]>()
  for (const line of linesOf(text)) {
    const key = line.cells.project_id || `${line.cells.organisation} ${line.cells.project}`
    const lines = projects.get(key)
    if (lines) lines.push(line)
    else projects.set(key, [line])
  }
  return [...projects.values()].map((lines) => readProject(lines, feed))
}

/** Whether the table ends in the middle of a line, as half of a file does. */
export function isBrokenOff(text: string): boolean {
  if (/[\r\n]\s*$/.test(text)) return false
  const records = recordsOf(text)
  return (records.at(-1)?.record.length ?? 0) < (records[0]?.record.length ?? 0)
}

function recordsOf(text: string): { record: string[]; info: { lines: number } }[] {
  try {
    const options = {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 200_000,
    }
    return parse(text, options) as unknown as ReturnType<typeof recordsOf>
  } catch (error) {
    throw new SourceFault(`The file is no table that can be read: ${error instanceof Error ? error.message : 'CSV'}`)
  }
}

function linesOf(text: string): Line[] {
  const [header, ...others] = recordsOf(text)
  const names = (header?.record ?? []).map((name) => name.trim().toLowerCase())
  const missing = NEEDED.filter((name) => !names.includes(name))
  if (missing.length > 0)
    throw new SourceFault(`The first line must name the columns: ${missing.join(' and ')} missing.`)
  const unknown = names.filter((name) => !(COLUMNS as string[]).includes(name))
  if (unknown.length > 0) throw new SourceFault(`There is no column “${unknown.join('”, “').slice(0, 200)}”.`)
  return others.map(({ record, info }) => ({
    number: info.lines,
    cells: Object.fromEntries(names.map((name, index) => [name, withoutGuard(record[index] ?? '')])),
  }))
}

/** Takes off the sign that keeps a spreadsheet from running a text as a formula. */
function withoutGuard(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '').trim()
}

const MOST_NAMED = 20

function placeOf(lines: Line[]): string {
  const named = lines.slice(0, MOST_NAMED).map(({ number }) => number)
  const more = lines.length - named.length
  return `line ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function readProject(lines: Line[], feed: string): ReadEntry {
  const [first] = lines
  const cells = first?.cells ?? {}
  const reader = new FieldReader()
  const place = placeOf(lines)
  const ids = sourceId(feed, 'service', cells.project_id || `${cells.organisation} ${cells.project}`)
  const name = reader.line(cells, 'project', 200)
  const provider = reader.line(cells, 'organisation', 200)
  const status = PROJECT_STATUSES.find((one) => one === (cells.status || 'active'))
  const organisationId = sourceId(feed, 'organization', provider)
  const entry = { entry: place, ids, name, notes: reader.notes }
  const faults = [
    name ? [] : ['project is missing'],
    provider ? [] : ['organisation is missing'],
    status ? [] : [`status must be ${PROJECT_STATUSES.join(', ')}`],
    ids ? [] : ['project_id, or organisation and project where it is empty, is longer than 200 characters'],
  ].flat()
  if (!ids || !name || !provider || !status || !organisationId)
    return { ...entry, listing: null, fault: `${faults.join('; ')}.` }
  const organisation = { ...organisationId, name: provider, description: null, url: null, charityNumber: null }
  if (lines.length > MOST_GROUPS)
    reader.note(`it has ${lines.length} lines: the groups of the first ${MOST_GROUPS} are read`)
  const groups = lines.slice(0, MOST_GROUPS).flatMap((line) => readGroup(reader, line, feed, ids.spareId))
  return { ...entry, listing: { ...ids, name, status, organisation, groups, ...readFacts(reader, cells) }, fault: null }
}

const listOf = (cell: string | undefined) =>
  (cell ?? '')
    .split(/[;|]/)
    .map((part) => part.trim())
    .filter(Boolean)

function readFacts(reader: FieldReader, cells: Record<string, string>) {
  const pick = <T extends string>(column: Column, codes: readonly T[]): T[] =>
    listOf(cells[column]).flatMap((said) => {
      const code = codes.find((one) => one === said.toLowerCase())
      if (!code) reader.note(`${column}: there is no “${said.slice(0, 40)}”`)
      return code ?? []
    })
  const cost = reader.number(cells, 'cost', 0, 100_000)
  const needs = pick('needs', NEED_CODES)
  const email = reader.line(cells, 'email', 254)
  if (email && !isEmail(email)) reader.note('email is no e-mail address')
  const languages = listOf(cells.languages).flatMap((said) => {
    const code = languageCode(said)
    if (!code) reader.note(`languages: “${said.slice(0, 40)}” is not known here`)
    return code ?? []
  })
  return {
    summary: reader.text(cells, 'summary', 5000) ?? '',
    firstVisit: reader.text(cells, 'first_visit', 2000),
    howToRefer: reader.text(cells, 'how_to_refer', 2000),
    url: reader.link(cells, 'url'),
    contactName: reader.line(cells, 'contact', 200),
    contactPhone: reader.line(cells, 'phone', 40),
    contactEmail: email && isEmail(email) ? email : null,
    costPence: cost === null ? null : Math.round(cost * 100),
    costNote: reader.text(cells, 'cost_note', 500),
    needs: needs.length > 0 ? needs : (['something_else'] satisfies NeedCode[]),
    rules: readAges(reader, cells),
    languages: [...new Set(languages)],
    access: pick('access', ACCESS_CODES),
    interests: listOf(cells.interests).map((text) => text.slice(0, 100)),
    alert: reader.text(cells, 'alert', 500),
    assuredOn: dayOf(reader, cells, 'assured_on'),
    changedAt: null,
  }
}

function readGroup(reader: FieldReader, { cells }: Line, feed: string, project: string): ReadGroup[] {
  const name = reader.line(cells, 'group', 200)
  const id = sourceId(feed, 'service_at_location', cells.group_id || (name ? `${project} ${name}` : ''))
  if (!id) return []
  const said = cells.postcode ?? ''
  const postcode = said ? normalisePostcode(said) : undefined
  if (said && !postcode) reader.note('postcode is no postcode')
  const address = reader.line(cells, 'address', 300)
  const venue = reader.line(cells, 'venue', 300)
  const placeId = sourceId(feed, 'location', [venue, address, postcode].filter(Boolean).join(' '))
  const isPlaced = placeId !== null && (address !== null || postcode !== undefined)
  const nowhere = { latitude: null, longitude: null, access: [], accessNote: null }
  return [
    {
      ...id,
      name: name ?? NOT_SAID,
      schedule: reader.line(cells, 'schedule', 500) ?? NOT_SAID,
      venue: venue ?? address ?? postcode ?? NOT_SAID,
      rules: [],
      times: [],
      courseStartsOn: null,
      courseEndsOn: null,
      location: isPlaced
        ? {
            ...placeId,
            kind: 'physical',
            name: venue ?? address ?? postcode ?? NOT_SAID,
            addressLines: address ? address.split('; ') : [],
            city: reader.line(cells, 'city', 100),
            postcode: postcode ?? null,
            ...nowhere,
          }
        : null,
    },
  ]
}
