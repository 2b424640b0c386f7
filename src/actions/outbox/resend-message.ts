import { londonDay } from '../../domain/day.ts'
import { isDigestNotice } from '../../domain/digest.ts'
import { RESENDS_A_DAY } from '../../domain/messages.ts'
import { isAccessNotice, type Notice } from '../../domain/notices.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { findMessageFacts, findRecipient } from '../../store/message-facts.ts'
import { findMessage, findRepetition, markHandled, type OutboxRow, queueMessages } from '../../store/outbox.ts'
import { getReferral } from '../access/get-referral.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { messagesOf, type ReferralMessage } from './referral-messages.ts'
import { resendsLeft } from './resends-left.ts'
import { whyNobodyReads, whyNotToSend } from './why-not-to-send.ts'

type Told = OutboxRow & { notice: Notice; referralId: string }

/** A message that the actor may act on: about a referral that their service works on. */
async function getMessage(tx: Db, actor: Actor, id: string): Promise<Told> {
  const row = await findMessage(tx, id)
  if (!row?.referralId || isAccessNotice(row.notice) || isDigestNotice(row.notice))
    throw new Refusal('not-found', 'There is nothing here that you can see.')
  await getReferral(tx, actor, row.referralId, 'referral.view-work')
  return { ...row, notice: row.notice, referralId: row.referralId }
}

async function viewOf(tx: Db, { id, referralId }: Told): Promise<ReferralMessage> {
  const view = (await messagesOf(tx, referralId)).find((message) => message.id === id)
  if (!view) throw new Error('A message was written and not found.')
  return view
}

/** Sends a message once more, as what it tells is true now. Refused where nothing is left to tell, with why. */
export async function resendMessage(context: Context, actor: Actor, id: string): Promise<ReferralMessage> {
  return context.db.write(async (tx) => {
    const row = await getMessage(tx, actor, id)
    if ((!row.sentAt && !row.endedAt) || (await findRepetition(tx, row)))
      throw new Refusal('wrong-status', 'This message is on its way already. Look again in a minute.')
    const facts = await findMessageFacts(tx, row)
    const recipient = await findRecipient(tx, row, facts?.referral.receivingOrganisationId)
    if (!facts || !recipient) throw new Refusal('not-found', 'There is nothing here that you can see.')
    const why = whyNotToSend(row, facts, recipient, londonDay(context.now())) ?? whyNobodyReads(recipient)
    if (why) throw new Refusal('wrong-status', `It cannot be sent again: ${why}.`)
    if ((await resendsLeft(context, tx, [row.referralId]))(row) === 0)
      throw new Refusal(
        'wrong-status',
        `It was sent again ${RESENDS_A_DAY} times today, which is the most. Tell them another way, or try again tomorrow.`,
      )
    const { notice, toKind, toId, referralId, placementId, eventId } = row
    const again = { notice, toKind, toId, referralId, placementId, eventId, id: context.newId(), resends: row.id }
    const at = context.now()
    await queueMessages(tx, [{ ...again, createdAt: at, nextAttemptAt: at, attempts: 0 }])
    await recordAct(context, tx, actor, {
      action: 'message.resent',
      subjectKind: 'referral',
      subjectId: referralId,
      detail: { message: row.id, as: again.id, notice },
    })
    return viewOf(tx, { ...row, id: again.id })
  })
}

/** Somebody told the recipient by phone, by post or in person, so that nobody else has to. */
export async function handleMessage(context: Context, actor: Actor, id: string): Promise<ReferralMessage> {
  return context.db.write(async (tx) => {
    const row = await getMessage(tx, actor, id)
    if (!row.failedAt)
      throw new Refusal('wrong-status', 'This message did not fail, so there is nothing to make up for.')
    // Twice the same is no harm.
    if (await markHandled(tx, id, actor.userId, context.now()))
      await recordAct(context, tx, actor, {
        action: 'message.told-another-way',
        subjectKind: 'referral',
        subjectId: row.referralId,
        detail: { message: id, notice: row.notice },
      })
    return viewOf(tx, row)
  })
}
