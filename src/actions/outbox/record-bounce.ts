import { isDigestNotice } from '../../domain/digest.ts'
import { markToldBounced, TOLD_TOGETHER } from '../../store/digests.ts'
import { findMessage, markBounced } from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import { handOverOffer } from './hand-over-offer.ts'
import { GIVEN_UP } from './retry.ts'

/** 'not-yet' where it has not been written down that the server took it: the mail server should bring it again. */
export type BounceOutcome = 'failed' | 'known-already' | 'not-ours' | 'not-yet' | 'too-late'

// Mail servers try for five days. What comes long after that was not written by one.
const LATEST_DAYS = 14

/** A message that a mail server took came back. Told once however often it comes; nothing of it is trusted but the id and the code. */
export async function recordBounce(
  context: Context,
  { outboxId, status }: { outboxId: string; status: string },
): Promise<BounceOutcome> {
  return context.db.write(async (tx) => {
    const row = await findMessage(tx, outboxId)
    // What was told in a digest was no mail of its own, and comes back with the digest.
    if (!row || row.outcome === TOLD_TOGETHER) return 'not-ours'
    if (!row.sentAt) return row.endedAt ? 'known-already' : 'not-yet'
    const at = context.now()
    if (at.getTime() - row.sentAt.getTime() > LATEST_DAYS * 86_400_000) return 'too-late'
    const outcome = `${GIVEN_UP}came back, ${status}`
    await markBounced(tx, row.id, at, outcome)
    if (isDigestNotice(row.notice)) await markToldBounced(tx, row.id, at, outcome)
    await handOverOffer(context, tx, row)
    context.log.error({ outboxId, notice: row.notice, status }, 'A message came back')
    return 'failed'
  })
}
