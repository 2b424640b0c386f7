import { londonDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { may, moversFor } from '../../domain/permissions.ts'
import { takesAPlace } from '../../domain/placement.ts'
import {
  CLOSING_MOVE,
  type CloseOutcome,
  type ContactAttempts,
  close,
  OUTCOMES_NEEDING_REASON,
} from '../../domain/referral.ts'
import { type Fault, Refusal } from '../../domain/refusal.ts'
import { workingDaysBetween } from '../../domain/working-day.ts'
import type { Db } from '../../store/database.ts'
import { getPerson, type PersonRow } from '../../store/people.ts'
import { listPlacementsOf } from '../../store/placements.ts'
import { listContacts, saveGoalResult } from '../../store/referral-details.ts'
import { findReferral } from '../../store/referrals.ts'
import { referralTies } from '../access/ties.ts'
import type { Context } from '../context.ts'
import { endOpenPlacements } from './end-placements.ts'
import { getReferral } from './get-referral.ts'
import { takeStep } from './step.ts'
import { type ReferralView, viewReferral } from './view.ts'

export interface Closing {
  outcome: CloseOutcome
  duplicateOf?: string | undefined
  reason?: string | undefined
  summary?: string | undefined
  goals?: { id: string; result: 'achieved' | 'partly' | 'not' }[] | undefined
}

function requireComplete({ outcome, reason, summary, duplicateOf }: Closing): void {
  const faults: Fault[] = []
  const missing = (pointer: string, detail: string) => faults.push({ pointer, code: 'missing', detail })
  if (!summary) missing('/summary', 'Write a summary for the person who referred')
  if (OUTCOMES_NEEDING_REASON.includes(outcome) && !reason && !duplicateOf)
    missing('/reason', 'Say why it closes like this')
  if (outcome === 'duplicate' && !duplicateOf) missing('/duplicateOf', 'Say which referral this one repeats')
  if (faults.length > 0) throw new Refusal('invalid-input', 'Something is missing before this can be closed.', faults)
}

/** Ways to reach the person: a detail is held, and it is safe to use. */
function usableChannels({ phone, email, postcode, noFixedAddress, safeContact }: PersonRow): string[] {
  return [
    ...(phone ? ['phone'] : []),
    ...(phone && safeContact.text ? ['text'] : []),
    ...(email && safeContact.email ? ['email'] : []),
    ...(postcode && !noFixedAddress && safeContact.post ? ['post'] : []),
  ]
}

/** Tries since the last conversation, on ways that could have reached the person. */
async function countAttempts(db: Db, referralId: string, person: PersonRow): Promise<ContactAttempts> {
  const usable = usableChannels(person)
  const contacts = await listContacts(db, referralId)
  const sinceSpoken = contacts.slice(contacts.findLastIndex(({ outcome }) => outcome === 'spoke') + 1)
  const tries = sinceSpoken.filter(({ channel }) => usable.includes(channel))
  const [first, last] = [tries[0], tries.at(-1)]
  return {
    count: tries.length,
    overWorkingDays: first && last ? workingDaysBetween(londonDay(first.madeAt), londonDay(last.madeAt)) : 0,
    channelsTried: [...new Set(tries.map(({ channel }) => channel))],
    usableChannels: usable,
  }
}

/** A duplicate names another referral that the actor may see; anything else is the same answer. */
async function requireOriginal(db: Db, actor: Actor, id: string, duplicateOf: string): Promise<void> {
  const original = duplicateOf === id ? undefined : await findReferral(db, duplicateOf)
  if (!original || !may(actor, 'referral.view', referralTies(original)))
    throw new Refusal('invalid-input', 'The referral that this one repeats was not found.', [
      { pointer: '/duplicateOf', code: 'not-found', detail: 'Choose another referral that you can see' },
    ])
}

/** Closes with an outcome and a summary for whoever referred; what was still open at projects ends with it. */
export async function closeReferral(
  context: Context,
  actor: Actor,
  id: string,
  closing: Closing,
): Promise<ReferralView> {
  const { outcome, reason, summary, duplicateOf, goals = [] } = closing
  return context.db.write(async (tx) => {
    const referral = await getReferral(tx, actor, id, `referral.${CLOSING_MOVE[outcome]}`)
    requireComplete(closing)
    if (duplicateOf) await requireOriginal(tx, actor, id, duplicateOf)
    const placesHeld = (await listPlacementsOf(tx, id)).filter(({ status }) => takesAPlace(status)).length
    const attempts = await countAttempts(tx, id, await getPerson(tx, referral.personId))
    const step = close(referral, { outcome, reason, placesHeld, attempts }, moversFor(actor, referralTies(referral)))
    for (const goal of goals)
      if (!(await saveGoalResult(tx, id, goal)))
        throw new Refusal('invalid-input', 'One of the goals is not of this referral.', [
          { pointer: '/goals', code: 'not-found', detail: 'Choose goals of this referral' },
        ])
    await endOpenPlacements(context, tx, 'system', id)
    const saved = await takeStep(context, tx, actor, referral, step, {
      changes: { closingReason: reason || null, closingSummary: summary || null, duplicateOf: duplicateOf ?? null },
      detail: { outcome },
    })
    return viewReferral(context, tx, actor, saved)
  })
}
