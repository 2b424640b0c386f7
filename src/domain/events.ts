import type { PLACEMENT_MOVES, PlacementMove } from './placement-moves.ts'
import type { REFERRAL_MOVES, ReferralMove } from './referral-moves.ts'

type ReferralEventType = (typeof REFERRAL_MOVES)[ReferralMove]['event']
type PlacementEventType = (typeof PLACEMENT_MOVES)[PlacementMove]['event']
type GroupEventType =
  | 'group.created'
  | 'group.changed'
  | 'group.places-changed'
  | 'group.intake-changed'
  | 'group.capacity-confirmed'
  | 'group.cancelled'
  | 'group.volunteer-added'
  | 'group.volunteer-changed'
  | 'group.volunteer-ended'
/** What a provider does with its entry in the directory. */
type ProjectEventType = 'project.created' | 'project.changed' | 'project.assured'
/** Of the places where its groups meet. */
type LocationEventType = 'location.created' | 'location.changed'
/** What a navigator or an operator does about the person, told in the history of the referral it was done from. */
type RecordEventType =
  | 'person.changed'
  | 'person.facts-recorded'
  | 'person.messages-stopped'
  | 'person.messages-resumed'
  | 'person.merged'
  | 'person.unmerged'
  | 'referral.glass-broken'
export type EventType =
  | ReferralEventType
  | PlacementEventType
  | GroupEventType
  | ProjectEventType
  | LocationEventType
  | RecordEventType

/** What happened, in words for the history of a referral: "Assigned to a navigator". */
export const EVENT_WORDS: Record<EventType, string> = {
  'referral.submitted': 'Referral received',
  'referral.submitted-direct': 'Referred straight to a project',
  'referral.assigned': 'Assigned to a navigator',
  'referral.reassigned': 'Assigned to another navigator',
  'referral.released': 'Came to the lead’s queue, because its navigator is away',
  'referral.asked': 'Question asked',
  'referral.answered': 'Question answered',
  'referral.contact-logged': 'Contact logged',
  'referral.contacted': 'Spoke with the person',
  'referral.activated': 'Plan agreed',
  'referral.placed': 'Sent to a project',
  'referral.handed-back': 'Handed back to the navigator',
  'referral.signposted': 'Pointed to something open',
  'referral.signpost-answered': 'Whether they went was recorded',
  'referral.unmet-need-recorded': 'A need that nobody meets was recorded',
  'referral.watched': 'The day to look again moved',
  'referral.first-session-missed': 'The first session was missed: a navigator asks',
  'referral.call-asked': 'The person asked to be called',
  'referral.reminded': 'A reminder was sent',
  'referral.redirected': 'Redirected to another team',
  'referral.transferred': 'Taken on by another team',
  'referral.turned-back': 'Turned back by the other team',
  'referral.fell-back': 'Came to the receiving service',
  'referral.held': 'Put on hold',
  'referral.resumed': 'Started again',
  'referral.completed': 'Closed: completed',
  'referral.closed-early': 'Closed early',
  'referral.found-unreachable': 'Closed: could not be reached',
  'referral.turned-away': 'Closed: not suitable or a duplicate',
  'referral.death-recorded': 'Closed: the person died',
  'referral.withdrawn': 'Withdrawn',
  'referral.reopened': 'Reopened',
  'referral.undone': 'A move was undone',
  'placement.sent': 'Sent to a project',
  'placement.seen': 'The project opened it',
  'placement.asked': 'The project asked a question',
  'placement.answered': 'The project’s question was answered',
  'placement.accepted': 'The project accepted',
  'placement.waitlisted': 'Put on the waiting list',
  'placement.still-wanted': 'Still wanted',
  'placement.still-wanted-unanswered': 'No answer to “still wanted?”',
  'placement.still-wanted-asked': 'Asked whether the place is still wanted',
  'placement.nudged': 'The project was reminded',
  'placement.escalated': 'The navigator was told of the silence',
  'placement.reminded': 'A reminder was sent',
  'placement.contact-logged': 'The project tried to reach the person',
  'placement.lapsed': 'The project did not reply',
  'placement.declined': 'The project declined',
  'placement.redirected': 'The project named a better one',
  'placement.recalled': 'Recalled from the project',
  'placement.offered': 'A place was offered',
  'placement.offer-unreached': 'The offer did not reach the person',
  'placement.offer-accepted': 'The offered place was taken',
  'placement.postponed': 'The offer was put off',
  'placement.paused': 'Waiting was paused',
  'placement.resumed': 'Waiting again',
  'placement.put-forward': 'The place in the queue was changed',
  'placement.rematched': 'Another volunteer or session',
  'placement.booked': 'First session arranged',
  'placement.visit-reminded': 'The person was reminded of the visit',
  'placement.fit-said': 'The project said whether it was the right referral',
  'placement.started': 'Came for the first time',
  'placement.attended': 'Came to a session',
  'placement.missed': 'Missed a session',
  'placement.did-not-start': 'Did not start',
  'placement.rebooked': 'Arranged again',
  'placement.reviewed': 'Reviewed',
  'placement.ended': 'The placement ended',
  'placement.withdrawn': 'The placement was withdrawn',
  'placement.returned': 'Returned to the navigator',
  'placement.undone': 'A move was undone',
  'project.created': 'Entry begun',
  'project.changed': 'Entry changed',
  'project.assured': 'Confirmed as still right',
  'location.created': 'Place added',
  'location.changed': 'Place changed',
  'group.created': 'Group added',
  'group.changed': 'Group changed',
  'group.places-changed': 'Places changed',
  'group.intake-changed': 'Intake changed',
  'group.capacity-confirmed': 'Places confirmed',
  'group.cancelled': 'Group cancelled',
  'group.volunteer-added': 'Volunteer added',
  'group.volunteer-changed': 'Volunteer changed',
  'group.volunteer-ended': 'Volunteer left',
  'person.changed': 'Details of the person corrected',
  'person.facts-recorded': 'Answers to projects’ questions recorded',
  'person.messages-stopped': 'Messages to the person stopped',
  'person.messages-resumed': 'Messages to the person allowed again',
  'person.merged': 'Recognised as the same person as another',
  'person.unmerged': 'Told apart from another person',
  'referral.own-link-asked': 'The person asked for a link to their own page',
  'referral.glass-broken': 'Opened by a system administrator in an emergency',
}

/** The clock's own work: nobody did anything, so it is no news. The history of the referral tells it. */
export const QUIET: readonly EventType[] = [
  'referral.own-link-asked',
  'referral.reminded',
  'referral.watched',
  'placement.reminded',
  'placement.nudged',
  'placement.escalated',
  'placement.still-wanted-asked',
  'placement.visit-reminded',
  'placement.fit-said',
]
