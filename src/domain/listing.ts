import type { CapacityKind } from './capacity.ts'
import type { Day } from './day.ts'
import type { AccessCode, LocationKind, ProjectStatus, SessionTime } from './directory.ts'
import type { EligibilityRule } from './eligibility.ts'

/**
 * A project as the world may know it: what is published and what is read from others. Nothing about any person, nothing
 * about who answers how, and no address that only staff use.
 */
export interface Listing {
  id: string
  name: string
  summary: string
  status: ProjectStatus
  firstVisit: string | null
  howToRefer: string | null
  url: string | null
  contactName: string | null
  contactPhone: string | null
  contactEmail: string | null
  /** 0 is free, null is not known. */
  costPence: number | null
  costNote: string | null
  needs: string[]
  rules: EligibilityRule[]
  languages: string[]
  access: AccessCode[]
  interests: string[]
  alert: string | null
  assuredOn: Day | null
  changedAt: Date | null
  organisation: ListedOrganisation
  groups: ListedGroup[]
}

export interface ListedOrganisation {
  id: string
  name: string
  description: string | null
  url: string | null
  charityNumber: string | null
}

export interface ListedGroup {
  id: string
  name: string
  /** In words; what is not said is `NOT_SAID`. */
  schedule: string
  venue: string
  rules: EligibilityRule[]
  times: SessionTime[]
  courseStartsOn: Day | null
  courseEndsOn: Day | null
  location: ListedLocation | null
  capacity: ListedCapacity | null
}

export interface ListedLocation {
  id: string
  kind: LocationKind
  name: string
  addressLines: string[]
  city: string | null
  postcode: string | null
  latitude: number | null
  longitude: number | null
  access: AccessCode[]
  accessNote: string | null
}

/** Only where a provider confirmed it lately: unknown is never shown as free. */
export interface ListedCapacity {
  kind: CapacityKind
  available: number
  maximum: number
  confirmedAt: Date
  isTakingPeople: boolean
}

/** As many groups of one project as are read from elsewhere. */
export const MOST_GROUPS = 500

/** What stands for words that a source does not give and our pages need. */
export const NOT_SAID = 'Not said'

/** An id as its source gives it where it can be kept, and another of our own making where somebody else has it. */
export interface SourceId {
  id: string
  spareId: string
}

/** A listing as it was read from elsewhere. */
export interface ReadListing extends Omit<Listing, 'id' | 'organisation' | 'groups'>, SourceId {
  organisation: Omit<ListedOrganisation, 'id'> & SourceId
  groups: ReadGroup[]
}

export interface ReadGroup extends Omit<ListedGroup, 'id' | 'location' | 'capacity'>, SourceId {
  location: (Omit<ListedLocation, 'id'> & SourceId) | null
}

/** One entry of a source: what it calls itself, and what could be read or why nothing could. */
export interface ReadEntry {
  /** The source's own id of it, or where it stands. */
  entry: string
  /** Whose it would be, also where nothing more of it can be read. */
  ids: SourceId | null
  name: string | null
  listing: ReadListing | null
  /** Why it is left out; null where it is not. */
  fault: string | null
  /** What was left out of it, cut or mended. */
  notes: string[]
}
