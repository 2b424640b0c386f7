import type { Limits } from '../../domain/next-action.ts'
import { limitsOf } from '../../domain/service-settings.ts'
import type { Db } from '../../store/database.ts'
import { findServiceSettings } from '../../store/organisations.ts'

/** The limits of the service that received a referral: the model's, with what it set for itself. */
export async function getLimits(
  db: Db,
  { receivingOrganisationId }: { receivingOrganisationId: string },
): Promise<Limits> {
  return limitsOf(await findServiceSettings(db, receivingOrganisationId))
}
