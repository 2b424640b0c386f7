import type { HistoryEntry } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import type { Actor } from '../../domain/organisation.ts'
import { lineToCopy } from './copy-line.ts'
import { freshForm } from './forms.ts'
import { historyLines } from './history.ts'
import { personFacts } from './person-words.ts'
import { progressOf } from './progress.ts'
import { openQuestion } from './questions.ts'
import { isAskedTeam } from './referral-elsewhere.ts'
import { cameWith, questionLines, standingWords } from './standing.ts'
import { placementTag, priorityTag, referralTag } from './tags.ts'
import { referralWays } from './ways.ts'
import { PRIORITY_WORDS, reasonWords, riskWords } from './words.ts'

/** In one line, to copy into the person's record: how it ended, or how far it is; nothing before anything has happened. */
export function copyLine(referral: ReferralView, caption: string): string | null {
  const { closing, contactedAt } = referral
  if (!closing && !contactedAt && referral.placements.length === 0) return null
  return lineToCopy({
    ...referral,
    caption,
    summary: closing?.summary ?? null,
    reason: closing?.reason ?? null,
    placements: referral.placements.map(({ project, statusText }) => ({ projectName: project.name, statusText })),
  })
}

/** Who has it now, by name where somebody took it. */
function holderOf({ closing, navigator, receivingOrganisation, redirectedTo }: ReferralView): string | null {
  if (closing) return null
  const service = receivingOrganisation?.name ?? 'the navigation service'
  if (redirectedTo) return `${redirectedTo.name}, asked by ${service}`
  return navigator ? `${navigator.name}, ${service}` : `${service}. Nobody has taken it yet`
}

/** A referral for those who sent it: how far it is, what is next, and how it ended. */
export function followModel(referral: ReferralView, history: HistoryEntry[], actor: Actor, base: string) {
  const { placements, closing } = referral
  const page = `${base}/referrals/${referral.id}`
  const { questions } = referral
  const mayAnswer = referral.allowedActions.includes('answer')
  const isTeam = isAskedTeam(referral)
  const progress = progressOf({
    status: referral.status,
    contactedAt: referral.contactedAt,
    placements: placements.map(({ status, project }) => ({ status, projectName: project.name })),
  })
  return {
    referral,
    form: freshForm(),
    tag: referralTag(referral.status),
    priority: priorityTag(referral.priority),
    progress,
    holder: holderOf(referral),
    placements: placements.map(({ project, group, status, nextAction }) => ({
      project: project.name,
      group: group.name,
      tag: placementTag(status),
      nextAction,
    })),
    copyLine: copyLine(referral, progress.caption),
    closingReason: reasonWords(closing?.reason ?? null),
    sent: { priority: PRIORITY_WORDS[referral.priority], needs: referral.needs.map(({ label }) => label) },
    history: historyLines(history, referral),
    standing: standingWords(referral, history),
    cameWith: cameWith(referral),
    // What waits for them comes before everything else, with the box to answer right there.
    answer: mayAnswer
      ? {
          action: `${page}/do/answer`,
          question: openQuestion(questions, null)?.text ?? null,
          due: referral.nextAction?.due ?? null,
        }
      : null,
    questions: questionLines(questions, null).filter(({ answer }) => !mayAnswer || answer !== null),
    team: isTeam
      ? {
          action: `${page}/do/answer-redirect`,
          due: referral.nextAction?.due ?? null,
          service: referral.receivingOrganisation?.name ?? 'The service',
          person: personFacts(referral.person),
          risks: riskWords(referral),
        }
      : null,
    ways: referralWays(referral, actor, base).filter(({ door }) => door !== 'answer' && door !== 'answer-redirect'),
  }
}
