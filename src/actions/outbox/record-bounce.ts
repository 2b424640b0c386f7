import { isDigestNotice } from '../../domain/digest.ts'
import { markToldBounced } from '../../store/digests.ts'
import { findMessage, markBounced } from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import { handOverOffer } from './hand-over-offer.ts'
import { GIVEN_UP } from './retry.ts'

/** 'not-yet' where it has not been written down that the server took it: the mail server should bring it again. */
export type BounceOutcome = 'failed' | 'known-already' | 'not-ours' | 'not-yet'

/** A message that a mail server took came back. Told once however often it comes; nothing of it is trusted but the id and the code. */
export async function recordBounce(
  context: Context,
  { outboxId, status }: { outboxId: string; status: string },
): Promise<BounceOutcome> {
  return context.db.write(async (tx) => {
    const row = await findMessage(tx, outboxId)
    if (!row) return 'not-ours'
    if (!row.sentAt) return row.endedAt ? 'known-already' : 'not-yet'
    const at = context.now()
    const outcome = `${GIVEN_UP}came back, ${status}`
    await markBounced(tx, row.id, at, outcome)
    if (isDigestNotice(row.notice)) await markToldBounced(tx, row.id, at, outcome)
    await handOverOffer(context, tx, row)
    context.log.error({ outboxId, notice: row.notice, status }, 'A message came back')
    return 'failed'
  })
}
