import { ACCESS } from '../domain/directory.ts'
import { EligibilityRule, ruleSentence } from '../domain/eligibility.ts'
import { agesOf } from '../domain/eligibility-words.ts'
import { languageName } from '../domain/languages.ts'
import type { ListedGroup, ListedLocation, ListedOrganisation, Listing } from '../domain/listing.ts'
import { wardName } from '../domain/place.ts'
import { filled, isEmail, publishable } from './filled.ts'
import { schedulesOf } from './open-referral-schedules.ts'
import { type Taxonomy, type TaxonomyCode, TERMS, type Term, taxonomyOf, termOf } from './open-referral-terms.ts'
import { stableId } from './stable-id.ts'

/** What Open Referral UK asks of the feed's own front page; its validator reads the version from here. */
export const ABOUT = {
  version: 'HSDS-UK-3.0',
  profile: 'https://docs.openreferraluk.org/en/3.0/',
  openapi_url: 'https://openreferraluk.org/specifications/3.0/openapi.json',
}

/** Counted in places: HSDS 3.1 (draft) wants a unit with every capacity. */
const PLACE = { id: stableId('unit', 'place'), name: 'place' }

/** Pages are counted from 1. `at` is the address of the feed, without a slash at the end. */
export function pageOf(contents: object[], { page, perPage, total }: { page: number; perPage: number; total: number }) {
  const pages = Math.ceil(total / perPage)
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  }
}

export function taxonomyShape(at: string, { id, name, description, code }: Taxonomy, { withTerms = false } = {}) {
  const terms = withTerms ? TERMS.filter(({ taxonomy }) => taxonomy === code) : []
  const uri = `${at}/taxonomies/${id}`
  return filled({ id, name, description, uri, version: '1', taxonomy_terms: terms.map((one) => termShape(at, one)) })
}

export function termShape(at: string, { id, code, name, description, taxonomy }: Term) {
  const { name: of, id: taxonomyId } = taxonomyOf(taxonomy)
  return { id, code, name, description, taxonomy: of, taxonomy_id: taxonomyId, term_uri: `${at}/taxonomy_terms/${id}` }
}

/** A whole service, with everything that belongs to it. */
export function serviceShape(at: string, listing: Listing) {
  return {
    ...serviceAlone(at, listing),
    ...filled({ service_at_locations: listing.groups.map((group) => placeShape(at, listing, group)) }),
  }
}

/** A service at one location, whole. Name and status stand at the top too: the standard's own two schemas differ there. */
export function serviceAtLocationShape(at: string, listing: Listing, group: ListedGroup) {
  const only = { ...listing, groups: [group] }
  return {
    ...placeShape(at, listing, group),
    ...filled({ schedules: schedulesOf(group, listing.id), service: serviceAlone(at, only) }),
  }
}

function serviceAlone(at: string, listing: Listing) {
  const { id, organisation, groups } = listing
  const ages = agesOf(listing.rules)
  return filled({
    id,
    organization_id: organisation.id,
    name: listing.name,
    description: listing.summary,
    url: publishable(listing.url),
    email: listing.contactEmail && isEmail(listing.contactEmail) ? listing.contactEmail : undefined,
    status: listing.status,
    application_process: listing.howToRefer,
    eligibility_description: listing.rules.map(ruleSentence).join('. '),
    minimum_age: ages.min,
    maximum_age: ages.max,
    assured_date: listing.assuredOn,
    alert: listing.alert,
    last_modified: listing.changedAt?.toISOString(),
    organization: organisationShape(organisation),
    languages: listing.languages.map((code) => ({
      id: stableId('language', id, code),
      service_id: id,
      name: languageName(code),
      code,
    })),
    cost_options: costs(listing),
    contacts: contacts(listing),
    service_areas: areas(listing),
    schedules: groups.flatMap((group) => schedulesOf(group, id)),
    attributes: [
      ...listing.needs.flatMap((code) => attribute(at, id, 'need', 'needs', code) ?? []),
      ...listing.access.flatMap((code) => attribute(at, id, 'accessibility', 'access', code) ?? []),
      ...rules(at, id, listing.rules),
      ...listing.interests.map((text) => words(id, 'interest', text)),
      ...(listing.firstVisit ? [words(id, 'first_visit', listing.firstVisit)] : []),
    ],
    capacities: groups.flatMap((group) => capacity(group, id)),
  })
}

function placeShape(at: string, listing: Listing, group: ListedGroup) {
  const location = group.location ?? placeInWords(listing.organisation, group)
  return filled({
    id: group.id,
    service_id: listing.id,
    location_id: location.id,
    name: group.name,
    status: listing.status,
    description: group.venue === location.name ? undefined : group.venue,
    location: locationShape(location),
    attributes: rules(at, group.id, group.rules),
    capacities: capacity(group, listing.id),
  })
}

/** A place that is known by its words only keeps one id, whichever of the organisation's groups meet there. */
function placeInWords({ id }: ListedOrganisation, { venue }: ListedGroup): ListedLocation {
  const isVirtual = /\b(online|phone|telephone|video|zoom)\b/i.test(venue)
  const unknown = { addressLines: [], city: null, postcode: null, latitude: null, longitude: null }
  const name = venue
  return {
    id: stableId('location', id, venue),
    kind: isVirtual ? 'virtual' : 'physical',
    name,
    ...unknown,
    access: [],
    accessNote: null,
  }
}

function organisationShape({ id, name, description, url, charityNumber }: ListedOrganisation) {
  const identifier = {
    id: stableId('charity', id),
    organization_id: id,
    identifier_scheme: 'GB-CHC',
    identifier_type: 'Charity number',
    identifier: charityNumber,
  }
  return filled({
    id,
    name,
    description: description || name,
    website: publishable(url),
    organization_identifiers: charityNumber ? [identifier] : [],
  })
}

function locationShape(location: ListedLocation) {
  const { id, kind, name, addressLines, latitude, longitude, access, accessNote } = location
  const hasPoint = latitude !== null && longitude !== null
  const address = addressShape(location)
  return filled({
    id,
    location_type: kind,
    name,
    // An address that lacks what the standard asks of one is still worth reading.
    description: address ? undefined : addressLines.join(', '),
    latitude: hasPoint ? latitude : undefined,
    longitude: hasPoint ? longitude : undefined,
    addresses: address ? [address] : [],
    accessibility: [
      ...access.map((code) => ({
        id: stableId('accessibility', id, code),
        location_id: id,
        description: ACCESS[code],
      })),
      ...(accessNote ? [{ id: stableId('accessibility', id), location_id: id, details: accessNote }] : []),
    ],
  })
}

function addressShape({ id, kind, addressLines, city, postcode }: ListedLocation) {
  if (addressLines.length === 0 || !city || !postcode) return undefined
  return {
    id: stableId('address', id),
    location_id: id,
    address_1: addressLines.join(', '),
    city,
    // The standard wants one of every address; a city that is its own authority has no other.
    state_province: city,
    postal_code: postcode,
    country: 'GB',
    address_type: kind,
  }
}

function costs({ id, costPence, costNote }: Listing) {
  if (costPence === null && !costNote) return []
  const amount = costPence === null ? {} : { amount: costPence / 100, currency: 'GBP' }
  return [filled({ id: stableId('cost_option', id), service_id: id, ...amount, amount_description: costNote })]
}

function contacts({ id, contactName, contactPhone, contactEmail }: Listing) {
  if (!contactName && !contactPhone && !contactEmail) return []
  const contactId = stableId('contact', id)
  const phone = { id: stableId('phone', id), contact_id: contactId, number: contactPhone }
  return [
    filled({
      id: contactId,
      service_id: id,
      name: contactName,
      email: contactEmail && isEmail(contactEmail) ? contactEmail : undefined,
      phones: contactPhone ? [phone] : [],
    }),
  ]
}

function areas({ id, rules: all }: Listing) {
  return all.flatMap((rule, index) => {
    if (rule.rule !== 'area') return []
    const extent = [...rule.districts, ...rule.wards.flatMap((code) => wardName(code) ?? code)].join(', ')
    const area = { id: stableId('service_area', id, String(index)), service_id: id, name: rule.name }
    return [filled({ ...area, extent, extent_type: extent ? 'text' : undefined })]
  })
}

function attribute(at: string, linkId: string, linkType: string, taxonomy: TaxonomyCode, code: string) {
  const term = termOf(taxonomy, code)
  if (!term) return undefined
  const id = stableId('attribute', linkId, linkType, code)
  const link = { link_id: linkId, link_type: linkType, label: term.name }
  return { id, ...link, taxonomy_term_id: term.id, taxonomy_term: termShape(at, term) }
}

function words(linkId: string, linkType: string, value: string) {
  return { id: stableId('attribute', linkId, linkType, value), link_id: linkId, link_type: linkType, value }
}

/** Each rule as its sentence for people, and as data for whoever speaks our language. */
function rules(at: string, linkId: string, all: EligibilityRule[]) {
  return all.flatMap((rule, index) => {
    const about = attribute(at, linkId, 'eligibility', 'eligibility', rule.rule)
    if (!about) return []
    const id = stableId('attribute', linkId, 'eligibility', String(index))
    return [{ ...about, id, label: ruleSentence(rule), value: ruleAsText(rule) }]
  })
}

/** The same text for the same rule, whichever engine kept it and whoever wrote it without its defaults. */
function ruleAsText(rule: EligibilityRule): string {
  const { data = rule } = EligibilityRule.safeParse(rule)
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

function capacity({ id, name, capacity: known }: ListedGroup, serviceId: string) {
  if (!known) return []
  const { available, maximum, confirmedAt, isTakingPeople } = known
  return [
    {
      id: stableId('capacity', id),
      service_id: serviceId,
      unit: PLACE,
      available: isTakingPeople ? available : 0,
      maximum,
      updated: confirmedAt.toISOString(),
      description: isTakingPeople ? name : `${name}: not taking anybody new at the moment`,
    },
  ]
}
