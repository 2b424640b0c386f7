import type { HistoryEntry } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { londonDay, writtenDay } from '../../domain/day.ts'
import { historyLines } from './history.ts'
import { progressOf } from './progress.ts'
import { placementTag, priorityTag, referralTag } from './tags.ts'
import { PRIORITY_WORDS, reasonWords } from './words.ts'

/** How it ended in one line, to copy into the person's record. */
export function copyLine({ reference, statusText, closedAt, closing, placements }: ReferralView): string | null {
  if (!closing || !closedAt) return null
  const went = placements.map(({ project, statusText }) => `${project.name}: ${statusText.toLowerCase()}`)
  const parts = [
    `Social prescribing ${reference}: ${statusText.toLowerCase()} ${writtenDay(londonDay(closedAt))}`,
    ...went,
    closing.summary ?? reasonWords(closing.reason) ?? '',
  ]
  return parts
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

/** A referral for those who sent it: how far it is, what is next, and how it ended. */
export function followModel(referral: ReferralView, history: HistoryEntry[], base: string) {
  const { placements, closing } = referral
  return {
    referral,
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    progress: progressOf({
      status: referral.status,
      placements: placements.map(({ status, project }) => ({ status, projectName: project.name })),
    }),
    placements: placements.map(({ project, group, status, nextAction }) => ({
      project: project.name,
      group: group.name,
      tag: placementTag(status),
      nextAction,
    })),
    copyLine: copyLine(referral),
    closingReason: reasonWords(closing?.reason ?? null),
    sent: { priority: PRIORITY_WORDS[referral.priority], needs: referral.needs.map(({ label }) => label) },
    history: historyLines(history, referral),
    withdrawHref: referral.allowedActions.includes('withdraw') ? `${base}/referrals/${referral.id}/withdraw` : null,
  }
}
