import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The official schemas of Open Referral UK: open data beside the project, and no part of it. */
const FOLDER = join(process.env.OPEN_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'oruk/schema')

export const hasOfficialSchemas = existsSync(FOLDER)
if (!hasOfficialSchemas) console.log('The official Open Referral UK schemas are not here: what needs them is left out.')

const FILES = {
  services: 'compiled/service_list.json',
  service: 'compiled/service.json',
  service_at_locations: 'compiled/service_at_location_list.json',
  service_at_location: 'compiled/service_at_location.json',
  taxonomies: 'taxonomy.json',
  taxonomy: 'taxonomy.json',
  taxonomy_terms: 'taxonomy_term.json',
  taxonomy_term: 'taxonomy_term.json',
} as const

const whole = { type: 'integer' }
const yes = { type: 'boolean' }
const ENVELOPE = {
  total_items: whole,
  total_pages: whole,
  page_number: whole,
  size: whole,
  first_page: yes,
  last_page: yes,
  empty: yes,
}

const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))

function openAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const plugin = addFormats as unknown as (to: Ajv2020) => void
  plugin(ajv)
  ajv.addFormat('datetime', true)
  ajv.addSchema(read('taxonomy_term.json'), 'taxonomy_term.json')
  return ajv
}

let ajv: Ajv2020 | undefined
const compiled = new Map<string, ValidateFunction>()

/** What the official schema has against an answer, in its own words. */
export function officialFaults(shape: keyof typeof FILES, answer: unknown): string[] {
  ajv ??= openAjv()
  const known = compiled.get(shape)
  const item = read(FILES[shape])
  const isList = shape.endsWith('s') || shape === 'taxonomies'
  const page = {
    type: 'object',
    required: [...Object.keys(ENVELOPE), 'contents'],
    properties: { ...ENVELOPE, contents: { type: 'array', items: item } },
  }
  const validate = known ?? ajv.compile(isList ? page : item)
  compiled.set(shape, validate)
  validate(answer)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** Every place in an answer where something empty was sent instead of nothing. */
export function empties(value: unknown, at = ''): string[] {
  if (value === null || value === '') return [at]
  if (Array.isArray(value)) {
    const isEmptyList = value.length === 0 && at !== '/contents'
    return [...(isEmptyList ? [at] : []), ...value.flatMap((one, index) => empties(one, `${at}/${index}`))]
  }
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]) => empties(inner, `${at}/${key}`))
}
