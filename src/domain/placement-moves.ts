import type { Moves } from './moves.ts'

export const OPEN_PLACEMENT = [
  'sent',
  'seen',
  'information_needed',
  'waitlisted',
  'paused',
  'offered',
  'accepted',
  'booked',
  'started',
  'did_not_start',
] as const
export const CLOSED_PLACEMENT = [
  'declined',
  'redirected',
  'no_response',
  'recalled',
  'withdrawn',
  'returned',
  'completed',
  'left_early',
  'disengaged',
  'moved_on',
] as const
export const PLACEMENT_STATUSES = [...OPEN_PLACEMENT, ...CLOSED_PLACEMENT] as const
export type PlacementStatus = (typeof PLACEMENT_STATUSES)[number]

/** States that fill a place of the group; `offered` holds one. */
export const TAKING_A_PLACE = ['accepted', 'booked', 'started'] as const
export const HOLDING_A_PLACE = ['offered'] as const
/** On a waiting list, with an offer from it, or paused there. */
export const ON_A_LIST = ['waitlisted', 'paused', 'offered'] as const
/** From acceptance on the provider may know who the person is, while its grant lives; declining ends the grant. */
export const IDENTITY_KNOWN: readonly PlacementStatus[] = [
  'accepted',
  'booked',
  'started',
  'did_not_start',
  'completed',
  'left_early',
  'disengaged',
  'moved_on',
]

/** These endings take back what the provider was allowed to know; after the others its own record stays readable. */
export const ENDS_ACCESS: readonly PlacementStatus[] = [
  'declined',
  'recalled',
  'withdrawn',
  'returned',
  'redirected',
  'no_response',
]

const ANY = [...PLACEMENT_STATUSES]

export const PLACEMENT_WORDS: Record<PlacementStatus, string> = {
  sent: 'Sent',
  seen: 'Seen',
  information_needed: 'Question asked',
  waitlisted: 'On the waiting list',
  paused: 'Paused',
  offered: 'Place offered',
  accepted: 'Accepted',
  booked: 'Booked',
  started: 'Started',
  did_not_start: 'Did not start',
  declined: 'Declined',
  redirected: 'Better project named',
  no_response: 'No response',
  recalled: 'Recalled',
  withdrawn: 'Withdrawn',
  returned: 'Returned',
  completed: 'Completed',
  left_early: 'Left early',
  disengaged: 'Disengaged',
  moved_on: 'Moved on',
}

/** A project that has decided knows whether the right person was sent. */
export const DECIDED: readonly PlacementStatus[] = [
  'waitlisted',
  'paused',
  'offered',
  'accepted',
  'booked',
  'started',
  'did_not_start',
  'declined',
  'redirected',
  'completed',
  'left_early',
  'disengaged',
  'moved_on',
]

/** Model, section 3, row by row. Rows without a door are the clock's, or come about with another move. */
// biome-ignore format: a table reads as a table
export const PLACEMENT_MOVES = {
  send: { from: ['new'], to: ['sent'], by: ['navigator', 'system'], event: 'placement.sent', says: 'Send' },
  open: { from: ['sent'], to: ['seen'], by: ['provider'], event: 'placement.seen', says: 'Open', door: 'open' },
  ask: { from: ['sent', 'seen'], to: ['information_needed'], by: ['provider'], event: 'placement.asked', says: 'Ask a question', door: 'ask' },
  answer: { from: ['information_needed'], to: ['seen'], by: ['navigator'], event: 'placement.answered', says: 'Answer', door: 'answer' },
  accept: { from: ['sent', 'seen'], to: ['accepted'], by: ['provider'], event: 'placement.accepted', says: 'Accept', door: 'accept' },
  waitlist: { from: ['sent', 'seen'], to: ['waitlisted'], by: ['provider'], event: 'placement.waitlisted', says: 'Put on the waiting list', door: 'waitlist' },
  stillWanted: { from: ['waitlisted'], to: 'same', by: ['person', 'navigator'], event: 'placement.still-wanted', says: 'Still wanted', door: 'still-wanted' },
  stillWantedUnanswered: { from: ['waitlisted'], to: 'same', by: ['system'], event: 'placement.still-wanted-unanswered', says: 'No answer' },
  askStillWanted: { from: ['waitlisted'], to: 'same', by: ['system'], event: 'placement.still-wanted-asked', says: 'Ask whether it is still wanted' },
  nudge: { from: ['sent', 'seen'], to: 'same', by: ['system'], event: 'placement.nudged', says: 'Remind the project' },
  escalate: { from: ['sent', 'seen'], to: 'same', by: ['system'], event: 'placement.escalated', says: 'Tell the navigator of the silence' },
  remind: { from: [...OPEN_PLACEMENT], to: 'same', by: ['system'], event: 'placement.reminded', says: 'Remind' },
  attempt: { from: ['accepted', 'booked', 'started'], to: 'same', by: ['provider'], event: 'placement.contact-logged', says: 'Log a contact', door: 'contacts' },
  lapse: { from: ['sent', 'seen'], to: ['no_response'], by: ['system'], event: 'placement.lapsed', says: 'No response' },
  decline: {
    from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'accepted', 'booked'],
    to: ['declined'], by: ['provider'], event: 'placement.declined', says: 'Decline', door: 'decline',
  },
  redirect: { from: ['sent', 'seen'], to: ['redirected'], by: ['provider'], event: 'placement.redirected', says: 'Name a better project', door: 'redirect' },
  recall: {
    from: ['sent', 'seen', 'information_needed', 'waitlisted', 'paused', 'offered'],
    to: ['recalled'], by: ['navigator', 'system'], event: 'placement.recalled', says: 'Recall', door: 'recall',
  },
  offer: { from: ['waitlisted'], to: ['offered'], by: ['system', 'provider'], event: 'placement.offered', says: 'Offer a place', door: 'offer' },
  offerUnreached: { from: ['offered'], to: 'same', by: ['system'], event: 'placement.offer-unreached', says: 'Ask for the answer another way' },
  acceptOffer: { from: ['offered'], to: ['accepted'], by: ['person', 'navigator', 'provider'], event: 'placement.offer-accepted', says: 'Take the offered place', door: 'answer-offer' },
  postpone: { from: ['offered'], to: ['paused'], by: ['person', 'navigator', 'system'], event: 'placement.postponed', says: 'Not now', door: 'answer-offer' },
  pause: { from: ['waitlisted'], to: ['paused'], by: ['person', 'navigator', 'system'], event: 'placement.paused', says: 'Pause', door: 'pause' },
  resume: { from: ['paused'], to: ['waitlisted'], by: ['person', 'navigator', 'system'], event: 'placement.resumed', says: 'Resume', door: 'resume' },
  putForward: { from: ['waitlisted', 'paused'], to: 'same', by: ['navigator', 'provider'], event: 'placement.put-forward', says: 'Put forward', door: 'put-forward' },
  book: { from: ['accepted', 'booked'], to: ['booked'], by: ['provider'], event: 'placement.booked', says: 'Book a session', door: 'book' },
  start: { from: ['accepted', 'booked'], to: ['started'], by: ['provider'], event: 'placement.started', says: 'Record attendance', door: 'attendance' },
  attend: { from: ['started'], to: 'same', by: ['provider'], event: 'placement.attended', says: 'Record attendance', door: 'attendance' },
  miss: { from: ['accepted', 'booked', 'started'], to: 'same', by: ['provider'], event: 'placement.missed', says: 'Record attendance', door: 'attendance' },
  didNotStart: { from: ['accepted', 'booked'], to: ['did_not_start'], by: ['provider'], event: 'placement.did-not-start', says: 'Did not start', door: 'did-not-start' },
  rebook: { from: ['did_not_start'], to: ['booked'], by: ['navigator'], event: 'placement.rebooked', says: 'Book again', door: 'book' },
  rematch: { from: ['offered', 'accepted', 'booked', 'started'], to: 'same', by: ['provider'], event: 'placement.rematched', says: 'Name another volunteer', door: 'rematch' },
  review: { from: ['started'], to: 'same', by: ['provider'], event: 'placement.reviewed', says: 'Review', door: 'review' },
  end: {
    from: ['started'], to: ['completed', 'left_early', 'disengaged', 'moved_on'], by: ['provider'],
    event: 'placement.ended', says: 'Record how it ended', door: 'complete',
  },
  sayFit: {
    from: [...DECIDED], to: 'same', by: ['provider'], event: 'placement.fit-said', says: 'Say whether it was the right referral', door: 'fit',
  },
  remindVisit: { from: ['booked'], to: 'same', by: ['system'], event: 'placement.visit-reminded', says: 'Remind the person of the visit' },
  withdraw: {
    from: [...OPEN_PLACEMENT], to: ['withdrawn'], by: ['person', 'navigator', 'system'],
    event: 'placement.withdrawn', says: 'Withdraw', door: 'withdraw',
  },
  return: { from: [...OPEN_PLACEMENT], to: ['returned'], by: ['system'], event: 'placement.returned', says: 'Return' },
  undo: { from: ANY, to: 'before', by: ['navigator', 'provider', 'person'], event: 'placement.undone', says: 'Undo', door: 'undo' },
} as const satisfies Moves<PlacementStatus>
export type PlacementMove = keyof typeof PLACEMENT_MOVES
