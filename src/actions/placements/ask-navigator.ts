import type { Acting, Actor } from '../../domain/organisation.ts'
import { answerProject as decideAnswer, askNavigator as decideAsk } from '../../domain/placement-talk.ts'
import { answerQuestion, findOpenQuestion, insertQuestion } from '../../store/questions.ts'
import type { Context } from '../context.ts'
import { movePlacement } from './move.ts'
import type { PlacementView } from './view.ts'

/** The project asks before it decides; its own time stands still until it has an answer. */
export async function askNavigator(
  context: Context,
  actor: Acting,
  id: string,
  { question }: { question: string },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.ask', ({ tx, placement, movers, now, limits }) => {
    const questionId = context.newId()
    return {
      step: decideAsk(placement, movers, now, limits),
      detail: { questionId },
      andThen: () =>
        insertQuestion(tx, {
          id: questionId,
          referralId: placement.referralId,
          placementId: id,
          text: question,
          askedBy: 'userId' in actor ? actor.userId : null,
          askedAt: now,
        }),
    }
  })
}

export async function answerProject(
  context: Context,
  actor: Actor,
  id: string,
  { text }: { text: string },
): Promise<PlacementView> {
  return movePlacement(context, actor, id, 'placement.answer', async ({ tx, placement, movers, now, limits }) => {
    const step = decideAnswer(placement, movers, now, limits)
    const question = await findOpenQuestion(tx, { referralId: placement.referralId, placementId: id })
    return {
      step,
      detail: { questionId: question?.id ?? null },
      andThen: async () =>
        question && answerQuestion(tx, question.id, { answer: text, answeredBy: actor.userId, answeredAt: now }),
    }
  })
}
