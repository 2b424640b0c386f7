export const ORGANISATION_KINDS = [
  'gp_practice',
  'mental_health_team',
  'health_service',
  'navigation_service',
  'provider',
  'referral_partner',
  'probation',
  'school',
  'social_care',
  'commissioner',
  'operator',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

const HEALTH_TEAMS: readonly OrganisationKind[] = ['gp_practice', 'mental_health_team', 'health_service']

/** A team that treats people: sharing with it may rest on direct care. */
export function isHealthTeam(kind: OrganisationKind): boolean {
  return HEALTH_TEAMS.includes(kind)
}

/** They look after the service or its figures, and support nobody themselves. */
export const NOT_TEAMS = ['commissioner', 'operator'] as const satisfies OrganisationKind[]

/** Whether somebody there could take a person on. */
export function isTeam(kind: OrganisationKind): boolean {
  return !(NOT_TEAMS as readonly OrganisationKind[]).includes(kind)
}

export const ROLES = [
  'referrer',
  'navigator',
  'triage_lead',
  'provider_worker',
  'organisation_admin',
  'analyst',
  'system_admin',
] as const
export type Role = (typeof ROLES)[number]

/** Somebody who is signed in and acts for one organisation: read from the store on every request. */
export interface Actor {
  userId: string
  name: string
  role: Role
  organisationId: string
  organisation: string
  organisationName: string
  organisationKind: OrganisationKind
}

/** All that permissions ask about somebody. */
export type Party = Pick<Actor, 'role' | 'organisationId'>

/**
 * Whoever holds a signed link. They act for the organisation that the link was sent to, as one of its workers; nobody
 * knows who they are, unless they say a first name.
 */
export interface LinkHolder extends Party {
  /** The message that carried the link. */
  linkId: string
  firstName?: string | undefined
}

/** Who may make a project's moves: somebody signed in, or the holder of one of its links. */
export type Acting = Actor | LinkHolder
