import { z } from 'zod'
import type { Notice } from './notices.ts'
import { type OrganisationKind, ROLES, type Role } from './organisation.ts'
import { requiredLine, typedLine } from './person.ts'

const REFERS: Role[] = ['referrer', 'organisation_admin']
const TEAM: Role[] = ['referrer', 'navigator', 'triage_lead', 'organisation_admin']

/** The work there is in each kind of organisation: nobody is given a role that has nothing to do there. */
export const ROLES_IN: Record<OrganisationKind, readonly Role[]> = {
  gp_practice: TEAM,
  mental_health_team: TEAM,
  health_service: TEAM,
  navigation_service: ['navigator', 'triage_lead', 'referrer', 'organisation_admin'],
  provider: ['provider_worker', 'referrer', 'organisation_admin'],
  referral_partner: TEAM,
  probation: REFERS,
  school: REFERS,
  social_care: TEAM,
  commissioner: ['analyst', 'organisation_admin'],
  operator: ['system_admin', 'organisation_admin'],
}

export const ROLE_WORDS: Record<Role, string> = {
  referrer: 'Refers people',
  navigator: 'Navigator',
  triage_lead: 'Triage lead',
  provider_worker: 'Project worker',
  organisation_admin: 'Administrator',
  analyst: 'Analyst',
  system_admin: 'System administrator',
}

/** What each role lets somebody do, in a line under its name. */
export const ROLE_HINTS: Record<Role, string> = {
  referrer: 'Refers people and sees how it goes',
  navigator: 'Contacts people and finds projects for them',
  triage_lead: 'As a navigator, and gives out the work',
  provider_worker: 'Says yes or no, keeps the register and the places',
  organisation_admin: 'Looks after colleagues and settings; sees no records',
  analyst: 'Sees counts, never a person',
  system_admin: 'Looks after the service itself',
}

const role = z.enum(ROLES, { error: 'Choose what they do' })

export const Invitation = z.strictObject({
  name: requiredLine(120, 'The name', 'Enter their name'),
  email: typedLine(254, 'The e-mail address')
    .toLowerCase()
    .pipe(z.email('Enter an e-mail address, like name@example.com')),
  role,
})
export type Invitation = z.output<typeof Invitation>

export const PASSWORD_LENGTH = { least: 12, most: 200 }

/** Length is what makes a password hard to guess; nothing else is asked of it. */
export const NewPassword = z
  .string({ error: 'Enter a password' })
  .min(PASSWORD_LENGTH.least, `The password must have ${PASSWORD_LENGTH.least} characters or more`)
  .max(PASSWORD_LENGTH.most, `The password must have ${PASSWORD_LENGTH.most} characters or fewer`)

/**
 * E-mails about somebody's own work that they may do without: news that asks nothing of them, and what their list shows
 * anyway. Questions, refusals and whatever went wrong are always sent, and so are messages of safety.
 */
export const MUTABLE_NOTICES = [
  'referral-assigned',
  'referral-reminder',
  'placement-accepted',
  'placement-waitlisted',
  'placement-started',
  'offer-made',
] as const satisfies Notice[]
export type MutableNotice = (typeof MUTABLE_NOTICES)[number]

export const MUTABLE_WORDS: Record<MutableNotice, string> = {
  'referral-assigned': 'A referral is given to them',
  'referral-reminder': 'A step of theirs is due',
  'placement-accepted': 'A project accepted somebody',
  'placement-waitlisted': 'Somebody is on a waiting list',
  'placement-started': 'Somebody came for the first time',
  'offer-made': 'A place is offered to somebody',
}

/** Roles that get e-mail of their own; for the others it goes to the shared address. */
export const HAS_OWN_MAIL: readonly Role[] = ['navigator', 'triage_lead']

/** Roles that work from the shared address, or look after it: they choose how it hears. */
export const SHARED_MAIL: readonly Role[] = ['referrer', 'provider_worker', 'triage_lead', 'organisation_admin']

/** Links that were sent by e-mail work for this long, once. */
export const LINK_DAYS = 7
