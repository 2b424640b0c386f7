import type { ReferralSummary } from '../../actions/referrals/list-referrals.ts'
import { shortDay } from '../../domain/day.ts'
import type { Actor } from '../../domain/organisation.ts'
import { isOpenPlacement } from '../../domain/placement.ts'
import { type Trouble, UNANSWERED } from '../../domain/stages.ts'
import { STAGE_WORDS } from './board-filter.ts'
import { baseOf } from './layout.ts'
import { priorityTag, referralTag } from './tags.ts'

// What stands still for a reason that everybody should see.
const STILL: readonly ReferralSummary['status'][] = ['information_needed', 'on_hold', 'redirected']

/** The bar of waiting is full after this many working days: twice as long as a first call may take. */
const BAR_FULL_AFTER = 20

/** How long somebody has waited, as a bar of 100 and in words. */
export function ageOf(days: number) {
  const width = Math.min(100, Math.round((days / BAR_FULL_AFTER) * 100))
  const tone = days > 10 ? 'long' : days > 5 ? 'middle' : 'short'
  return { width, tone, text: days === 0 ? 'today' : `${days} ${days === 1 ? 'day' : 'days'}` }
}

const TROUBLE_WORDS: Record<Trouble, (referral: ReferralSummary) => string> = {
  unheard: () => 'A message could not be sent',
  silent: ({ placements }) => {
    const asked = placements.find(({ status }) => UNANSWERED.some((one) => one === status))
    return `No answer from ${asked?.projectName ?? 'the project'}`
  },
  tries: () => 'Three tries reached nobody',
  overdue: ({ nextAction }) => (nextAction ? `Was due ${shortDay(nextAction.due)}` : 'Late'),
}

/** Why it stands under Stuck, worst first. */
export function troubleWords(referral: ReferralSummary): string[] {
  return referral.troubles.map((trouble) => TROUBLE_WORDS[trouble](referral))
}

/** One referral as a card: initials and what helps to choose, never the name. */
export function ticket(referral: ReferralSummary, actor: Actor) {
  const open = referral.placements.filter(({ status }) => isOpenPlacement(status))
  const { next, ...person } = { next: referral.nextAction, ...referral }
  const troubles = troubleWords(referral)
  return {
    id: person.id,
    href: `${baseOf(actor)}/referrals/${referral.id}`,
    stage: STAGE_WORDS[referral.stage],
    isLate: next?.isOverdue ?? false,
    isStuck: troubles.length > 0,
    troubles,
    initials: person.initials,
    reference: person.reference,
    needs: person.needs.map(({ label }) => label),
    area: person.area,
    age: ageOf(person.daysWaiting),
    next,
    placement: open[0] ? { project: open[0].projectName, status: open[0].statusText } : null,
    navigator: person.navigator?.name ?? null,
    isMine: person.navigator?.id === actor.userId,
    tags: [
      priorityTag(person.priority),
      STILL.includes(person.status) ? referralTag(person.status) : null,
      person.flags.interpreter ? { text: 'Interpreter', colour: 'purple' } : null,
      person.flags.accessNeeds && !person.flags.interpreter ? { text: 'Access needs', colour: 'purple' } : null,
      person.flags.risk ? { text: 'Risk', colour: 'red' } : null,
    ].filter((tag) => tag !== null),
    takeAction: person.status === 'submitted' ? `${baseOf(actor)}/referrals/${referral.id}/take` : null,
  }
}
