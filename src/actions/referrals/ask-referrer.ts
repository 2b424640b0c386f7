import type { Actor } from '../../domain/organisation.ts'
import { answer, ask } from '../../domain/pauses.ts'
import { answerQuestion, findOpenQuestion, insertQuestion } from '../../store/questions.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** A question that stands in the way: the navigator's clock stands still while somebody else is asked. */
export async function askReferrer(
  context: Context,
  actor: Actor,
  id: string,
  { question }: { question: string },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.ask', ({ tx, referral, movers, now, limits }) => {
    const questionId = context.newId()
    return {
      step: ask(referral, movers, now, limits),
      detail: { questionId },
      andThen: () =>
        insertQuestion(tx, {
          id: questionId,
          referralId: id,
          text: question,
          askedBy: actor.userId,
          askedAt: now,
        }),
    }
  })
}

export async function answerNavigator(
  context: Context,
  actor: Actor,
  id: string,
  { text }: { text: string },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.view', async ({ tx, referral, movers, now, limits }) => {
    const step = answer(referral, movers, now, limits)
    const question = await findOpenQuestion(tx, { referralId: id, placementId: null })
    return {
      step,
      detail: { questionId: question?.id ?? null },
      andThen: async () =>
        question && answerQuestion(tx, question.id, { answer: text, answeredBy: actor.userId, answeredAt: now }),
    }
  })
}
