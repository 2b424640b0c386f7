import { earliest, londonDay } from './day.ts'
import { statesFor } from './moves.ts'
import { LIMITS, type Limits, type NextAction, type NextColumns, WATCHING } from './next-action.ts'
import { navigatorOf, type Referral, type ReferralStep, requireReferralMove } from './referral.ts'
import { REFERRAL_MOVES, type ReferralMove } from './referral-moves.ts'
import { dueIn } from './working-day.ts'

/** Links to their own page that somebody may ask for in a day. */
export const OWN_LINKS_A_DAY = 3

/** What somebody may do on their own page, each by a move of the table. */
const ACTS = {
  tell: 'askCall',
  answer: 'answer',
  pause: 'hold',
  restart: 'resume',
  withdraw: 'withdraw',
} as const satisfies Record<string, ReferralMove>
export type OwnAct = keyof typeof ACTS

export function ownActs({ status, nextOwnerKind }: Pick<Referral, 'status'> & NextColumns): OwnAct[] {
  return (Object.keys(ACTS) as OwnAct[]).filter((act) => {
    const isTheirs = act !== 'answer' || nextOwnerKind === 'person'
    return isTheirs && (statesFor(REFERRAL_MOVES[ACTS[act]], 'person') as readonly string[]).includes(status)
  })
}

/** A link to their own page is on its way: nothing else changes. */
export function askOwnLink({ status }: Pick<Referral, 'status'>): ReferralStep {
  requireReferralMove('askOwnLink', status, ['person'])
  return { move: 'askOwnLink', from: status, to: status, next: 'kept' }
}

const CALLED_SOON: readonly string[] = ['first_contact', 'contact_again', 'plan', 'place', 'agree_next', 'triage']

/**
 * The person asks to be called. While projects have them, the call is what is next; what the navigator owes them anyway is
 * brought forward to it.
 * @param isDanger their words may speak of danger: the call is due on the same working day
 */
export function askCall(
  referral: Referral & NextColumns,
  now: Date,
  limits: Limits = LIMITS,
  isDanger = false,
): ReferralStep {
  const { status, nextOwnerKind, nextStep, nextDueOn } = referral
  requireReferralMove('askCall', status, ['person'])
  const dueOn = earliest(dueIn(now, isDanger ? 0 : limits.lookAgain), nextDueOn ?? londonDay(now))
  const isNavigators = nextOwnerKind === 'navigator' && nextStep !== null
  const calls = (step: NextAction['step']): NextAction => ({ ...navigatorOf(referral), step, dueOn })
  const next = !isNavigators
    ? 'kept'
    : WATCHING.some((watching) => watching === nextStep)
      ? calls('call_back')
      : CALLED_SOON.includes(nextStep)
        ? calls(nextStep)
        : 'kept'
  return { move: 'askCall', from: status, to: status, next }
}
