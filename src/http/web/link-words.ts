import type { ToldMove } from '../../actions/links/tell-moves.ts'
import type { EventType } from '../../domain/events.ts'
import { dayWords, timeWords } from '../../templates.ts'

const DID: Partial<Record<EventType, string>> = {
  'placement.accepted': 'Accepted',
  'placement.waitlisted': 'Put on the waiting list',
  'placement.declined': 'Declined',
  'placement.redirected': 'Declined, with a better project named',
  'placement.asked': 'A question was asked',
  'placement.answered': 'The question was answered',
  'placement.lapsed': 'Closed, because nobody answered',
  'placement.recalled': 'Taken back',
  'placement.withdrawn': 'Withdrawn',
  'placement.returned': 'Given back to the navigator',
  'placement.offered': 'A place was offered',
  'placement.offer-accepted': 'The offered place was taken',
  'placement.postponed': 'Not now',
  'placement.paused': 'Paused',
  'placement.resumed': 'Waiting again',
  'placement.still-wanted': 'Still wanted',
  'placement.booked': 'The session was arranged',
  'placement.rebooked': 'Another session was arranged',
  'placement.started': 'The first session was recorded',
  'placement.did-not-start': 'Recorded as not started',
  'placement.reviewed': 'Reviewed',
  'placement.ended': 'The end was recorded',
  'placement.undone': 'Taken back, as a mistake',
  'group.capacity-confirmed': 'The places were confirmed',
  'group.places-changed': 'The places were changed',
  'group.intake-changed': 'New people: changed',
}

/** Who it was: "by Will Worker", "by Sam, by the e-mail link to Shirley Men’s Shed". */
function whoWords({ kind, name, organisation }: ToldMove['by']): string {
  if (kind === 'user') return ` by ${name ?? 'a colleague'}`
  if (kind === 'link') return `${name ? ` by ${name},` : ''} by the e-mail link to ${organisation ?? 'the project'}`
  return kind === 'person' ? ' by the person' : ' by the software'
}

/** What was done, by whom and when: "Accepted by the e-mail link to Shirley Men’s Shed, Wed 2 December at 10:41am." */
export function toldWords({ type, at, by }: ToldMove): string {
  return `${DID[type] ?? 'Changed'}${whoWords(by)}, ${dayWords(at)} at ${timeWords(at)}.`
}
