import type { PlacementView } from '../../actions/placements/view.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { askedOf } from './referral-pauses.ts'

/** Something that can be done now, in plain words. */
export interface Way {
  door: string
  text: string
  href: string
}

interface Link {
  door: string
  /** The last part of the address; a page of the small moves unless it says otherwise. */
  page: string
}

// In the order in which they stand on a page: what moves the work on first, endings last.
const REFERRAL_LINKS: Link[] = [
  { door: 'answer', page: 'do/answer' },
  { door: 'answer-redirect', page: 'do/answer-redirect' },
  { door: 'resume', page: 'do/resume' },
  { door: 'contacts', page: 'contact' },
  { door: 'activate', page: 'plan' },
  { door: 'placements', page: 'matches' },
  { door: 'signposts', page: 'do/signposts' },
  { door: 'unmet-needs', page: 'do/unmet-needs' },
  { door: 'ask', page: 'do/ask' },
  { door: 'hold', page: 'do/hold' },
  { door: 'redirect', page: 'do/redirect' },
  { door: 'assign', page: 'assign' },
  { door: 'reopen', page: 'do/reopen' },
  { door: 'undo', page: 'do/undo' },
  { door: 'close', page: 'close' },
  { door: 'withdraw', page: 'withdraw' },
]

function referralWords(referral: ReferralView, door: string): string {
  const words: Record<string, string> = {
    answer: 'Answer the question',
    'answer-redirect': referral.canSeeWork ? 'Record what the other team said' : 'Take on, or turn back',
    resume: 'Start again now',
    contacts: 'Log a contact',
    activate: 'Agree the plan',
    placements: 'Find a project',
    signposts: 'Point them to something open',
    'unmet-needs': 'Record that nothing was found',
    ask: referral.referringOrganisation ? 'Ask the referrer a question' : `Ask ${askedOf(referral)} a question`,
    hold: 'Put on hold',
    redirect: 'Send to another team',
    assign: 'Give it to a colleague',
    reopen: 'Open again',
    undo: 'Take back what I just did',
    close: 'Close the referral',
    withdraw: referral.canSeeWork ? 'The person withdraws' : 'Withdraw this referral',
  }
  return words[door] ?? door
}

/** Everything that this actor can do with the referral now and that has a page. */
export function referralWays(referral: ReferralView, actor: Actor, base: string): Way[] {
  const isOpen = isOpenReferral(referral.status)
  const hasPage = (door: string) => {
    if (!referral.allowedActions.includes(door)) return false
    if (door === 'assign') return actor.role === 'triage_lead'
    // On a closed referral this door is only for recording a death, which stands apart.
    return door !== 'close' || isOpen
  }
  return REFERRAL_LINKS.filter(({ door }) => hasPage(door)).map(({ door, page }) => ({
    door,
    text: referralWords(referral, door),
    href: `${base}/referrals/${referral.id}/${page}`,
  }))
}

const NAVIGATOR_LINKS: [door: string, page: string, text: string][] = [
  ['answer', 'do/answer', 'Answer the project’s question'],
  ['answer-offer', 'do/answer-offer', 'Record the person’s answer'],
  ['book', 'do/book', 'Book again'],
  ['release-others', 'do/release-others', 'Leave other waiting lists'],
  ['still-wanted', 'do/still-wanted', 'They still want it'],
  ['resume', 'do/resume', 'Wait again now'],
  ['pause', 'do/pause', 'Pause the waiting'],
  ['put-forward', 'do/put-forward', 'Change their turn in the queue'],
  ['recall', 'do/recall', 'Recall the request'],
  ['undo', 'do/undo', 'Take back what I just did'],
  ['withdraw', 'withdraw', 'Withdraw'],
]

const PROVIDER_LINKS: [door: string, page: string, text: string][] = [
  ['offer', 'do/offer', 'Offer a place'],
  ['answer-offer', 'do/answer-offer', 'Record that they say yes'],
  ['review', 'do/review', 'Review how it is going'],
  ['put-forward', 'do/put-forward', 'Change their turn in the queue'],
  ['rematch', 'do/rematch', 'Another volunteer or session'],
  ['contacts', 'do/contacts', 'Log a try to reach them'],
  ['waitlist', 'do/waitlist', 'Put on the waiting list'],
  ['ask', 'do/ask', 'Ask the navigator a question first'],
  ['redirect', 'do/redirect', 'Name a project that suits better'],
  ['did-not-start', 'do/did-not-start', 'They did not start'],
  ['complete', 'end', 'Record how it ended'],
  ['undo', 'do/undo', 'Take back what I just did'],
  ['decline', 'decline', 'Decline'],
]

/** Everything that this actor can do with the placement now and that has a page. */
export function placementWays(placement: PlacementView, base: string): Way[] {
  const links = placement.referralId === null ? PROVIDER_LINKS : NAVIGATOR_LINKS
  // A project that only looked has nothing to take back.
  const isUntouched = placement.status === 'sent' || placement.status === 'seen'
  return links
    .filter(([door]) => placement.allowedActions.includes(door) && !(door === 'undo' && isUntouched))
    .map(([door, page, text]) => ({
      door,
      text: door === 'decline' && placement.person ? 'We cannot take them after all' : text,
      href: `${base}/placements/${placement.id}/${page}`,
    }))
}
