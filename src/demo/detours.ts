import { answerProject, askNavigator } from '../actions/placements/ask-navigator.ts'
import { answerOffer } from '../actions/placements/offer-placement.ts'
import { recallPlacement } from '../actions/placements/recall-placement.ts'
import { recordNoStart } from '../actions/placements/record-no-start.ts'
import { redirectPlacement } from '../actions/placements/redirect-placement.ts'
import { pauseWaiting, waitlistPlacement } from '../actions/placements/wait-for-place.ts'
import { answerNavigator, askReferrer } from '../actions/referrals/ask-referrer.ts'
import { holdReferral, resumeReferral } from '../actions/referrals/hold-referral.ts'
import { answerRedirect, redirectReferral } from '../actions/referrals/redirect-referral.ts'
import { reopenReferral } from '../actions/referrals/reopen-referral.ts'
import { signpost } from '../actions/referrals/signpost.ts'
import { addDays, type Day } from '../domain/day.ts'
import { Refusal } from '../domain/refusal.ts'
import type { Tale } from './tale.ts'

const TEAM = 'enhanced-primary-care-mental-health'

/** What may come between: each is one step of a tale, by whoever takes it. */
export const ask = (tale: Tale, question: string) =>
  askReferrer(tale.stage.context, tale.navigator, tale.referralId, { question })

export const answer = (tale: Tale, text: string) =>
  answerNavigator(tale.stage.context, tale.referrer, tale.referralId, { text })

export const hold = (tale: Tale, reason: string, restartsOn: Day) =>
  holdReferral(tale.stage.context, tale.navigator, tale.referralId, { reason, restartsOn })

export const resume = (tale: Tale) => resumeReferral(tale.stage.context, tale.navigator, tale.referralId)

export const stepUp = (tale: Tale, reason: string) =>
  redirectReferral(tale.stage.context, tale.navigator, tale.referralId, { to: TEAM, reason })

export const teamTakesOn = (tale: Tale, note: string) =>
  answerRedirect(tale.stage.context, tale.team, tale.referralId, { accepted: true, note })

export const teamTurnsBack = (tale: Tale, note: string) =>
  answerRedirect(tale.stage.context, tale.team, tale.referralId, { accepted: false, note })

export const openAgain = (tale: Tale, reason: string) =>
  reopenReferral(tale.stage.context, tale.navigator, tale.referralId, { reason })

export const pointTo = (tale: Tale, text: string) =>
  signpost(tale.stage.context, tale.navigator, tale.referralId, { text })

export const projectAsks = (tale: Tale, question: string) =>
  askNavigator(tale.stage.context, tale.worker, tale.placementId, { question })

export const navigatorAnswers = (tale: Tale, text: string) =>
  answerProject(tale.stage.context, tale.navigator, tale.placementId, { text })

export const waitlist = (tale: Tale) => waitlistPlacement(tale.stage.context, tale.worker, tale.placementId)

/** Not now, but later. Where a place came free meanwhile, that is the answer to its offer. */
export async function pause(tale: Tale, days: number): Promise<void> {
  const { context, asOf } = tale.stage
  try {
    await pauseWaiting(context, tale.navigator, tale.placementId, { restartsOn: addDays(asOf, days) })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'wrong-status') throw error
    await answerOffer(context, tale.navigator, tale.placementId, { answer: 'not_now' })
  }
}

export const recall = (tale: Tale) => recallPlacement(tale.stage.context, tale.navigator, tale.placementId)

export const noStart = (tale: Tale, note: string) =>
  recordNoStart(tale.stage.context, tale.worker, tale.placementId, { note })

/** The project names another that would suit better. */
export const nameBetter = (tale: Tale, project: string, note: string) => {
  const better = [...tale.stage.directory.groups.values()].find((group) => group.project === project)
  if (!better) throw new Error(`There is no group of ${project}.`)
  const { projectId } = better
  return redirectPlacement(tale.stage.context, tale.worker, tale.placementId, { projectId, note })
}
