import type { ReferralMessage } from '../../actions/outbox/referral-messages.ts'
import type { PlacementView } from '../../actions/placements/view.ts'
import type { HistoryEntry } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { DIED } from '../../domain/closing.ts'
import type { Day } from '../../domain/day.ts'
import type { NextStep as Step } from '../../domain/next-action.ts'
import type { Actor } from '../../domain/organisation.ts'
import { END_OUTCOMES, isOpenPlacement } from '../../domain/placement.ts'
import { positionWords } from '../../domain/queue.ts'
import { isOpenReferral } from '../../domain/referral.ts'
import { UNMET_REASON_WORDS } from '../../domain/unmet-need.ts'
import { dayWords } from '../../templates.ts'
import { contactModel } from './contact.ts'
import { freshForm } from './forms.ts'
import { historyLines } from './history.ts'
import { livingLines } from './living-words.ts'
import { messageLines } from './messages.ts'
import { personFacts } from './person-words.ts'
import { seatWords } from './seat-words.ts'
import { signpostLines } from './signposts.ts'
import { cameWith, questionLines, standingWords } from './standing.ts'
import { placementTag, priorityTag, referralTag } from './tags.ts'
import { placementWays, referralWays, type Way } from './ways.ts'
import { reasonWords, riskWords } from './words.ts'

export interface NextStep {
  text: string
  href?: string
  /** A step without a page of its own: the button carries it out. */
  action?: string
}

/** What a placement asks of the navigator, and the door that answers it. */
const ASKED_OF_NAVIGATOR: Partial<Record<Step, string>> = {
  answer: 'answer',
  get_offer_answer: 'answer-offer',
  find_out_still_wanted: 'still-wanted',
  ask_what_wanted: 'resume',
  start_another_way: 'book',
}

/** What a call to the person answers. */
const CALLS: readonly Step[] = ['tell_first_visit', 'ask_after_no_show', 'check_in']

/** The visit that the person is to hear of: where and when. */
function visitToTell({ placements }: ReferralView) {
  const booked = placements.find(({ status, bookedFor }) => status === 'booked' && bookedFor)
  return booked ? { at: booked.bookedFor, project: booked.project.name, venue: booked.group.venue } : null
}

/** The one way that answers what a placement waits for, if it is the navigator's turn. */
function wayAsked(placement: PlacementView, base: string): Way | undefined {
  const { nextAction } = placement
  const door = nextAction && nextAction.owner.kind !== 'person' ? ASKED_OF_NAVIGATOR[nextAction.what] : undefined
  return placementWays(placement, base).find((way) => way.door === door)
}

/** The steps that stand out now, the first of them above all: they change with the state. */
export function nextSteps(referral: ReferralView, base: string): NextStep[] {
  const page = `${base}/referrals/${referral.id}`
  const hasOpenPlacement = referral.placements.some(({ status }) => isOpenPlacement(status))
  const may = (door: string) => referral.allowedActions.includes(door)
  if (referral.status === 'submitted' && may('assign')) return [{ text: 'Take this referral', action: `${page}/take` }]
  if (may('activate')) return [{ text: 'Agree the plan', href: `${page}/plan` }]
  if (may('resume')) return [{ text: 'Start again now', href: `${page}/do/resume` }]
  if (may('answer-redirect')) return [{ text: 'Record what the team said', href: `${page}/do/answer-redirect` }]
  if (!may('placements')) return []
  const asked = referral.placements.flatMap((placement) => {
    const way = wayAsked(placement, base)
    return way ? [{ text: `${way.text}: ${placement.project.name}`, href: way.href }] : []
  })
  const find = { text: hasOpenPlacement ? 'Find another project' : 'Find a project', href: `${page}/matches` }
  if (hasOpenPlacement) return [...asked, find]
  const close = { text: 'Close the referral', href: `${page}/close` }
  // Where no project ever began with them, the plan still waits for one.
  const hasBegun = referral.placements.some(({ status }) => END_OUTCOMES.some((ended) => ended === status))
  return hasBegun ? [close, find] : referral.placements.length > 0 ? [find, close] : [find]
}

/** The newest event that the page shows: what comes after it was not seen. */
function newestOf(history: HistoryEntry[]): string {
  return history.reduce((newest, { id }) => (id > newest ? id : newest), '')
}

function placementLines(referral: ReferralView, base: string) {
  const { questions } = referral
  return referral.placements.map((placement) => {
    const { waitingSince, restartsOn, redirectedToProject, ...extras } = placement
    const asked = wayAsked(placement, base)
    return {
      project: placement.project.name,
      group: placement.group.name,
      schedule: placement.group.schedule,
      tag: placementTag(placement.status),
      reason: placement.reasonText,
      note: placement.note,
      overrideReason: placement.overrideReason,
      sentAlthough: placement.sentAlthough,
      bookedFor: placement.status === 'booked' ? placement.bookedFor : null,
      waiting: waitingWords(placement, waitingSince, restartsOn),
      seat: seatWords(placement),
      alsoWaits: (placement.otherLists ?? []).map(({ project }) => project),
      releaseHref: `${base}/placements/${placement.id}/do/release-others`,
      betterProject: redirectedToProject?.name ?? null,
      questions: questionLines(extras.questions ?? questions, placement.id),
      came: placement.attendances.filter(({ attended }) => attended).length,
      missed: placement.attendances.filter(({ attended }) => !attended).length,
      nextAction: placement.nextAction,
      asked: asked ?? null,
      ways: placementWays(placement, base).filter(({ door }) => door !== asked?.door && door !== 'release-others'),
    }
  })
}

function waitingWords(
  { status, position, queuePriority }: PlacementView,
  since?: Date | null,
  restartsOn?: string | null,
): string | null {
  if (status !== 'waitlisted' && status !== 'paused' && status !== 'offered') return null
  const parts = [
    since && `on the waiting list since ${dayWords(since)}`,
    position && lowerFirst(positionWords(position)).replace(' on the waiting list', ''),
    queuePriority && 'put forward',
    status === 'paused' && (restartsOn ? `paused until ${dayWords(restartsOn)}` : 'paused; the position is kept'),
    status === 'offered' && 'a place is held until there is an answer',
  ].filter((part) => typeof part === 'string')
  const sentence = parts.join(', ')
  return sentence ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}` : null
}

const lowerFirst = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** What nothing was found for, each need once for each reason. */
function unmetLines({ unmetNeeds }: ReferralView): string[] {
  const lines = (unmetNeeds ?? []).map(
    ({ need, why, note, recordedAt }) =>
      `${need.label}: ${UNMET_REASON_WORDS[why].toLowerCase()}${note ? `. ${note}` : ''} (${dayWords(recordedAt)})`,
  )
  return [...new Set(lines)]
}

/** A referral for those who work with the person. */
export function workModel(
  referral: ReferralView,
  history: HistoryEntry[],
  actor: Actor,
  base: string,
  { messages, today }: { messages?: ReferralMessage[]; today: Day },
) {
  const steps = nextSteps(referral, base)
  const callFor = CALLS.find((step) => step === referral.nextAction?.what)
  const page = `${base}/referrals/${referral.id}`
  const mayLog = referral.allowedActions.includes('contacts')
  const hasDied = referral.closing?.reason === DIED
  const mayRecordDeath = !isOpenReferral(referral.status) && referral.allowedActions.includes('close') && !hasDied
  const isShown = ({ door, href }: Way) =>
    door !== 'contacts' && !(door === 'reopen' && hasDied) && !steps.some((step) => step.href === href)
  return {
    referral,
    person: personFacts(referral.person),
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    isMine: referral.navigator?.id === actor.userId,
    steps,
    // Where a call is what is asked for, finding another project does not stand before it.
    isToCall: mayLog && callFor !== undefined,
    visit: callFor === 'tell_first_visit' ? visitToTell(referral) : null,
    standing: standingWords(referral, history),
    // Calling is the step itself while nobody has spoken with the person; later it stands below.
    contact: mayLog
      ? contactModel(referral, base, freshForm({ channel: 'phone', note: '' }), {
          isMain: referral.status === 'assigned' || callFor !== undefined,
          saysHow: false,
        })
      : null,
    needs: referral.needs.map(({ label }) => label),
    cameWith: cameWith(referral),
    living: livingLines(referral.livesIn),
    questions: questionLines(referral.questions, null),
    signposts: signpostLines(referral, base, today),
    unmet: unmetLines(referral),
    risks: riskWords(referral),
    risksHref: `${page}/risks`,
    placements: placementLines(referral, base),
    closingReason: reasonWords(referral.closing?.reason ?? null),
    history: historyLines(history, referral),
    messages: messageLines(messages),
    failedHref: `${base}/messages?state=failed`,
    ways: referralWays(referral, actor, base).filter(isShown),
    correctHref: `${base}/people/${referral.person.id}/correct?referral=${referral.id}`,
    sameHref: `${page}/same-person`,
    deathHref: mayRecordDeath ? `${page}/close` : null,
    failed: (messages ?? []).filter(({ state, handledAt }) => state === 'failed' && !handledAt).length,
    changesHref: `${page}/changes?since=${newestOf(history)}`,
    hereHref: page,
  }
}
