import { isDigestNotice, nextDigestAt } from '../../domain/digest.ts'
import type { Db } from '../../store/database.ts'
import { settleWaiting, TOLD_TOGETHER } from '../../store/digests.ts'
import { type Fate, type OutboxRow, settleMessage } from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import type { Contents } from './compose-digest.ts'
import { handOverOffer } from './hand-over-offer.ts'
import { joinOne } from './sort-out.ts'

/** What came of a message, with what its fate means for others. */
export interface Settled {
  fate: Partial<Fate>
  /** Of a digest: what it told, and what it left out. */
  contents?: Contents | undefined
  /** For which organisation's work the recipient also wants to read of it in the digest of the day. */
  againFor?: string | undefined
}

/** Writes the fate of a message, in one transaction with that of whatever it told together, and with what follows from it. */
export async function settle(context: Context, tx: Db, row: OutboxRow, settled: Settled): Promise<void> {
  const { fate, contents, againFor } = settled
  await settleMessage(tx, row.id, fate)
  if (isDigestNotice(row.notice)) await settleContents(tx, row.id, fate, contents)
  if (fate.endedAt) await handOverOffer(context, tx, row)
  if (fate.sentAt && againFor)
    await joinOne(context, tx, row, {
      organisationId: againFor,
      notice: 'day-digest',
      until: nextDigestAt(context.now()),
    })
}

const NOTHING: Contents = { told: [], dropped: [] }

async function settleContents(tx: Db, digestId: string, fate: Partial<Fate>, { told, dropped } = NOTHING) {
  const { sentAt, endedAt, failedAt, outcome } = fate
  const at = sentAt ?? endedAt
  // It is to be tried again, and what waits for it waits on.
  if (!at) return
  for (const { id, why } of dropped) await settleWaiting(tx, digestId, { endedAt: at, outcome: why }, [id])
  if (sentAt) await settleWaiting(tx, digestId, { sentAt, outcome: TOLD_TOGETHER }, told)
  // What came of it came of all that is left, or it would wait for ever, and all that comes after it.
  else await settleWaiting(tx, digestId, { endedAt: at, outcome: outcome ?? null, failedAt: failedAt ?? null })
}
