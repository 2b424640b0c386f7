import type { Actor } from '../../domain/organisation.ts'
import type { Permission } from '../../domain/permissions.ts'
import type { Db } from '../../store/database.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { permit, requireVisible } from './permit.ts'
import { referralTies } from './ties.ts'

/** A referral that the actor may see, and for which they hold the permission. */
export async function getReferral(
  db: Db,
  actor: Actor,
  id: string,
  permission: Permission = 'referral.view',
): Promise<ReferralRow> {
  const subject = { kind: 'referral', id }
  const referral = requireVisible(await findReferral(db, id), actor, 'referral.view', referralTies, subject)
  permit(actor, permission, referralTies(referral), subject)
  return referral
}
