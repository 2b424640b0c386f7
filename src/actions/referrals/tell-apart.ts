import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { tellApart } from '../people/same-person.ts'
import { type ReferralView, viewReferral } from './view.ts'

/** They are two people after all: the newest judgement made from this referral is taken back, and nothing else. */
export async function tellPeopleApart(context: Context, actor: Actor, id: string): Promise<ReferralView> {
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'person.merge')
    if (!(await tellApart(context, tx, actor, referral, null)))
      throw new Refusal(
        'wrong-status',
        'The person was not recognised as another from this referral. Tell them apart from the referral where it was done.',
      )
    return viewReferral(context, tx, actor, referral)
  })
}
