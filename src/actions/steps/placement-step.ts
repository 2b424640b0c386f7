import { isOpenPlacement, type PlacementStep } from '../../domain/placement.ts'
import { ENDS_ACCESS, PLACEMENT_MOVES } from '../../domain/placement-moves.ts'
import { forgetAnswersAbout } from '../../store/answers.ts'
import type { Db } from '../../store/database.ts'
import { endPlacementGrants } from '../../store/grants.ts'
import {
  type PlacementChanges,
  type PlacementRow,
  placementNextColumns,
  savePlacement,
} from '../../store/placements.ts'
import { getReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { changesBetween } from './changes.ts'
import { referralParties, type Taken } from './referral-step.ts'

export interface MoreOfPlacement {
  changes?: PlacementChanges
  detail?: Record<string, unknown>
  causedBy?: string
}

/** Carries out a decided step of a placement: state, next action, grant, event, audit row and messages together. */
export async function takePlacementStep(
  context: Context,
  tx: Db,
  author: Author,
  placement: PlacementRow,
  step: PlacementStep,
  more: MoreOfPlacement = {},
): Promise<Taken<PlacementRow>> {
  const now = context.now()
  // Of one that is closed something may still be said, and it closed when it did.
  const closes = !isOpenPlacement(step.to) && (step.from === 'new' || isOpenPlacement(step.from))
  const saved = await savePlacement(tx, placement, {
    status: step.to,
    ...(step.next === 'kept' ? {} : placementNextColumns(step.next)),
    ...(closes ? { endedAt: now, reason: step.reason ?? null, restartsOn: null, pausedByHold: false } : {}),
    ...(step.move === 'nudge' || step.move === 'remind' ? { remindedAt: now } : {}),
    ...(step.move === 'escalate' ? { escalatedAt: now } : {}),
    changedAt: now,
    ...step.sets,
    ...more.changes,
  })
  if (ENDS_ACCESS.includes(step.to)) {
    await endPlacementGrants(tx, [placement.id], now)
    await forgetAnswersAbout(tx, placement.id)
  }
  const referral = await getReferralRow(tx, placement.referralId)
  const [eventId = ''] = await record(context, tx, author, [
    {
      type: PLACEMENT_MOVES[step.move].event,
      subject: { kind: 'placement', id: saved.id, version: saved.version },
      referralId: saved.referralId,
      placementId: saved.id,
      from: step.from,
      to: step.to,
      reason: step.reason ?? null,
      detail: more.detail ?? {},
      causedBy: more.causedBy ?? null,
      changes: changesBetween(placement, saved),
      parties: { ...referralParties(referral), providerOrganisationId: saved.providerOrganisationId },
    },
  ])
  return { saved, eventId }
}
