import type { Actor } from '../../domain/organisation.ts'
import { note } from '../../domain/referral.ts'
import { notYetAmong, type UnmetReason, unmetAmong } from '../../domain/unmet-need.ts'
import { getPerson } from '../../store/people.ts'
import { insertUnmetNeeds, listUnmetNeeds } from '../../store/unmet-needs.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/**
 * Nothing could be found for somebody's needs: one row for each, for those who plan what there should be. What a
 * navigator recorded already stands, and is not counted twice.
 */
export async function recordUnmetNeed(
  context: Context,
  actor: Actor,
  id: string,
  unmet: { needs?: string[] | undefined; why: UnmetReason; note?: string | undefined },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.recordUnmet', async ({ tx, referral, movers, now }) => {
    const step = note(referral, 'recordUnmet', movers)
    const standing = (await listUnmetNeeds(tx, id)).filter(({ placementId }) => placementId === null)
    const needs = notYetAmong(unmetAmong(referral.needs, unmet.needs), standing)
    if (needs.length === 0) return 'done-already'
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
