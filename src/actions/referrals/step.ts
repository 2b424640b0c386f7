import type { ReferralStep } from '../../domain/referral.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import type { Db } from '../../store/database.ts'
import { nextColumns, type ReferralChanges, type ReferralRow, saveReferral } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { type Author, record } from '../record.ts'
import { referralParties } from './get-referral.ts'

/** Carries out a decided step: the new state with its one next action, the event, the audit row and the messages. */
export async function takeStep(
  context: Context,
  tx: Db,
  author: Author,
  referral: ReferralRow,
  step: ReferralStep,
  more: { changes?: ReferralChanges; detail?: Record<string, unknown> } = {},
): Promise<ReferralRow> {
  const now = context.now()
  const saved = await saveReferral(tx, referral, {
    status: step.to,
    ...(step.next === 'kept' ? {} : nextColumns(step.next)),
    ...(step.next === null ? { closedAt: now } : {}),
    changedAt: now,
    ...more.changes,
  })
  await record(context, tx, author, [
    {
      type: REFERRAL_MOVES[step.move].event,
      subject: { kind: 'referral', id: saved.id, version: saved.version },
      referralId: saved.id,
      from: step.from,
      to: step.to,
      reason: step.reason ?? null,
      detail: more.detail ?? {},
      parties: referralParties(saved),
    },
  ])
  return saved
}
