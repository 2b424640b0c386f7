import { type Day, londonDay } from './day.ts'
import type { Priority } from './referral-request.ts'
import { dueIn } from './working-day.ts'

/** What somebody has to do next, in words for a list: "Contact the person for the first time". */
export const NEXT_STEPS = {
  triage: 'Decide who takes this referral',
  first_contact: 'Contact the person for the first time',
  contact_again: 'Contact the person again',
  answer: 'Answer the question',
  plan: 'Agree with the person what matters and what to do',
  place: 'Find a project or something open',
  check_in: 'Ask how the first visit was',
  ask_after_no_show: 'Ask why the person did not come',
  tell_first_visit: 'Tell the person about their first visit',
  call_back: 'Call the person, who asked for it',
  review: 'Check how it is going',
  agree_next: 'Agree what next, or close',
  answer_redirect: 'Say whether the team takes this on',
  hear_redirect: 'Find out whether the other team takes this on',
  restart: 'Start again, as agreed',
  decide: 'Decide whether to accept',
  first_session: 'Arrange the first session',
  register: 'Record whether the person came',
  rearrange: 'Contact the person and arrange another session',
  start_another_way: 'Agree another start, or withdraw',
  review_place: 'Review how it is going, or record how it ended',
  ask_still_wanted: 'Ask whether the place is still wanted',
  say_still_wanted: 'Say whether the place is still wanted',
  find_out_still_wanted: 'Find out whether the place is still wanted',
  answer_offer: 'Answer the offer of a place',
  get_offer_answer: 'Get the person’s answer to the offer of a place',
  ask_what_wanted: 'Ask what the person wants instead',
} as const
export type NextStep = keyof typeof NEXT_STEPS

/** What a navigator owes while a project has the person: talking with them settles it, and the next look follows. */
export const WATCHING = [
  'review',
  'check_in',
  'ask_after_no_show',
  'tell_first_visit',
  'call_back',
] as const satisfies NextStep[]

/**
 * Who has to do it. `navigator` is the referral's navigator, or the receiving service's queue (`ownerId`) while it has
 * none: it need not be written again when the referral changes hands.
 */
export type OwnerKind = 'navigator' | 'organisation' | 'person'

/** Every open referral and placement has exactly one of these: who, what, by which day. */
export interface NextAction {
  ownerKind: OwnerKind
  ownerId: string
  step: NextStep
  dueOn: Day
}

/** A next action as a record holds it: whole, or on a closed record not at all. */
export interface NextColumns {
  nextOwnerKind: OwnerKind | null
  nextOwnerId: string | null
  nextStep: NextStep | null
  nextDueOn: Day | null
}

export function nextOf({ nextOwnerKind, nextOwnerId, nextStep, nextDueOn }: NextColumns): NextAction | null {
  if (!nextOwnerKind || !nextOwnerId || !nextStep || !nextDueOn) return null
  return { ownerKind: nextOwnerKind, ownerId: nextOwnerId, step: nextStep, dueOn: nextDueOn }
}

/** Who navigates the referral that a record belongs to. */
export interface Navigated {
  navigatorId: string | null
}

/** Whose it is now: the navigator is a user, or while there is none the queue of the service. */
export function ownerOf(record: Pick<NextColumns, 'nextOwnerKind' | 'nextOwnerId'> & Navigated) {
  const { nextOwnerKind: kind, nextOwnerId: id, navigatorId } = record
  if (!kind || !id) return undefined
  if (kind !== 'navigator') return { kind, id }
  return navigatorId ? ({ kind: 'user', id: navigatorId } as const) : ({ kind: 'organisation', id } as const)
}

/** How long each step may take by the model, in working days unless the name says otherwise. */
export const LIMITS = {
  triage: { routine: 2, priority: 2, urgent: 0 },
  firstContact: { routine: 10, priority: 5, urgent: 0 },
  plan: 5,
  place: 5,
  /** The referrer's, or the person's, to answer the navigator. */
  answer: 5,
  /** The navigator's, to answer a project. */
  answerProject: 3,
  /** Whoever gets a clock back after it stood still has this long at least. */
  leastRemainder: 2,
  redirect: { routine: 5, priority: 5, urgent: 0 },
  afterReturn: 2,
  afterReopening: 5,
  decide: 5,
  nudge: 3,
  escalate: 5,
  noResponse: 10,
  firstSession: 10,
  register: 2,
  rearrange: 2,
  afterRefusal: 2,
  lookAgain: 2,
  checkIn: 2,
  afterEnd: 5,
  courseEndReview: 5,
  offer: 3,
  stillWantedAnswer: 5,
  stillWantedWeeks: 4,
  reviewWeeks: 12,
  holdWeeks: 12,
  reopenDays: 90,
} as const satisfies Record<string, number | Record<Priority, number>>

type Widened<T> = T extends number ? number : { [K in keyof T]: number }
/** The limits in force: the model's, with what a service set for itself. */
export type Limits = { [K in keyof typeof LIMITS]: Widened<(typeof LIMITS)[K]> }

export function dueByPriority(limit: Record<Priority, number>, priority: Priority, from: Date): Day {
  return dueIn(from, limit[priority])
}

export function isOverdue(next: { dueOn: Day | null }, now: Date): boolean {
  return next.dueOn !== null && next.dueOn < londonDay(now)
}
