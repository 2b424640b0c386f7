import type { Day } from '../../domain/day.ts'
import type { PersonAnswer } from '../../domain/link-person.ts'
import { withdrawPlacement } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import { pause, resumeWaiting, stillWanted } from '../../domain/waiting.ts'
import type { Context } from '../context.ts'
import { type Decide, makeMove } from '../placements/move.ts'
import { decideAnswer } from '../placements/offer-placement.ts'
import { giveUpLists } from '../placements/release-other-lists.ts'
import { getPersonLink } from './person-link.ts'

/** What the person says of this place; when to wait again, where they pause. */
export type Said = { answer: Exclude<PersonAnswer, 'leave-others' | 'pause'> } | { answer: 'pause'; restartsOn: Day }

/** The person answers, by the link that went to their safe address. Whoever comes too late is told what happened. */
export async function answerByLink(context: Context, token: string, said: Said): Promise<void> {
  await context.db.write(async (tx) => {
    const { placement, personId, answers, purpose } = await getPersonLink(context, tx, token)
    if (!answers.includes(said.answer)) throw tooLate()
    await makeMove(context, tx, { personId }, placement, ['person'], decisionOf(context, said, purpose))
  })
}

/** What an answer of the person's means for the place. */
export function decisionOf(context: Context, said: Said, purpose: 'offer' | 'still-wanted' | 'own'): Decide {
  return (it) => {
    const { placement, movers, now, limits } = it
    switch (said.answer) {
      case 'take':
        return decideAnswer(context, it, 'accept')
      case 'not-now':
        return decideAnswer(context, it, 'not_now')
      case 'still-wanted':
        return { step: stillWanted(placement, movers, now, limits) }
      case 'pause':
        return { step: pause(placement, said.restartsOn, movers, now, limits) }
      case 'wait-again':
        return { step: resumeWaiting(placement, movers, now, limits) }
      case 'no-longer':
        return purpose !== 'still-wanted' && placement.status === 'offered'
          ? decideAnswer(context, it, 'no_longer_wanted')
          : { step: withdrawPlacement(placement, 'changed_mind', movers) }
    }
  }
}

/** Leaves other lists once a place was taken: those that the person names, and no others. */
export async function leaveLists(context: Context, token: string, placementIds: string[]): Promise<void> {
  await context.db.write(async (tx) => {
    const { placement, personId, answers } = await getPersonLink(context, tx, token)
    if (!answers.includes('leave-others')) throw tooLate()
    await giveUpLists(context, tx, { personId }, placement, placementIds, () => ['person'])
  })
}

export function tooLate(): Refusal {
  return new Refusal('wrong-status', 'Something else happened before your answer came. Nothing was changed by it.')
}
