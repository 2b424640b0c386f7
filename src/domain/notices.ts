import type { EventType } from './events.ts'

/** E-mail templates, one file pair each under templates/email. */
export const NOTICES = [
  'referral-to-triage',
  'referral-assigned',
  'placement-to-decide',
  'placement-accepted',
  'placement-declined',
  'placement-started',
  'placement-ended',
  'placement-withdrawn',
  'referral-closed',
  'person-referral-received',
] as const
export type Notice = (typeof NOTICES)[number]

/** What a message tells, in few words: they stand beside whom it was for and what became of it. */
export const NOTICE_WORDS: Record<Notice, string> = {
  'referral-to-triage': 'A new referral waits for the service',
  'referral-assigned': 'The referral is theirs now',
  'placement-to-decide': 'A new referral waits for the project',
  'placement-accepted': 'The project accepted',
  'placement-declined': 'The project declined',
  'placement-started': 'The person came for the first time',
  'placement-ended': 'The placement ended',
  'placement-withdrawn': 'The placement was withdrawn',
  'referral-closed': 'The referral was closed',
  'person-referral-received': 'We have the referral and will be in touch',
}

/** Who is told: a party of the referral. Organisations are told at their shared address, navigators at their own. */
export type Audience = 'receiving' | 'referring' | 'navigator' | 'provider' | 'person'

const NO_ONE: [] = []

/**
 * Who is told of what, decided for every event, "no one" included. Nobody is told of their own act: the action leaves
 * out the party that acted. What the product's later stages add to a row, they add here.
 */
export const NOTICE_DECISIONS: Record<EventType, readonly { to: Audience; notice: Notice }[]> = {
  'referral.submitted': [
    { to: 'receiving', notice: 'referral-to-triage' },
    { to: 'person', notice: 'person-referral-received' },
  ],
  'referral.submitted-direct': [{ to: 'person', notice: 'person-referral-received' }],
  'referral.assigned': [{ to: 'navigator', notice: 'referral-assigned' }],
  'referral.reassigned': [{ to: 'navigator', notice: 'referral-assigned' }],
  'referral.asked': NO_ONE,
  'referral.answered': NO_ONE,
  'referral.contact-logged': NO_ONE,
  'referral.contacted': NO_ONE,
  'referral.activated': NO_ONE,
  'referral.placed': NO_ONE,
  'referral.handed-back': NO_ONE,
  'referral.redirected': NO_ONE,
  'referral.transferred': NO_ONE,
  'referral.turned-back': NO_ONE,
  'referral.fell-back': NO_ONE,
  'referral.held': NO_ONE,
  'referral.resumed': NO_ONE,
  'referral.completed': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.closed-early': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.found-unreachable': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.turned-away': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.death-recorded': NO_ONE,
  'referral.withdrawn': [
    { to: 'referring', notice: 'referral-closed' },
    { to: 'navigator', notice: 'referral-closed' },
  ],
  'referral.reopened': NO_ONE,
  'referral.undone': NO_ONE,
  'placement.sent': [{ to: 'provider', notice: 'placement-to-decide' }],
  'placement.seen': NO_ONE,
  'placement.asked': NO_ONE,
  'placement.answered': NO_ONE,
  'placement.accepted': [{ to: 'navigator', notice: 'placement-accepted' }],
  'placement.waitlisted': NO_ONE,
  'placement.still-wanted': NO_ONE,
  'placement.still-wanted-unanswered': NO_ONE,
  'placement.lapsed': NO_ONE,
  'placement.declined': [{ to: 'navigator', notice: 'placement-declined' }],
  'placement.redirected': NO_ONE,
  'placement.recalled': NO_ONE,
  'placement.offered': NO_ONE,
  'placement.offer-accepted': NO_ONE,
  'placement.postponed': NO_ONE,
  'placement.paused': NO_ONE,
  'placement.resumed': NO_ONE,
  'placement.booked': NO_ONE,
  'placement.started': [{ to: 'navigator', notice: 'placement-started' }],
  'placement.attended': NO_ONE,
  'placement.missed': NO_ONE,
  'placement.did-not-start': NO_ONE,
  'placement.rebooked': NO_ONE,
  'placement.reviewed': NO_ONE,
  'placement.ended': [{ to: 'navigator', notice: 'placement-ended' }],
  'placement.withdrawn': [{ to: 'provider', notice: 'placement-withdrawn' }],
  'placement.returned': NO_ONE,
  'placement.undone': NO_ONE,
  'group.places-changed': NO_ONE,
  'group.intake-changed': NO_ONE,
  'group.capacity-confirmed': NO_ONE,
}
