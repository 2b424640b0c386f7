import type { Actor } from '../../domain/organisation.ts'
import { note } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { answerSignpost as decide, type SignpostAnswer } from '../../domain/signpost.ts'
import { findSignpost, saveSignpostAnswer } from '../../store/signposts.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** "Did you go?": what the person said, recorded by their navigator. */
export async function answerSignpost(
  context: Context,
  actor: Actor,
  referralId: string,
  { signpostId, answer }: { signpostId: string; answer: SignpostAnswer },
): Promise<ReferralView> {
  return moveReferral(context, actor, referralId, 'referral.answerSignpost', async ({ tx, referral, movers, now }) => {
    const step = note(referral, 'answerSignpost', movers)
    const signpost = await findSignpost(tx, referralId, signpostId)
    if (!signpost) throw new Refusal('not-found', 'There is no such signpost.')
    const saved = decide(signpost, answer, now)
    const before = {
      answer: signpost.answer,
      answeredAt: signpost.answeredAt?.toISOString() ?? null,
      askOn: signpost.askOn,
    }
    return {
      step,
      detail: { signpostId, answer, before },
      andThen: () => saveSignpostAnswer(tx, signpostId, saved),
    }
  })
}
