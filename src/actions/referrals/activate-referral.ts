import { basisOf } from '../../domain/consent.ts'
import type { Actor } from '../../domain/organisation.ts'
import { activate } from '../../domain/referral.ts'
import type { BasisInput } from '../../domain/referral-request.ts'
import { insertGoals } from '../../store/referral-details.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

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
  return moveReferral(context, actor, id, 'referral.activate', ({ tx, referral, movers, now, limits }) => {
    const goals = plan.goals.map(({ text, importance }) => ({ id: context.newId(), referralId: id, text, importance }))
    return {
      step: activate(referral, { needs: plan.needs, mayShare: basis !== undefined }, movers, now, limits),
      changes: {
        needs: plan.needs,
        strengths: plan.strengths,
        projectBasis: basis?.basis ?? null,
        projectBasisReason: basis?.reason ?? null,
      },
      detail: { needs: plan.needs, goalIds: goals.map((goal) => goal.id), basis: basis?.basis },
      andThen: () => insertGoals(tx, goals),
    }
  })
}
