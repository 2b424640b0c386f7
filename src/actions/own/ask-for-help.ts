import { askCall, askOwnLink, OWN_LINKS_A_DAY } from '../../domain/own-page.ts'
import { canBeMailed } from '../../domain/person.ts'
import { normaliseReference } from '../../domain/reference.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { countSince } from '../../store/events.ts'
import { getPerson } from '../../store/people.ts'
import { findForLookUp, getReferralRow, type ReferralRow } from '../../store/referrals.ts'
import type { Context } from '../context.ts'
import { makeReferralMove } from '../referrals/move.ts'
import { takeReferralStep } from '../steps/referral-step.ts'

const DAY_MS = 24 * 3_600_000

/**
 * Whoever knows the reference and the birthday asks for a way to change something. A link goes to the mailbox that the
 * person has given as safe, and nowhere else; who has none is called. Which of the two it was is not said: somebody else
 * may be asking.
 */
export async function askForOwnPage(
  context: Context,
  asked: { reference: string; dateOfBirth: string; way: 'link' | 'call' },
): Promise<void> {
  await context.db.write(async (tx) => {
    const found = await findForLookUp(tx, normaliseReference(asked.reference) ?? '')
    if (found?.dateOfBirth !== asked.dateOfBirth)
      throw new Refusal('not-found', 'No referral has this reference and this date of birth.')
    const referral = await getReferralRow(tx, found.referral.id)
    if (!isOpenReferral(referral.status)) return
    const person = await getPerson(tx, referral.personId)
    if (asked.way === 'link' && canBeMailed(person, context.now())) await sendOwnLink(context, tx, referral)
    else if (!person.messagesStopped) await askToBeCalled(context, tx, referral)
  })
}

async function sendOwnLink(context: Context, tx: Db, referral: ReferralRow): Promise<void> {
  const since = new Date(context.now().getTime() - DAY_MS)
  if ((await countSince(tx, referral.id, 'referral.own-link-asked', since)) >= OWN_LINKS_A_DAY) return
  await takeReferralStep(context, tx, 'system', referral, askOwnLink(referral))
}

/** Once a day: whoever asks again fills nobody's list. */
async function askToBeCalled(context: Context, tx: Db, referral: ReferralRow): Promise<void> {
  const since = new Date(context.now().getTime() - DAY_MS)
  if ((await countSince(tx, referral.id, 'referral.call-asked', since)) > 0) return
  await makeReferralMove(context, tx, 'system', referral, ['person'], ({ now, limits }) => ({
    step: askCall(referral, now, limits),
  }))
}
