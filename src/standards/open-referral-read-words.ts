import { ACCESS_CODES } from '../domain/directory.ts'
import { EligibilityRule } from '../domain/eligibility.ts'
import { cutTo } from '../domain/plain-text.ts'
import { TERMS, type Term, termById } from './open-referral-terms.ts'
import { readAges } from './read-ages.ts'
import type { FieldReader } from './read-fields.ts'

type Json = Record<string, unknown>

/** What a service or a place says of itself by attributes: needs, access, rules, interests, and the first visit. */
export function readWords(reader: FieldReader, raw: Json) {
  const attributes = reader.list(raw, 'attributes', 500)
  const terms = attributes.map((one) => ({ ...one, term: termOfAttribute(one) }))
  const codes = (taxonomy: Term['taxonomy']) =>
    new Set(terms.flatMap(({ term }) => (term?.taxonomy === taxonomy ? [term.code] : [])))
  const needs = [...codes('needs')]
  const first = attributes.find((one) => one.link_type === 'first_visit')
  const interests = terms.flatMap(({ term, ...one }) => interestOf(reader, one, term))
  return {
    // Of others' words for what a service is about we keep the words, and say that the need is another one.
    needs: needs.length > 0 ? needs : ['something_else'],
    access: [...codes('access')].flatMap((code) => ACCESS_CODES.find((one) => one === code) ?? []),
    interests: [...new Set(interests)].slice(0, 30),
    firstVisit: first ? reader.text(first, 'value', 2000) : null,
    rules: [...readRules(reader, raw), ...plainRules(reader, raw)],
  }
}

function interestOf(reader: FieldReader, attribute: Json, term: Term | undefined): string[] {
  if (term || attribute.link_type === 'first_visit') return []
  if (attribute.link_type === 'interest') return [reader.line(attribute, 'value', 100)].flatMap((text) => text ?? [])
  const theirs = reader.object(attribute, 'taxonomy_term')
  return [theirs ? reader.line(theirs, 'name', 100) : null].flatMap((text) => text ?? [])
}

const byName = new Map(TERMS.flatMap((term) => [[term.name.toLowerCase(), term] as const, [term.code, term] as const]))

/** One of our terms, by its id, by its address anywhere, or by its name. */
function termOfAttribute(attribute: Json): Term | undefined {
  const raw = attribute.taxonomy_term
  const term = typeof raw === 'object' && raw !== null ? (raw as Json) : {}
  for (const id of [attribute.taxonomy_term_id, term.id]) {
    const found = typeof id === 'string' ? termById(id) : undefined
    if (found) return found
  }
  const uri = typeof term.term_uri === 'string' ? term.term_uri.split('/').at(-1) : undefined
  const found = uri ? termById(uri) : undefined
  if (found) return found
  const named = typeof term.name === 'string' ? byName.get(term.name.trim().toLowerCase()) : undefined
  // Of others' words only needs and access mean the same; a rule is more than its name.
  return named?.taxonomy === 'eligibility' ? undefined : named
}

/** Rules that came as data, in the language of ours. */
export function readRules(reader: FieldReader, raw: Json): EligibilityRule[] {
  return reader.list(raw, 'attributes', 500).flatMap((attribute) => {
    if (termOfAttribute(attribute)?.taxonomy !== 'eligibility' || typeof attribute.value !== 'string') return []
    const rule = ruleFrom(attribute.value)
    if (!rule) reader.note(`a rule could not be read: “${cutTo(String(attribute.label ?? ''), 100)}”`)
    return rule ?? []
  })
}

function ruleFrom(text: string): EligibilityRule | undefined {
  if (text.length > 10_000 || /[<>]/.test(text)) return undefined
  try {
    return EligibilityRule.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** What the standard itself says of age and area, where no rule of ours said it already. */
function plainRules(reader: FieldReader, raw: Json): EligibilityRule[] {
  const kinds = new Set(readRules(reader, raw).map(({ rule }) => rule))
  const areas = reader.list(raw, 'service_areas', 50).flatMap((area) => {
    const name = reader.line(area, 'name', 200)
    const districts = (reader.line(area, 'extent', 2000) ?? '').match(/\b[A-Z]{1,2}\d[A-Z\d]?\b/g) ?? []
    return name ? [{ name, districts }] : []
  })
  return [...(kinds.has('age') ? [] : readAges(reader, raw)), ...(kinds.has('area') ? [] : oneArea(reader, areas))]
}

// As many as a rule holds.
const MOST_DISTRICTS = 60
const MOST_LETTERS = 200

/** Several areas are alternatives in the standard; as rules they would all have to hold. */
function oneArea(reader: FieldReader, areas: { name: string; districts: string[] }[]): EligibilityRule[] {
  if (areas.length === 0) return []
  const name = cutTo(areas.map((area) => area.name).join(' or '), MOST_LETTERS)
  const all = [...new Set(areas.flatMap(({ districts }) => districts))]
  if (all.length > MOST_DISTRICTS)
    reader.note(`service_areas name more than ${MOST_DISTRICTS} districts: the first are kept`)
  return [EligibilityRule.parse({ rule: 'area', name, districts: all.slice(0, MOST_DISTRICTS), wards: [] })]
}
