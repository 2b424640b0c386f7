import type { Mover, Moves } from './moves.ts'
import type { Party, Role } from './organisation.ts'
import { PLACEMENT_MOVES, type PlacementMove } from './placement-moves.ts'
import { REFERRAL_MOVES, type ReferralMove } from './referral-moves.ts'

/**
 * How a record is tied to an organisation. The same name is a fact in the guard and a column in the list filter, so one
 * table decides who may act, what a list holds and which buttons stand on a page.
 */
export type Tie = 'referring' | 'receiving' | 'redirected' | 'provider' | 'own'
export type Ties = Partial<Record<Tie, string | null>>

/** One way to be allowed: this role, in an organisation tied to the record like this. */
export interface Grant {
  role: Role
  tie: Tie
}

const AS_MOVER: Record<Mover, Grant[]> = {
  referrer: [
    { role: 'referrer', tie: 'referring' },
    { role: 'navigator', tie: 'referring' },
    { role: 'triage_lead', tie: 'referring' },
  ],
  navigator: [
    { role: 'navigator', tie: 'receiving' },
    { role: 'triage_lead', tie: 'receiving' },
  ],
  triage_lead: [{ role: 'triage_lead', tie: 'receiving' }],
  receiving_team: [
    { role: 'triage_lead', tie: 'redirected' },
    { role: 'navigator', tie: 'redirected' },
  ],
  provider: [{ role: 'provider_worker', tie: 'provider' }],
  person: [],
  system: [],
}

function grants(...pairs: [Role, Tie][]): Grant[] {
  return pairs.map(([role, tie]) => ({ role, tie }))
}

const VIEWS = {
  'referral.create': grants(['referrer', 'own'], ['navigator', 'own'], ['triage_lead', 'own']),
  'referral.view': [...AS_MOVER.referrer, ...AS_MOVER.navigator, ...AS_MOVER.receiving_team],
  /** Notes, contacts and needs in full: the referrer sees status, next step and the closing summary. */
  'referral.view-work': AS_MOVER.navigator,
  /** The detail of risks. What is sealed more tightly, the referral’s own navigator and the lead may read. */
  'risk.read': AS_MOVER.navigator,
  'risk.read-sealed': AS_MOVER.triage_lead,
  'person.change': AS_MOVER.navigator,
  'person.merge': AS_MOVER.navigator,
  'placement.view': [...AS_MOVER.provider, ...AS_MOVER.navigator],
  /** Booking: the provider’s first one, or a navigator’s new start for somebody who did not begin. */
  'placement.arrange': [...AS_MOVER.provider, ...AS_MOVER.navigator],
  'group.change': grants(['provider_worker', 'provider'], ['organisation_admin', 'provider']),
  /** What the directory says of a project: its entry, its groups and its rules. */
  'project.change': grants(['provider_worker', 'provider'], ['organisation_admin', 'provider']),
  'agreement.end': grants(['system_admin', 'own']),
  /** Reading other people's directories in. */
  'directory.import': grants(['system_admin', 'own']),
  'glass.break': grants(['system_admin', 'own']),
  /** Who opened what in an emergency, and why: for the operator, and for those whose referral it was. */
  'glass.report': grants(
    ['system_admin', 'own'],
    ['organisation_admin', 'referring'],
    ['organisation_admin', 'receiving'],
  ),
  /** Who looked at what is tied to the organisation, for whoever answers for it there. */
  'look.report': grants(
    ['organisation_admin', 'referring'],
    ['organisation_admin', 'receiving'],
    ['organisation_admin', 'provider'],
  ),
  /** What was sent: about the referrals of a service, or to an organisation's shared address. */
  'message.list': grants(['referrer', 'own'], ['navigator', 'own'], ['triage_lead', 'own'], ['provider_worker', 'own']),
  /** The one box: what it finds is narrowed to what the role may see. */
  'search.use': grants(['referrer', 'own'], ['navigator', 'own'], ['triage_lead', 'own'], ['provider_worker', 'own']),
  /** Which official files are loaded. They are loaded on the command line. */
  'geography.import': grants(['system_admin', 'own']),
  /** Which ward belongs to which part of the city, for a navigation service. */
  'locality.change': grants(['organisation_admin', 'own'], ['triage_lead', 'own']),
  'service.configure': grants(['organisation_admin', 'own']),
  'directory.view': grants(
    ['referrer', 'own'],
    ['navigator', 'own'],
    ['triage_lead', 'own'],
    ['provider_worker', 'own'],
    ['organisation_admin', 'own'],
    ['system_admin', 'own'],
    ['analyst', 'own'],
  ),
  /** Suspending and restoring, leave and wards. */
  'colleague.change': grants(['organisation_admin', 'own']),
  'colleague.list': grants(['navigator', 'own'], ['triage_lead', 'own'], ['organisation_admin', 'own']),
} satisfies Record<string, Grant[]>

type MovePermission = `referral.${ReferralMove}` | `placement.${PlacementMove}`
export type Permission = keyof typeof VIEWS | MovePermission

function fromMoves<S extends string>(noun: string, moves: Moves<S>): [string, Grant[]][] {
  return Object.entries(moves).map(([name, { by }]) => [`${noun}.${name}`, by.flatMap((mover) => AS_MOVER[mover])])
}

/** Who may do what: views by hand, moves from the transition tables' own "who" column. */
export const PERMISSIONS = Object.fromEntries([
  ...Object.entries(VIEWS),
  ...fromMoves('referral', REFERRAL_MOVES),
  ...fromMoves('placement', PLACEMENT_MOVES),
]) as Record<Permission, Grant[]>

/** The ties by which this actor could hold the permission: the list filter is "any of these columns is their organisation". */
export function tiesFor(actor: Party, permission: Permission): Tie[] {
  return [...new Set(PERMISSIONS[permission].filter(({ role }) => role === actor.role).map(({ tie }) => tie))]
}

/** The guard: the same question asked of one record. */
export function may(actor: Party, permission: Permission, ties: Ties = {}): boolean {
  return tiesFor(actor, permission).some((tie) => tie === 'own' || ties[tie] === actor.organisationId)
}

/** The movers that this actor can be for this record: feeds the transition tables. */
export function moversFor(actor: Party, ties: Ties): Mover[] {
  return (Object.keys(AS_MOVER) as Mover[]).filter((mover) =>
    AS_MOVER[mover].some(
      ({ role, tie }) => role === actor.role && (tie === 'own' || ties[tie] === actor.organisationId),
    ),
  )
}
