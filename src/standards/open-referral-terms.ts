import { ACCESS, ACCESS_CODES } from '../domain/directory.ts'
import { EligibilityRule } from '../domain/eligibility.ts'
import { NEED_CODES, NEEDS } from '../domain/needs.ts'
import { stableId } from './stable-id.ts'

/** The lists of words that the feed speaks in. */
export type TaxonomyCode = 'needs' | 'access' | 'eligibility'

export interface Taxonomy {
  code: TaxonomyCode
  id: string
  name: string
  description: string
}

export interface Term {
  taxonomy: TaxonomyCode
  code: string
  id: string
  name: string
  description: string
}

function taxonomy(code: TaxonomyCode, name: string, description: string): Taxonomy {
  return { code, id: stableId('taxonomy', code), name, description }
}

export const TAXONOMIES: Taxonomy[] = [
  taxonomy('needs', 'Trellis needs', 'What people come with: the needs that a service can help with, in plain words.'),
  taxonomy('access', 'Trellis access', 'What makes a service possible to come to.'),
  taxonomy('eligibility', 'Trellis eligibility', 'The kinds of rule by which a service decides whom it can take.'),
]

function term(of: TaxonomyCode, code: string, name: string, description: string): Term {
  return { taxonomy: of, code, id: stableId('taxonomy_term', of, code), name, description }
}

/** "severe_mental_illness" as words. */
function inWords(code: string): string {
  const words = code.replace(/_/g, ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

function needTerm(code: (typeof NEED_CODES)[number]): Term {
  const { label, snomed } = NEEDS[code]
  return term('needs', code, label, snomed ? `${label} (SNOMED CT ${snomed})` : label)
}

const RULE_KINDS = EligibilityRule.options.map((option) => option.shape.rule.value)

export const TERMS: Term[] = [
  ...NEED_CODES.map(needTerm),
  ...ACCESS_CODES.map((code) => term('access', code, ACCESS[code], ACCESS[code])),
  ...RULE_KINDS.map((kind) => term('eligibility', kind, inWords(kind), `A rule about: ${inWords(kind).toLowerCase()}`)),
]

const byId = new Map(TERMS.map((one) => [one.id, one]))
const byCode = new Map(TERMS.map((one) => [`${one.taxonomy} ${one.code}`, one]))

export function termById(id: string): Term | undefined {
  return byId.get(id.toLowerCase())
}

export function termOf(of: TaxonomyCode, code: string): Term | undefined {
  return byCode.get(`${of} ${code}`)
}

export function taxonomyById(id: string): Taxonomy | undefined {
  return TAXONOMIES.find((one) => one.id === id.toLowerCase())
}

export function taxonomyOf(code: TaxonomyCode): Taxonomy {
  const found = TAXONOMIES.find((one) => one.code === code)
  if (!found) throw new Error(`There is no taxonomy ${code}.`)
  return found
}
