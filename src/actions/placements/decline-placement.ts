import type { Acting } from '../../domain/organisation.ts'
import { decline } from '../../domain/placement.ts'
import type { DeclineReason } from '../../domain/placement-reasons.ts'
import { unmetByDecline } from '../../domain/unmet-need.ts'
import type { Db } from '../../store/database.ts'
import { getPerson } from '../../store/people.ts'
import type { PlacementRow } from '../../store/placements.ts'
import { findProject } from '../../store/projects.ts'
import { getReferralRow } from '../../store/referrals.ts'
import { insertUnmetNeeds } from '../../store/unmet-needs.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** A no with a coded reason goes back to the navigator; what the project knew of the person it may not see again. */
export async function declinePlacement(
  context: Context,
  actor: Acting,
  id: string,
  { reason, rule, note }: { reason: DeclineReason; rule?: string | undefined; note?: string | undefined },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.decline', ({ tx, placement, movers }) => ({
    step: decline(placement, reason, movers),
    changes: { declinedRule: reason === 'not_eligible' ? rule || null : null, note: note || null },
    detail: rule ? { rule } : {},
    andThen: () => recordWhatStaysUnmet(context, tx, placement, reason),
  }))
}

/** A refusal for want of room, or by a rule, tells of a need that nobody meets: those who plan must see it. */
async function recordWhatStaysUnmet(
  context: Context,
  tx: Db,
  placement: PlacementRow,
  reason: DeclineReason,
): Promise<void> {
  const referral = await getReferralRow(tx, placement.referralId)
  const project = await findProject(tx, placement.projectId)
  const unmet = unmetByDecline(reason, { needs: referral.needs, projectNeeds: project?.needs ?? [] })
  if (!unmet) return
  const { wardCode } = await getPerson(tx, referral.personId)
  const rows = unmet.needs.map((need) => ({
    id: context.newId(),
    referralId: referral.id,
    placementId: placement.id,
    projectId: placement.projectId,
    need,
    why: unmet.why,
    wardCode,
    recordedAt: context.now(),
  }))
  await insertUnmetNeeds(tx, rows)
}
