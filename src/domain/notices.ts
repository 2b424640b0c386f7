import type { EventType } from './events.ts'

/** E-mail templates, one file each under templates/email. */
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
  'referral-question',
  'referral-answered',
  'referral-redirected',
  'redirect-answered',
  'referral-released',
  'referral-reminder',
  'referral-resumed',
  'referral-reopened',
  'glass-broken',
  'placement-question',
  'placement-answered',
  'placement-reminder',
  'placement-silent',
  'placement-lapsed',
  'placement-waitlisted',
  'placement-returned',
  'placement-did-not-start',
  'still-wanted-silent',
  'offer-made',
  'offer-accepted',
  'offer-put-off',
  'person-referral-received',
  'person-still-wanted',
  'person-place-offered',
] as const
export type Notice = (typeof NOTICES)[number]

/**
 * E-mails that carry a way in, and tell of no referral: an invitation, a link for a new password, one that confirms an
 * entry; for a group the register of today and its places; and the one-time code that opens what a link does not show.
 */
export const ACCESS_NOTICES = [
  'invitation',
  'new-password',
  'entry-to-check',
  'register-to-take',
  'places-to-confirm',
  'link-code',
] as const
export type AccessNotice = (typeof ACCESS_NOTICES)[number]

export function isAccessNotice(notice: Notice | AccessNotice): notice is AccessNotice {
  return (ACCESS_NOTICES as readonly string[]).includes(notice)
}

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
  'referral-question': 'The navigator has a question',
  'referral-answered': 'The question was answered',
  'referral-redirected': 'The referral was redirected to the team',
  'redirect-answered': 'The other team answered',
  'referral-released': 'The referral needs a new navigator',
  'referral-reminder': 'A step is due',
  'referral-resumed': 'The hold is over',
  'referral-reopened': 'The referral is open again',
  'glass-broken': 'A system administrator opened the record',
  'placement-question': 'The project has a question',
  'placement-answered': 'The project’s question was answered',
  'placement-reminder': 'The referral still waits for the project',
  'placement-silent': 'The project has not replied',
  'placement-lapsed': 'The project did not reply in time',
  'placement-waitlisted': 'The person is on the waiting list',
  'placement-returned': 'The referral came back from the project',
  'placement-did-not-start': 'The person did not start',
  'still-wanted-silent': 'No answer whether the place is still wanted',
  'offer-made': 'A place is offered',
  'offer-accepted': 'The person takes the offered place',
  'offer-put-off': 'The offer was put off',
  'person-referral-received': 'We have the referral and will be in touch',
  'person-still-wanted': 'Is the place still wanted?',
  'person-place-offered': 'A place is free',
}

/** How somebody wants e-mail about single events: each as it happens, once a day together, or both. */
export const MAIL_MODES = ['events', 'digest', 'both'] as const
export type MailMode = (typeof MAIL_MODES)[number]

/** Who is told: a party of the referral. Organisations are told at their shared address, navigators at their own. */
export type Audience = 'receiving' | 'referring' | 'navigator' | 'team' | 'provider' | 'person'

const NO_ONE: [] = []

/**
 * Who is told of what, decided for every event, "no one" included. Nobody is told of their own act: `record` leaves
 * out the party that acted.
 */
export const NOTICE_DECISIONS: Record<EventType, readonly { to: Audience; notice: Notice }[]> = {
  'referral.submitted': [
    { to: 'receiving', notice: 'referral-to-triage' },
    { to: 'person', notice: 'person-referral-received' },
  ],
  'referral.submitted-direct': [{ to: 'person', notice: 'person-referral-received' }],
  'referral.assigned': [{ to: 'navigator', notice: 'referral-assigned' }],
  'referral.reassigned': [{ to: 'navigator', notice: 'referral-assigned' }],
  'referral.asked': [{ to: 'referring', notice: 'referral-question' }],
  'referral.answered': [{ to: 'navigator', notice: 'referral-answered' }],
  'referral.contact-logged': NO_ONE,
  'referral.contacted': NO_ONE,
  'referral.activated': NO_ONE,
  'referral.placed': NO_ONE,
  'referral.handed-back': NO_ONE,
  'referral.redirected': [{ to: 'team', notice: 'referral-redirected' }],
  'referral.transferred': [
    { to: 'referring', notice: 'referral-closed' },
    { to: 'navigator', notice: 'redirect-answered' },
  ],
  'referral.turned-back': [{ to: 'navigator', notice: 'redirect-answered' }],
  'referral.fell-back': [{ to: 'receiving', notice: 'referral-to-triage' }],
  'referral.held': NO_ONE,
  'referral.resumed': [{ to: 'navigator', notice: 'referral-resumed' }],
  'referral.completed': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.closed-early': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.found-unreachable': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.turned-away': [{ to: 'referring', notice: 'referral-closed' }],
  'referral.death-recorded': NO_ONE,
  'referral.withdrawn': [
    { to: 'referring', notice: 'referral-closed' },
    { to: 'navigator', notice: 'referral-closed' },
  ],
  'referral.reopened': [{ to: 'referring', notice: 'referral-reopened' }],
  'referral.undone': NO_ONE,
  'placement.sent': [{ to: 'provider', notice: 'placement-to-decide' }],
  'placement.seen': NO_ONE,
  'placement.asked': [{ to: 'navigator', notice: 'placement-question' }],
  'placement.answered': [{ to: 'provider', notice: 'placement-answered' }],
  'placement.accepted': [{ to: 'navigator', notice: 'placement-accepted' }],
  'placement.waitlisted': [{ to: 'navigator', notice: 'placement-waitlisted' }],
  'placement.still-wanted': NO_ONE,
  'placement.still-wanted-unanswered': [{ to: 'navigator', notice: 'still-wanted-silent' }],
  'placement.lapsed': [
    { to: 'navigator', notice: 'placement-lapsed' },
    { to: 'provider', notice: 'placement-withdrawn' },
  ],
  'placement.declined': [{ to: 'navigator', notice: 'placement-declined' }],
  'placement.redirected': [{ to: 'navigator', notice: 'placement-declined' }],
  'placement.recalled': [{ to: 'provider', notice: 'placement-withdrawn' }],
  'placement.offered': [
    { to: 'person', notice: 'person-place-offered' },
    { to: 'navigator', notice: 'offer-made' },
  ],
  'placement.offer-accepted': [{ to: 'provider', notice: 'offer-accepted' }],
  'placement.postponed': [{ to: 'navigator', notice: 'offer-put-off' }],
  'placement.paused': NO_ONE,
  'placement.resumed': NO_ONE,
  'placement.booked': NO_ONE,
  'placement.started': [{ to: 'navigator', notice: 'placement-started' }],
  'placement.attended': NO_ONE,
  'placement.missed': NO_ONE,
  'placement.did-not-start': [{ to: 'navigator', notice: 'placement-did-not-start' }],
  'placement.rebooked': NO_ONE,
  'placement.reviewed': NO_ONE,
  'placement.ended': [{ to: 'navigator', notice: 'placement-ended' }],
  'placement.withdrawn': [{ to: 'provider', notice: 'placement-withdrawn' }],
  'placement.returned': [
    { to: 'navigator', notice: 'placement-returned' },
    { to: 'provider', notice: 'placement-withdrawn' },
  ],
  'placement.undone': NO_ONE,
  'referral.released': [{ to: 'receiving', notice: 'referral-released' }],
  'referral.signposted': NO_ONE,
  'referral.signpost-answered': NO_ONE,
  'referral.unmet-need-recorded': NO_ONE,
  'referral.watched': NO_ONE,
  'referral.reminded': [{ to: 'navigator', notice: 'referral-reminder' }],
  'placement.still-wanted-asked': [{ to: 'person', notice: 'person-still-wanted' }],
  'placement.nudged': [{ to: 'provider', notice: 'placement-reminder' }],
  'placement.escalated': [{ to: 'navigator', notice: 'placement-silent' }],
  'placement.reminded': [{ to: 'provider', notice: 'placement-reminder' }],
  'placement.contact-logged': NO_ONE,
  'group.cancelled': NO_ONE,
  'person.changed': NO_ONE,
  'person.facts-recorded': NO_ONE,
  'person.messages-stopped': NO_ONE,
  'person.messages-resumed': NO_ONE,
  'person.merged': NO_ONE,
  'person.unmerged': NO_ONE,
  'referral.glass-broken': [
    { to: 'receiving', notice: 'glass-broken' },
    { to: 'referring', notice: 'glass-broken' },
  ],
  'project.created': NO_ONE,
  'project.changed': NO_ONE,
  'project.assured': NO_ONE,
  'location.created': NO_ONE,
  'location.changed': NO_ONE,
  'group.created': NO_ONE,
  'group.changed': NO_ONE,
  'group.places-changed': NO_ONE,
  'group.intake-changed': NO_ONE,
  'group.capacity-confirmed': NO_ONE,
  'group.volunteer-added': NO_ONE,
  'group.volunteer-changed': NO_ONE,
  'group.volunteer-ended': NO_ONE,
  'placement.put-forward': NO_ONE,
  'placement.rematched': NO_ONE,
}
