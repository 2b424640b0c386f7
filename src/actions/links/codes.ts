import { CODE } from '../../domain/link.ts'
import type { LinkHolder } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { insertLinkCode, listLinkCodes, saveLinkCode } from '../../store/link-codes.ts'
import { isCode, isPass, passFor } from '../access/message-token.ts'
import type { Context } from '../context.ts'
import { owe, recordAct } from '../record.ts'

const MINUTE_MS = 60_000

/** Sends a one-time code to the address that the link was sent to. */
export async function sendCode(context: Context, holder: LinkHolder): Promise<void> {
  const now = context.now()
  await context.db.write(async (tx) => {
    const lately = await listLinkCodes(tx, holder.linkId, new Date(now.getTime() - 60 * MINUTE_MS))
    if (lately.length >= CODE.perHour)
      throw new Refusal(
        'wrong-status',
        `${CODE.perHour} codes were sent within an hour. Use the newest one, or wait an hour for another.`,
      )
    const id = context.newId()
    const expiresAt = new Date(now.getTime() + CODE.minutes * MINUTE_MS)
    await insertLinkCode(tx, { id, messageId: holder.linkId, createdAt: now, expiresAt, tries: 0, usedAt: null })
    await owe(context, tx, { notice: 'link-code', linkId: id })
    await recordAct(context, tx, holder, { action: 'link-code.sent', subjectKind: 'message', subjectId: holder.linkId })
  })
}

/**
 * Uses the newest code up, and answers with a pass for the forms of the page that it opens. A wrong one is counted, so
 * that nobody tries them all.
 */
export async function useCode(context: Context, holder: LinkHolder, typed: string): Promise<string> {
  const now = context.now()
  const found = await context.db.write(async (tx) => {
    const [newest] = await listLinkCodes(tx, holder.linkId, new Date(now.getTime() - CODE.minutes * MINUTE_MS))
    if (!newest || newest.usedAt || newest.expiresAt <= now || newest.tries >= CODE.tries) return { left: null }
    if (!isCode(context, newest.id, typed)) {
      await saveLinkCode(tx, newest.id, { tries: newest.tries + 1 })
      return { left: CODE.tries - newest.tries - 1 }
    }
    await saveLinkCode(tx, newest.id, { usedAt: now })
    await recordAct(context, tx, holder, { action: 'link-code.used', subjectKind: 'message', subjectId: holder.linkId })
    return { left: undefined }
  })
  if (found.left === undefined) return passFor(context, holder.linkId, now)
  throw wrong(
    found.left ? `This is not the code of the newest e-mail. You have ${triesWords(found.left)} left` : SEND_ANOTHER,
  )
}

const SEND_ANOTHER = 'This code does not work any more. Send yourself another'

function triesWords(left: number): string {
  return left === 1 ? 'one try' : `${left} tries`
}

function wrong(detail: string): Refusal {
  return new Refusal('invalid-input', `${detail}.`, [{ pointer: '/code', code: 'not-valid', detail }])
}

/** For the forms of a page that a code has opened: half an hour later it takes another code. */
export function requirePass(context: Context, holder: LinkHolder, pass: string): void {
  if (!isPass(context, holder.linkId, pass, context.now()))
    throw wrong('For safety this page closes after half an hour. Send yourself another code')
}
