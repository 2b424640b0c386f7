import { basisOf } from '../../domain/consent.ts'
import type { Actor } from '../../domain/organisation.ts'
import { moversFor } from '../../domain/permissions.ts'
import { activate } from '../../domain/referral.ts'
import type { BasisInput } from '../../domain/referral-request.ts'
import { insertGoals } from '../../store/referral-details.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { getReferral } from './get-referral.ts'
import { takeStep } from './step.ts'
import { type ReferralView, viewReferral } from './view.ts'

export interface Plan {
  needs: string[]
  strengths: string[]
  goals: { text: string; importance: number }[]
  consent: { shareWithProviders: boolean }
  basis?: BasisInput | undefined
}

/** Writes down the plan made with the person: what they need, what they bring, what they want, and what may be shared. */
export async function activateReferral(context: Context, actor: Actor, id: string, plan: Plan): Promise<ReferralView> {
  const basis = basisOf(plan.consent.shareWithProviders, plan.basis)
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, 'referral.activate')
    const movers = moversFor(actor, referralTies(referral))
    const step = activate(referral, { needs: plan.needs, mayShare: basis !== undefined }, movers, context.now())
    const saved = await takeStep(context, tx, actor, referral, step, {
      changes: {
        needs: plan.needs,
        strengths: plan.strengths,
        projectBasis: basis?.basis ?? null,
        projectBasisReason: basis?.reason ?? null,
      },
      detail: { needs: plan.needs, goals: plan.goals.length, basis: basis?.basis },
    })
    await insertGoals(
      tx,
      plan.goals.map(({ text, importance }) => ({ id: context.newId(), referralId: id, text, importance })),
    )
    return viewReferral(context, tx, actor, saved)
  })
}
