import type { Actor } from '../../domain/organisation.ts'
import { note } from '../../domain/referral.ts'
import { type UnmetReason, unmetAmong } from '../../domain/unmet-need.ts'
import { getPerson } from '../../store/people.ts'
import { insertUnmetNeeds } from '../../store/unmet-needs.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** Nothing could be found for somebody's needs: one row for each, for those who plan what there should be. */
export async function recordUnmetNeed(
  context: Context,
  actor: Actor,
  id: string,
  unmet: { needs?: string[] | undefined; why: UnmetReason; note?: string | undefined },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.recordUnmet', async ({ tx, referral, movers, now }) => {
    const step = note(referral, 'recordUnmet', movers)
    const needs = unmetAmong(referral.needs, unmet.needs)
    const { wardCode } = await getPerson(tx, referral.personId)
    const { why } = unmet
    const rows = needs.map((need) => ({
      id: context.newId(),
      referralId: id,
      need,
      why,
      note: unmet.note || null,
      wardCode,
      recordedBy: actor.userId,
      recordedAt: now,
    }))
    return {
      step,
      detail: { needs, why, unmetNeedIds: rows.map((row) => row.id) },
      andThen: () => insertUnmetNeeds(tx, rows),
    }
  })
}
