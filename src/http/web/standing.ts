import type { Context } from '../../actions/context.ts'
import { type HistoryEntry, listHistory } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { dayWords } from '../../templates.ts'
import type { Question } from './questions.ts'

/** Questions about the referral itself, or those of one project, oldest first. */
export function questionLines(questions: Question[] | undefined, placementId: string | null) {
  return (questions ?? [])
    .filter((question) => question.placementId === placementId)
    .map(({ text, askedAt, answer, answeredAt }) => ({ text, askedAt, answer, answeredAt }))
}

/** Why it stands still, since when and until when; null while it moves. */
export function standingWords(referral: ReferralView, history: HistoryEntry[]): string | null {
  const { status, nextAction } = referral
  if (status === 'on_hold') {
    const until = referral.restartsOn ?? nextAction?.due
    return until ? `On hold until ${dayWords(until)}. It starts again by itself on that day.` : 'On hold.'
  }
  if (status === 'redirected') {
    const sent = history.filter(({ type }) => type === 'referral.redirected').at(-1)
    const team = referral.redirectedTo?.name ?? teamIn(sent) ?? 'another team'
    const since = sent ? ` since ${dayWords(sent.at)}` : ''
    const by = nextAction ? ` They answer by ${dayWords(nextAction.due)}; if they do not, it comes back.` : ''
    return `With ${team}${since}.${by}`
  }
  if (status === 'information_needed') return 'The navigator’s own time stands still until the answer is there.'
  return null
}

/** How the record stands now, where a form came too late for it; null where its door is still open. */
export async function overtaken(context: Context, actor: Actor, referral: ReferralView, door: string, status: number) {
  if (status !== 409 || referral.allowedActions.includes(door)) return null
  return standsNow(referral, await listHistory(context, actor, referral.id))
}

/** For whoever sent a form about how it stood before: both are shown, and nothing is lost. */
export function standsNow(referral: ReferralView, history: HistoryEntry[] = []) {
  const last = history.at(-1)
  return {
    reference: referral.reference,
    status: referral.statusText,
    navigator: referral.navigator?.name ?? null,
    next: referral.nextAction,
    last: last ? { text: last.text, by: last.by.name, at: last.at } : null,
  }
}

function teamIn(sent: HistoryEntry | undefined): string | undefined {
  return typeof sent?.detail.to === 'string' ? sent.detail.to : undefined
}

/** What else was said when it came: who asked for the person, and for which project. */
export function cameWith(referral: ReferralView): { term: string; text: string }[] {
  const { onBehalfOf, isDirect, wantedProject } = referral
  const direct = isDirect ? referral.placements[0]?.project.name : undefined
  return [
    onBehalfOf && {
      term: 'Asked for by',
      text: onBehalfOf.relationship ? `${onBehalfOf.name} (${onBehalfOf.relationship})` : onBehalfOf.name,
    },
    isDirect && { term: 'Way in', text: `Referred straight to ${direct ?? 'a project'}` },
    wantedProject && !isDirect && { term: 'Would like', text: wantedProject.name },
  ].filter((line) => line !== null && line !== undefined && line !== false)
}
