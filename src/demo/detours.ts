import { getGroup } from '../actions/access/get-group.ts'
import { chaseProviders } from '../actions/clocks/chase-providers.ts'
import { cancelGroup } from '../actions/directory/cancel-group.ts'
import { changeGroup, type GroupChange } from '../actions/directory/change-group.ts'
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
import { countGroup } from '../store/groups.ts'
import { countOpenPlacements } from './store.ts'
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

/** A list is for groups without room: who runs it says first that those who come are all it can take, or takes a break. */
export async function waitlist(tale: Tale): Promise<void> {
  const { context, directory, asOf } = tale.stage
  // A project with one group keeps room in it: other tales lead there, too.
  if ([...directory.groups.values()].filter(({ project }) => project === tale.group.project).length < 2) return
  const group = await getGroup(context.db.read, tale.group.id)
  const { places } = group
  const { taken, held } = await countGroup(context.db.read, group, context.now())
  if (places !== null && places > taken + held)
    await change(
      tale,
      taken > 0 && group.capacityKind === 'places'
        ? { places: taken + held }
        : { intake: { paused: true, reopensOn: addDays(asOf, 28) } },
    )
  await waitlistPlacement(context, tale.worker, tale.placementId)
}

/** One chair more than there were: it is offered to whoever waits first. */
export async function addPlace(tale: Tale): Promise<void> {
  const { context } = tale.stage
  const group = await getGroup(context.db.read, tale.group.id)
  const { taken, held } = await countGroup(context.db.read, group, context.now())
  if (group.capacityKind === 'places') return change(tale, { places: taken + held + 1, intake: { paused: false } })
  await change(tale, { intake: { paused: false } })
}

async function change(tale: Tale, change: GroupChange): Promise<void> {
  const { context } = tale.stage
  const { id, version, places } = await getGroup(context.db.read, tale.group.id)
  if (places !== null) await changeGroup(context, tale.worker, id, version, change)
}

/** Only where nobody else is in it, and others of the same project go on: some tale is told of every other group. */
export async function endGroup(tale: Tale, reason: string): Promise<void> {
  const { context, directory } = tale.stage
  const { id, project } = tale.group
  const others = [...directory.groups.values()].filter((group) => group.project === project)
  if (others.length < 4 || (await countOpenPlacements(context.db.read, id)) > 1) return
  await cancelGroup(context, tale.worker, id, { reason })
  directory.groups.delete(id)
}

/** What the service does each morning about projects that do not answer. */
export const chase = (tale: Tale) => chaseProviders(tale.stage.context, new AbortController().signal)

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
