import { CODED_MOVES, type CodedFact, clinicalCodes } from '../../domain/clinical-codes.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { listMovesOf } from '../../store/events.ts'
import type { ReferralRow } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'

/** What the practice that referred writes into its record, for it and for the service that worked with the person. */
export async function viewClinicalCodes(db: Db, actor: Actor, referral: ReferralRow): Promise<CodedFact[]> {
  const isPractice =
    actor.organisationKind === 'gp_practice' && actor.organisationId === referral.referringOrganisationId
  if (!isPractice && !may(actor, 'referral.view-work', referralTies(referral))) return []
  return clinicalCodes(await listMovesOf(db, referral.id, CODED_MOVES))
}
