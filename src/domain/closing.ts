import type { ContactChannel, ContactOutcome } from './contact.ts'
import { addDays, type Day, londonDay } from './day.ts'
import type { Mover } from './moves.ts'
import { LIMITS, type Limits, type NextAction } from './next-action.ts'
import { navigatorOf, type Referral, type ReferralStep, requireReferralMove } from './referral.ts'
import type { ReferralMove } from './referral-moves.ts'
import { type Fault, Refusal } from './refusal.ts'
import { dueIn, workingDaysBetween } from './working-day.ts'

export const CLOSE_OUTCOMES = [
  'completed',
  'closed_early',
  'disengaged',
  'unreachable',
  'not_suitable',
  'duplicate',
] as const
export type CloseOutcome = (typeof CLOSE_OUTCOMES)[number]

const CLOSING_MOVE = {
  completed: 'complete',
  closed_early: 'closeEarly',
  disengaged: 'closeEarly',
  unreachable: 'giveUp',
  not_suitable: 'turnAway',
  duplicate: 'turnAway',
} as const satisfies Record<CloseOutcome, ReferralMove>

/** An ending stands with a reason wherever the person did not simply finish. */
export const OUTCOMES_NEEDING_REASON: readonly CloseOutcome[] = [
  'closed_early',
  'disengaged',
  'not_suitable',
  'duplicate',
]

/** The one reason that closes from any state, needs no words, and stops every message to the person at once. */
export const DIED = 'died'

export function closingMove(outcome: CloseOutcome, reason: string | undefined): ReferralMove {
  return outcome === 'closed_early' && reason === DIED ? 'recordDeath' : CLOSING_MOVE[outcome]
}

/** What an ending has to be told with: all that is missing is said at once. */
export function requireComplete(closing: {
  outcome: CloseOutcome
  reason?: string | undefined
  summary?: string | undefined
  duplicateOf?: string | undefined
}): void {
  const { outcome, reason, summary, duplicateOf } = closing
  const faults: Fault[] = []
  const missing = (pointer: string, detail: string) => faults.push({ pointer, code: 'missing', detail })
  if (outcome === 'closed_early' && reason === DIED) return
  if (!summary) missing('/summary', 'Write a summary for the person who referred')
  const isExplained = reason || (outcome === 'duplicate' && duplicateOf)
  if (OUTCOMES_NEEDING_REASON.includes(outcome) && !isExplained) missing('/reason', 'Say why it closes like this')
  if (outcome === 'duplicate' && !duplicateOf) missing('/duplicateOf', 'Say which referral this one repeats')
  if (faults.length > 0) throw new Refusal('invalid-input', 'Something is missing before this can be closed.', faults)
}

/** Nobody is taken out of a group unasked by an ending. */
export function requireNoPlaceHeld(placesHeld: number): void {
  if (placesHeld > 0)
    throw new Refusal(
      'placement-open',
      'The person still has a place in a group. Wait for the project to record how it ended, or withdraw it first.',
    )
}

export function close(
  referral: Referral,
  closing: { outcome: CloseOutcome; reason?: string | undefined; placesHeld: number; attempts: ContactAttempts },
  movers: readonly Mover[],
): ReferralStep {
  const move = closingMove(closing.outcome, closing.reason)
  requireReferralMove(move, referral.status, movers)
  if (closing.outcome === 'completed') requireNoPlaceHeld(closing.placesHeld)
  if (closing.outcome === 'unreachable') requireEnoughAttempts(closing.attempts)
  return {
    move,
    from: referral.status,
    to: closing.outcome,
    next: null,
    ...(closing.reason ? { reason: closing.reason } : {}),
  }
}

/** Whoever referred may take it back until the person was contacted; afterwards it is the person's own matter. */
export function withdraw(referral: Referral, reason: string, movers: readonly Mover[]): ReferralStep {
  requireReferralMove('withdraw', referral.status, movers)
  if (referral.contactedAt && movers.every((mover) => mover === 'referrer'))
    throw new Refusal('wrong-status', 'The person was contacted already. Ask the navigator to withdraw it.')
  return { move: 'withdraw', from: referral.status, to: 'withdrawn', next: null, reason }
}

/** What the contact log says of tries that did not reach the person. `usable`: a detail is held and it is safe. */
export interface ContactAttempts {
  count: number
  /** Working days from the first try to the last. */
  overWorkingDays: number
  channelsTried: string[]
  usableChannels: string[]
}

/** Tries since the last conversation, oldest first, on ways that could have reached the person. */
export function attemptsOf(
  contacts: readonly { outcome: ContactOutcome; channel: ContactChannel; madeAt: Date }[],
  usableChannels: ContactChannel[],
): ContactAttempts {
  const sinceSpoken = contacts.slice(contacts.findLastIndex(({ outcome }) => outcome === 'spoke') + 1)
  // Where nothing is held, whatever was tried is all that could be.
  const tries =
    usableChannels.length > 0 ? sinceSpoken.filter(({ channel }) => usableChannels.includes(channel)) : sinceSpoken
  const [first, last] = [tries[0], tries.at(-1)]
  return {
    count: tries.length,
    overWorkingDays: first && last ? workingDaysBetween(londonDay(first.madeAt), londonDay(last.madeAt)) : 0,
    channelsTried: [...new Set(tries.map(({ channel }) => channel))],
    usableChannels,
  }
}

/** Three tries or more, over five working days or more, on two usable channels or on the only one. */
export function requireEnoughAttempts({
  count,
  overWorkingDays,
  channelsTried,
  usableChannels,
}: ContactAttempts): void {
  const tried = usableChannels.filter((channel) => channelsTried.includes(channel)).length
  const short = [
    count < 3 && `${count} of 3 attempts`,
    overWorkingDays < 5 && `${overWorkingDays} of 5 working days`,
    tried < Math.min(2, usableChannels.length) &&
      `${tried} of ${Math.min(2, usableChannels.length)} ways to reach the person`,
  ].filter(Boolean)
  if (short.length > 0)
    throw new Refusal('too-few-attempts', `Too few attempts yet to close as unreachable: ${short.join(', ')}.`)
}

// However it came, and whoever had taken it on: it is the service's now, and a team that had it sees it no more.
const AS_ANY_OTHER = { isDirect: false, redirectedToOrganisationId: null } as const

/**
 * Opened again within ninety days, by a navigator who then has it for five working days.
 * @param freshConsent whether the person agrees again: needed where they had withdrawn
 * @param hasDied whether that was recorded with another referral of theirs
 */
export function reopen(
  referral: Referral & { closedAt: Date | null; closingReason: string | null },
  { navigatorId, freshConsent, hasDied = false }: { navigatorId: string; freshConsent: boolean; hasDied?: boolean },
  movers: readonly Mover[],
  now: Date,
  limits: Limits = LIMITS,
): ReferralStep {
  const { status, closedAt, closingReason } = referral
  requireReferralMove('reopen', status, movers)
  if (closingReason === DIED || hasDied)
    throw new Refusal('wrong-status', 'The person died, so this referral cannot be opened again.')
  const lastDay = closedAt ? addDays(londonDay(closedAt), limits.reopenDays) : ('' satisfies Day)
  if (londonDay(now) > lastDay)
    throw new Refusal(
      'wrong-status',
      `It was closed more than ${limits.reopenDays} days ago. Make a new referral instead.`,
    )
  if (status === 'withdrawn' && closingReason !== 'sent_in_error' && !freshConsent)
    throw new Refusal('consent-missing', 'The person withdrew. Record that they agree to be supported again.')
  const next: NextAction = {
    ...navigatorOf(referral),
    step: 'contact_again',
    dueOn: dueIn(now, limits.afterReopening),
  }
  return { move: 'reopen', from: status, to: 'assigned', next, sets: { navigatorId, ...AS_ANY_OTHER } }
}
