import type { Listing, ReadGroup, ReadListing } from '../../domain/listing.ts'
import type { GroupInsert, LocationInsert, OrganisationInsert, ProjectInsert } from '../../store/directory-imports.ts'

/** "St Mary’s Café" as part of an address, with enough of the id that no two are alike. */
function slugOf(name: string, id: string): string {
  const words = name
    .normalize('NFD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .slice(0, 50)
  return `${words || 'entry'}-${id.slice(0, 8)}`
}

type OfListing = Omit<Listing, 'id' | 'organisation' | 'groups'>

export function organisationFacts({ organisation }: ReadListing) {
  const { name, description, url, charityNumber } = organisation
  return { name, description, url, charityNumber }
}

/** Nobody works for it here and no message may go to it: it is known by name only. */
export function organisationRow(listing: ReadListing, id: string, feed: string): OrganisationInsert {
  const { organisation } = listing
  const slug = slugOf(organisation.name, organisation.spareId)
  return { id, slug, kind: 'provider', isDefaultService: false, feed, ...organisationFacts(listing) }
}

export function projectFacts(listing: OfListing, providerOrganisationId: string) {
  const { name, summary, status, firstVisit, howToRefer, url, contactName, contactPhone, contactEmail } = listing
  const { costPence, costNote, needs, rules, languages, access, interests, alert, assuredOn, changedAt } = listing
  const orNone = <T>(all: T[]) => (all.length > 0 ? all : null)
  return {
    ...{ name, summary, status, firstVisit, howToRefer, url, contactName, contactPhone, contactEmail },
    ...{ costPence, costNote, needs, rules, alert, assuredOn, changedAt, providerOrganisationId },
    languages: orNone(languages),
    access: orNone(access),
    interests: orNone(interests),
  }
}

/** People are pointed to it: who gets in is for its own people to say, and no crisis offer is taken on trust. */
export function projectRow(listing: ReadListing, id: string, provider: string, feed: string): ProjectInsert {
  const slug = slugOf(listing.name, listing.spareId)
  const facts = projectFacts(listing, provider)
  return { id, slug, isCrisis: false, isListed: true, isOpenAccess: true, version: 1, feed, ...facts }
}

type Place = NonNullable<ReadGroup['location']>

export function locationFacts(place: Place) {
  const { kind, name, addressLines, city, postcode, latitude, longitude, access, accessNote } = place
  return { kind, name, addressLines, city, postcode, latitude, longitude, access, accessNote }
}

export function locationRow(place: Place, id: string, organisationId: string, feed: string): LocationInsert {
  return { id, version: 1, organisationId, feed, ...locationFacts(place) }
}

export function groupFacts(group: ReadGroup, locationId: string | null, provider: string) {
  const { name, schedule, venue, rules, times, courseStartsOn, courseEndsOn } = group
  const words = { name, schedule, venue, rules, courseStartsOn, courseEndsOn }
  return {
    ...words,
    times: times.length > 0 ? times : null,
    locationId,
    providerOrganisationId: provider,
    cancelledAt: null,
  }
}

export function groupRow(id: string, projectId: string, facts: ReturnType<typeof groupFacts>): GroupInsert {
  return { id, version: 1, projectId, capacityKind: 'open', places: null, intakePaused: false, ...facts }
}

/** Whether a row says all this already, whatever order an engine keeps the keys of its JSON in. */
export function saysAlready(row: object, facts: object): boolean {
  return Object.entries(facts).every(
    ([name, value]) => canonical((row as Record<string, unknown>)[name]) === canonical(value),
  )
}

function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
