import type { Day } from '../../domain/day.ts'
import { type NextColumns, type NextStep, nextOf } from '../../domain/next-action.ts'
import type { PlacementStatus } from '../../domain/placement-moves.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { Refusal } from '../../domain/refusal.ts'
import { type StatusStep, statusStep } from '../../domain/status-step.ts'
import { getOrganisations } from '../../store/organisations.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { findForLookUp } from '../../store/referrals.ts'
import type { Context } from '../context.ts'

/** Where somebody's referral is: nothing of their health, and of nobody's name but the service's. */
export interface StatusShown {
  step: StatusStep
  /** Who has it. */
  service: string
  /** The number to ring it by; null where it gave none. */
  phone: string | null
  /** Whose turn it is, and what they do, by which day; none when it is closed. */
  next: { owner: 'service' | 'project' | 'person'; what: NextStep; due: Day } | null
}

type Come = Parameters<typeof statusStep>[0] & NextColumns & { receivingOrganisationId: string }

// In place of an id where nothing matched, so that a mismatch asks the database as much as a match.
const NOBODY = 'nobody'

/**
 * By reference and date of birth. It only shows, and changes nothing. Every mismatch is one answer: which of the two was
 * wrong, or whether there is such a reference, stays unsaid.
 */
export async function lookUpStatus(
  { db }: Context,
  { reference, dateOfBirth }: { reference: string; dateOfBirth: string },
): Promise<StatusShown> {
  const found = await findForLookUp(db.read, normaliseReference(reference) ?? NOBODY)
  const match = found?.dateOfBirth === dateOfBirth ? found.referral : undefined
  const placements = await listPlacementsOf(db.read, match?.id ?? NOBODY)
  const services = await getOrganisations(db.read, [match?.receivingOrganisationId ?? NOBODY])
  if (!match) throw new Refusal('not-found', 'No referral has this reference and this date of birth.')
  return statusOf(match, placements, services.get(match.receivingOrganisationId))
}

/** @param service the one that has it */
export function statusOf(
  referral: Come,
  placements: readonly { status: PlacementStatus }[],
  service: { name: string; phone: string | null } | undefined,
): StatusShown {
  const next = nextOf(referral)
  const isServices = next?.ownerKind === 'navigator' || next?.ownerId === referral.receivingOrganisationId
  const owner = next?.ownerKind === 'person' ? 'person' : isServices ? 'service' : 'project'
  return {
    step: statusStep(referral, placements),
    service: service?.name ?? '',
    phone: service?.phone ?? null,
    next: next && { owner, what: next.step, due: next.dueOn },
  }
}
