import { LIMITS, type Limits } from '../../domain/next-action.ts'
import type { Db } from '../../store/database.ts'
import { findServiceSettings } from '../../store/organisations.ts'

/** The limits of the service that received a referral: the model's, with what it set for itself. */
export async function getLimits(
  db: Db,
  { receivingOrganisationId }: { receivingOrganisationId: string },
): Promise<Limits> {
  const settings = await findServiceSettings(db, receivingOrganisationId)
  return settings?.limits ? { ...LIMITS, ...settings.limits } : LIMITS
}
