import {
  attemptsOf,
  type CloseOutcome,
  type ContactAttempts,
  close,
  closingMove,
  DIED,
  requireComplete,
} from '../../domain/closing.ts'
import { usableChannels } from '../../domain/contact.ts'
import type { GoalResult } from '../../domain/goal.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { takesAPlace } from '../../domain/placement.ts'
import { Refusal } from '../../domain/refusal.ts'
import type { Db } from '../../store/database.ts'
import { getPerson } from '../../store/people.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { listContacts } from '../../store/referral-details.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { recogniseAs } from '../people/same-person.ts'
import { stopMessages } from '../people/stop-messages.ts'
import { endPlacementsOf } from '../steps/cascades.ts'
import { saveGoalResults } from '../steps/goal-results.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

export interface Closing {
  outcome: CloseOutcome
  duplicateOf?: string | undefined
  reason?: string | undefined
  summary?: string | undefined
  goals?: GoalResult[] | undefined
}

async function countAttempts(db: Db, referralId: string, personId: string): Promise<ContactAttempts> {
  const contacts = (await listContacts(db, referralId)).filter(({ placementId }) => placementId === null)
  return attemptsOf(contacts, usableChannels(await getPerson(db, personId)))
}

/** A duplicate names another referral that the actor may see; anything else is the same answer. */
async function findOriginal(db: Db, actor: Actor, id: string, duplicateOf: string): Promise<ReferralRow> {
  const original = duplicateOf === id ? undefined : await findReferral(db, duplicateOf)
  if (!original || !may(actor, 'referral.view', referralTies(original)))
    throw new Refusal('invalid-input', 'The referral that this one repeats was not found.', [
      { pointer: '/duplicateOf', code: 'not-found', detail: 'Choose another referral that you can see' },
    ])
  // Two that each repeat the other would leave the person with neither.
  if (original.status === 'duplicate')
    throw new Refusal('invalid-input', 'That referral was itself closed as a duplicate.', [
      { pointer: '/duplicateOf', code: 'itself-a-duplicate', detail: 'Choose the referral that it repeats' },
    ])
  return original
}

/** Closes with an outcome and a summary for whoever referred; what was still open at projects ends with it. */
export async function closeReferral(
  context: Context,
  actor: Actor,
  id: string,
  closing: Closing,
): Promise<ReferralView> {
  const { outcome, reason, summary, duplicateOf, goals = [] } = closing
  const move = closingMove(outcome, reason)
  return moveReferral(context, actor, id, `referral.${move}`, async ({ tx, referral, movers }) => {
    requireComplete(closing)
    const original = duplicateOf ? await findOriginal(tx, actor, id, duplicateOf) : undefined
    const placesHeld = (await listPlacementsOf(tx, id)).filter(({ status }) => takesAPlace(status)).length
    const attempts = await countAttempts(tx, id, referral.personId)
    const step = close(referral, { outcome, reason, placesHeld, attempts }, movers)
    return {
      step,
      changes: {
        closingReason: reason || null,
        closingSummary: summary || null,
        duplicateOf: outcome === 'duplicate' ? (original?.id ?? null) : null,
      },
      detail: { outcome, goals: await saveGoalResults(tx, id, goals) },
      andThen: async ({ eventId }) => {
        await endPlacementsOf(context, tx, id, eventId)
        if (move === 'recordDeath') await stopMessages(context, tx, referral.personId, DIED)
        if (outcome === 'duplicate' && original) await recogniseAs(context, tx, actor, referral, original, eventId)
      },
    }
  })
}
