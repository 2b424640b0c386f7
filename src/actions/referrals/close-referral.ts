import {
  type CloseOutcome,
  type ContactAttempts,
  close,
  closingMove,
  DIED,
  OUTCOMES_NEEDING_REASON,
} from '../../domain/closing.ts'
import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may } from '../../domain/permissions.ts'
import { takesAPlace } from '../../domain/placement.ts'
import { type Fault, Refusal } from '../../domain/refusal.ts'
import { workingDaysBetween } from '../../domain/working-day.ts'
import type { Db } from '../../store/database.ts'
import { getPerson, type PersonRow } from '../../store/people.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { type GoalResult, listContacts, listGoals, saveGoalResult } from '../../store/referral-details.ts'
import { findReferral, type ReferralRow } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { recogniseAs } from '../people/same-person.ts'
import { stopMessages } from '../people/stop-messages.ts'
import { endPlacementsOf } from '../steps/cascades.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

export interface Closing {
  outcome: CloseOutcome
  duplicateOf?: string | undefined
  reason?: string | undefined
  summary?: string | undefined
  goals?: GoalResult[] | undefined
}

function requireComplete({ outcome, reason, summary, duplicateOf }: Closing): void {
  const faults: Fault[] = []
  const missing = (pointer: string, detail: string) => faults.push({ pointer, code: 'missing', detail })
  if (outcome === 'closed_early' && reason === DIED) return
  if (!summary) missing('/summary', 'Write a summary for the person who referred')
  const isExplained = reason || (outcome === 'duplicate' && duplicateOf)
  if (OUTCOMES_NEEDING_REASON.includes(outcome) && !isExplained) missing('/reason', 'Say why it closes like this')
  if (outcome === 'duplicate' && !duplicateOf) missing('/duplicateOf', 'Say which referral this one repeats')
  if (faults.length > 0) throw new Refusal('invalid-input', 'Something is missing before this can be closed.', faults)
}

/** Ways to reach the person: a detail is held, and it is safe to use. */
function usableChannels({ phone, email, addressLines, noFixedAddress, safeContact }: PersonRow): string[] {
  return [
    ...(phone ? ['phone'] : []),
    ...(phone && safeContact.text ? ['text'] : []),
    ...(email && safeContact.email ? ['email'] : []),
    ...(addressLines && !noFixedAddress && safeContact.post ? ['post'] : []),
    ...(addressLines && !noFixedAddress ? ['in_person'] : []),
  ]
}

/** Tries since the last conversation, on ways that could have reached the person. */
async function countAttempts(db: Db, referralId: string, person: PersonRow): Promise<ContactAttempts> {
  const usable = usableChannels(person)
  const contacts = (await listContacts(db, referralId)).filter(({ placementId }) => placementId === null)
  const sinceSpoken = contacts.slice(contacts.findLastIndex(({ outcome }) => outcome === 'spoke') + 1)
  // Where nothing is held, whatever was tried is all that could be.
  const tries = usable.length > 0 ? sinceSpoken.filter(({ channel }) => usable.includes(channel)) : sinceSpoken
  const [first, last] = [tries[0], tries.at(-1)]
  return {
    count: tries.length,
    overWorkingDays: first && last ? workingDaysBetween(londonDay(first.madeAt), londonDay(last.madeAt)) : 0,
    channelsTried: [...new Set(tries.map(({ channel }) => channel))],
    usableChannels: usable,
  }
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

/** What was said of how the person's goals went, each with what stood there before. */
async function saveResults(tx: Db, referralId: string, results: GoalResult[]) {
  const before = await listGoals(tx, referralId)
  for (const goal of results)
    if (!(await saveGoalResult(tx, referralId, goal)))
      throw new Refusal('invalid-input', 'One of the goals is not of this referral.', [
        { pointer: '/goals', code: 'not-found', detail: 'Choose goals of this referral' },
      ])
  return results.map(({ id, result }) => ({
    id,
    result,
    before: before.find((goal) => goal.id === id)?.result ?? null,
  }))
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
    const attempts = await countAttempts(tx, id, await getPerson(tx, referral.personId))
    const step = close(referral, { outcome, reason, placesHeld, attempts }, movers)
    return {
      step,
      changes: {
        closingReason: reason || null,
        closingSummary: summary || null,
        duplicateOf: outcome === 'duplicate' ? (original?.id ?? null) : null,
      },
      detail: { outcome, goals: await saveResults(tx, id, goals) },
      andThen: async ({ eventId }) => {
        await endPlacementsOf(context, tx, id, eventId)
        if (move === 'recordDeath') await stopMessages(context, tx, referral.personId, DIED)
        if (outcome === 'duplicate' && original) await recogniseAs(context, tx, actor, referral, original, eventId)
      },
    }
  })
}
