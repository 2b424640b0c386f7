import { type Day, londonDay } from './day.ts'
import type { Priority } from './referral-request.ts'
import { dueIn } from './working-day.ts'

/** What somebody has to do next, in words for a list: "Contact the person for the first time". */
export const NEXT_STEPS = {
  triage: 'Decide who takes this referral',
  first_contact: 'Contact the person for the first time',
  answer: 'Answer the question',
  plan: 'Agree with the person what matters and what to do',
  place: 'Find a project or something open',
  review: 'Check how it is going',
  agree_next: 'Agree what next, or close',
  answer_redirect: 'Say whether your team takes this on',
  restart: 'Start again, as agreed',
  decide: 'Decide whether to accept',
  first_session: 'Arrange the first session',
  register: 'Record whether the person came',
  rearrange: 'Contact the person and arrange another session',
  review_place: 'Review how it is going, or record how it ended',
  ask_still_wanted: 'Ask whether the place is still wanted',
  answer_offer: 'Answer the offer of a place',
} as const
export type NextStep = keyof typeof NEXT_STEPS

/** Every open referral and placement has exactly one of these: who, what, by which day. */
export interface NextAction {
  ownerKind: 'user' | 'organisation' | 'person'
  ownerId: string
  step: NextStep
  dueOn: Day
}

/** How long each step may take, in working days unless the name says weeks. */
export const LIMITS = {
  triage: { routine: 2, priority: 2, urgent: 0 },
  firstContact: { routine: 10, priority: 5, urgent: 0 },
  plan: 5,
  place: 5,
  decide: 5,
  firstSession: 10,
  register: 2,
  rearrange: 2,
  afterRefusal: 2,
  lookAgain: 2,
  afterEnd: 5,
  courseEndReview: 5,
  reviewWeeks: 12,
} as const

export function dueByPriority(limit: Record<Priority, number>, priority: Priority, from: Date): Day {
  return dueIn(from, limit[priority])
}

export function isOverdue(next: { dueOn: Day | null }, now: Date): boolean {
  return next.dueOn !== null && next.dueOn < londonDay(now)
}
