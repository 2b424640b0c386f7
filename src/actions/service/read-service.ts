import { createHash } from 'node:crypto'
import type { Limits } from '../../domain/next-action.ts'
import { LIMITS } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { limitsOf } from '../../domain/service-settings.ts'
import type { Db } from '../../store/database.ts'
import { findServiceSettings, getServiceAreas, type ServiceAreas } from '../../store/organisations.ts'
import { permit } from '../access/permit.ts'
import type { Context } from '../context.ts'

/** How a navigation service works: the limits in force, how it assigns, and whom it looks after. */
export interface ServiceView {
  /** Another number for another content: settings have no versions of their own. */
  version: number
  organisation: { id: string; slug: string; name: string }
  limits: Limits
  /** The limits that the service set for itself; the others are the usual ones. */
  ownLimits: (keyof Limits)[]
  assignsAutomatically: boolean
  areas: ServiceAreas
}

/** Only a navigation service has anything to configure, and only its administrator sees it. */
export function requireService(actor: Actor): void {
  permit(actor, 'service.configure', {}, { kind: 'organisation', id: actor.organisationId })
  if (actor.organisationKind !== 'navigation_service')
    throw new Refusal('not-found', 'Your organisation is not a navigation service: it has no limits and no areas.')
}

export async function readService(context: Context, actor: Actor): Promise<ServiceView> {
  requireService(actor)
  return viewService(context.db.read, actor)
}

export async function viewService(db: Db, actor: Actor): Promise<ServiceView> {
  const settings = await findServiceSettings(db, actor.organisationId)
  const areas = await getServiceAreas(db, actor.organisationId)
  const limits = limitsOf(settings)
  const names = Object.keys(LIMITS) as (keyof Limits)[]
  const own = settings?.limits ?? {}
  const ownLimits = names.filter((name) => own[name] !== undefined)
  const { assignsAutomatically = false } = settings ?? {}
  return {
    version: numberFor([names.map((name) => limitInOrder(limits[name])), ownLimits, assignsAutomatically, areas]),
    organisation: { id: actor.organisationId, slug: actor.organisation, name: actor.organisationName },
    limits,
    ownLimits,
    assignsAutomatically,
    areas,
  }
}

// PostgreSQL does not keep the order of keys.
function limitInOrder(limit: number | Limits['triage']): number[] {
  return typeof limit === 'number' ? [limit] : [limit.routine, limit.priority, limit.urgent]
}

/** Nine digits at most, as an ETag of this API has. */
function numberFor(content: unknown): number {
  return createHash('sha256').update(JSON.stringify(content)).digest().readUInt32BE() >>> 3
}
