import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { findReferralByReference } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'

/** The id behind a reference that was typed, where the actor may see the referral; anything else is the same answer. */
export async function findVisibleReference({ db }: Context, actor: Actor, typed: string): Promise<string | undefined> {
  const reference = normaliseReference(typed)
  const found = reference ? await findReferralByReference(db.read, reference) : undefined
  return found && may(actor, 'referral.view', referralTies(found)) ? found.id : undefined
}
