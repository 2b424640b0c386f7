import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { getReferral } from '../access/get-referral.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { recogniseAs, requireApart } from '../people/same-person.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** The other referral, as far as this navigator works with it too; anything else is the same answer. */
async function findOther(db: Db, actor: Actor, id: string, as: string): Promise<ReferralRow> {
  const other = as === id ? undefined : await findReferral(db, as)
  if (other && may(actor, 'person.merge', referralTies(other))) return other
  throw new Refusal(
    'invalid-input',
    'The other referral was not found.',
    [{ pointer: '/as', code: 'not-found', detail: 'Choose another referral that your service received' }],
    other ? { kind: 'referral', id: other.id } : null,
  )
}

/** The person of this referral is the person of that one. Neither referral moves. */
export async function recognisePerson(
  context: Context,
  actor: Actor,
  id: string,
  { as }: { as: string },
): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'person.merge')
    const other = await findOther(tx, actor, id, as)
    await requireApart(tx, referral, other)
    await recogniseAs(context, tx, actor, referral, other, null)
    return viewReferral(context, tx, actor, referral)
  })
}
