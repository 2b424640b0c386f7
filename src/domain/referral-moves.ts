import type { Moves } from './moves.ts'

export const OPEN_REFERRAL = [
  'submitted',
  'assigned',
  'information_needed',
  'contacted',
  'active',
  'on_hold',
  'redirected',
] as const
export const CLOSED_REFERRAL = [
  'completed',
  'closed_early',
  'disengaged',
  'unreachable',
  'not_suitable',
  'duplicate',
  'withdrawn',
  'transferred',
] as const
export const REFERRAL_STATUSES = [...OPEN_REFERRAL, ...CLOSED_REFERRAL] as const
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number]

const ANY = [...REFERRAL_STATUSES]

export const REFERRAL_WORDS: Record<ReferralStatus, string> = {
  submitted: 'New',
  assigned: 'Assigned',
  information_needed: 'Question asked',
  contacted: 'Contacted',
  active: 'Active',
  on_hold: 'On hold',
  redirected: 'With another team',
  completed: 'Completed',
  closed_early: 'Closed early',
  disengaged: 'Disengaged',
  unreachable: 'Could not be reached',
  not_suitable: 'Not suitable',
  duplicate: 'Duplicate',
  withdrawn: 'Withdrawn',
  transferred: 'Transferred',
}

/** Model, section 2, row by row. Rows without a door are the clock's, or come about with another move. */
// biome-ignore format: a table reads as a table
export const REFERRAL_MOVES = {
  submit: { from: ['new'], to: ['submitted'], by: ['referrer', 'person', 'system'], event: 'referral.submitted', says: 'Refer' },
  submitDirect: { from: ['new'], to: ['active'], by: ['referrer', 'person'], event: 'referral.submitted-direct', says: 'Refer straight to a project' },
  assign: { from: ['submitted'], to: ['assigned'], by: ['triage_lead', 'navigator', 'system'], event: 'referral.assigned', says: 'Assign', door: 'assign' },
  reassign: {
    from: ['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'],
    to: 'same', by: ['triage_lead', 'system'], event: 'referral.reassigned', says: 'Assign to somebody else', door: 'assign',
  },
  release: {
    from: ['assigned', 'contacted', 'active', 'information_needed', 'on_hold', 'redirected'],
    to: 'same', by: ['system'], event: 'referral.released', says: 'Hand to the lead’s queue',
  },
  ask: { from: ['submitted', 'assigned', 'contacted'], to: ['information_needed'], by: ['navigator'], event: 'referral.asked', says: 'Ask the referrer', door: 'ask' },
  answer: { from: ['information_needed'], to: 'before', by: ['referrer', 'person', 'system'], event: 'referral.answered', says: 'Answer', door: 'answer' },
  attempt: { from: ['assigned', 'contacted', 'active'], to: 'same', by: ['navigator'], event: 'referral.contact-logged', says: 'Log a contact', door: 'contacts' },
  contact: { from: ['assigned'], to: ['contacted'], by: ['navigator'], event: 'referral.contacted', says: 'Log a contact', door: 'contacts' },
  activate: { from: ['contacted'], to: ['active'], by: ['navigator'], event: 'referral.activated', says: 'Agree the plan', door: 'activate' },
  place: { from: ['active'], to: 'same', by: ['navigator'], event: 'referral.placed', says: 'Send to a project', door: 'placements' },
  signpost: { from: ['contacted', 'active'], to: 'same', by: ['navigator'], event: 'referral.signposted', says: 'Point to something open', door: 'signposts' },
  // Pointing somebody there is enough to close on, so the question is answered after a close too.
  answerSignpost: { from: [...OPEN_REFERRAL, 'completed'], to: 'same', by: ['navigator'], event: 'referral.signpost-answered', says: 'Record whether they went' },
  recordUnmet: { from: ['contacted', 'active'], to: 'same', by: ['navigator'], event: 'referral.unmet-need-recorded', says: 'Record a need that nobody meets', door: 'unmet-needs' },
  handBack: { from: ['active', 'on_hold', 'redirected'], to: 'same', by: ['system'], event: 'referral.handed-back', says: 'Hand back to the navigator' },
  watch: { from: ['active'], to: 'same', by: ['system'], event: 'referral.watched', says: 'Set the day to look again' },
  missFirst: { from: ['active'], to: 'same', by: ['system'], event: 'referral.first-session-missed', says: 'Tell the navigator of a missed first session' },
  askOwnLink: { from: [...OPEN_REFERRAL], to: 'same', by: ['person'], event: 'referral.own-link-asked', says: 'Ask for a link' },
  askCall: { from: [...OPEN_REFERRAL], to: 'same', by: ['person'], event: 'referral.call-asked', says: 'Ask to be called' },
  remind: { from: [...OPEN_REFERRAL], to: 'same', by: ['system'], event: 'referral.reminded', says: 'Remind' },
  redirect: { from: ['submitted', 'assigned', 'contacted', 'active'], to: ['redirected'], by: ['navigator'], event: 'referral.redirected', says: 'Redirect to another team', door: 'redirect' },
  transfer: { from: ['redirected'], to: ['transferred'], by: ['receiving_team', 'navigator'], event: 'referral.transferred', says: 'Take on', door: 'answer-redirect' },
  turnBack: { from: ['redirected'], to: 'before', by: ['receiving_team', 'navigator', 'system'], event: 'referral.turned-back', says: 'Turn back', door: 'answer-redirect' },
  fallBack: { from: ['active'], to: ['submitted'], by: ['system'], event: 'referral.fell-back', says: 'Send to the receiving service' },
  hold: { from: ['contacted', 'active'], to: ['on_hold'], by: ['navigator', 'person'], event: 'referral.held', says: 'Put on hold', door: 'hold' },
  resume: { from: ['on_hold'], to: 'before', by: ['navigator', 'person', 'system'], event: 'referral.resumed', says: 'Start again', door: 'resume' },
  complete: { from: ['contacted', 'active'], to: ['completed'], by: ['navigator'], event: 'referral.completed', says: 'Close as completed', door: 'close' },
  closeEarly: {
    from: ['contacted', 'active', 'on_hold'], to: ['closed_early', 'disengaged'], by: ['navigator'],
    event: 'referral.closed-early', says: 'Close early', door: 'close',
  },
  giveUp: { from: ['assigned', 'contacted'], to: ['unreachable'], by: ['navigator'], event: 'referral.found-unreachable', says: 'Close as unreachable', door: 'close' },
  turnAway: {
    from: ['submitted', 'assigned', 'contacted'], to: ['not_suitable', 'duplicate'], by: ['navigator'],
    event: 'referral.turned-away', says: 'Close as not suitable or a duplicate', door: 'close',
  },
  recordDeath: { from: ANY, to: ['closed_early'], by: ['navigator', 'triage_lead'], event: 'referral.death-recorded', says: 'Record that the person died', door: 'close' },
  withdraw: {
    from: [...OPEN_REFERRAL], to: ['withdrawn'], by: ['person', 'navigator', 'referrer'],
    only: { referrer: ['submitted', 'assigned', 'information_needed', 'redirected'] },
    event: 'referral.withdrawn', says: 'Withdraw', door: 'withdraw',
  },
  reopen: { from: [...CLOSED_REFERRAL], to: ['assigned'], by: ['navigator'], event: 'referral.reopened', says: 'Reopen', door: 'reopen' },
  undo: { from: ANY, to: 'before', by: ['referrer', 'navigator', 'triage_lead', 'receiving_team', 'person'], event: 'referral.undone', says: 'Undo', door: 'undo' },
} as const satisfies Moves<ReferralStatus>
export type ReferralMove = keyof typeof REFERRAL_MOVES
