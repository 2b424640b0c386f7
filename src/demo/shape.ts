import type { AccessCode } from '../domain/directory.ts'
import type { EligibilityRule } from '../domain/eligibility.ts'
import type { NeedCode } from '../domain/needs.ts'
import type { OrganisationKind, Role } from '../domain/organisation.ts'

/** The people and places of the demonstration as they are written down: ids and days are made when it is seeded. */
export interface DemoOrganisation {
  slug: string
  name: string
  kind: OrganisationKind
  odsCode?: string
  isDefaultService?: boolean
  description?: string
  phone?: string
}

export interface DemoUser {
  /** The part of the address before `@`; the rest is the first organisation's slug. */
  mailbox: string
  name: string
  memberships: [DemoMembership, ...DemoMembership[]]
}

export interface DemoMembership {
  organisation: string
  role: Role
}

/** A course runs on one weekday (Monday is 1), counted from the week in which the demonstration is made. */
export interface DemoCourse {
  weekday: number
  startsInWeeks: number
  weeks: number
}

export interface DemoGroup {
  name: string
  schedule: string
  venue: string
  rules?: EligibilityRule[]
  capacity: { kind: 'open' } | { kind: 'places' | 'one_to_one'; places: number }
  course?: DemoCourse
  /** Each place of a one-to-one group is a volunteer who is written down. */
  hasVolunteers?: boolean
  /** Closed to newcomers; with a number it opens again after so many days. */
  paused?: 'until further notice' | number
  /** The provider has said nothing for weeks, so its free places are unknown. */
  isUnconfirmed?: boolean
}

export interface DemoProject {
  slug: string
  provider: string
  name: string
  summary: string
  firstVisit: string
  /** Whom you look for at the door: everybody named here is invented. */
  greeter: string
  howToRefer: string
  contact: { name?: string; phone: string }
  cost: { pence: number; note?: string }
  languages: string[]
  access: AccessCode[]
  interests: string[]
  /** How long before the day of the seed its provider last said that the entry is right. */
  checkedDaysAgo: number | 'never'
  isOpenAccess?: boolean
  needs: [NeedCode, ...NeedCode[]]
  rules: EligibilityRule[]
  isCrisis?: boolean
  groups: [DemoGroup, ...DemoGroup[]]
}
