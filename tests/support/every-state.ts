import type { Context } from '../../src/actions/context.ts'
import { askNavigator } from '../../src/actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../src/actions/placements/end-placement.ts'
import { offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { markSeen } from '../../src/actions/placements/open-placement.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { recordNoStart } from '../../src/actions/placements/record-no-start.ts'
import { redirectPlacement } from '../../src/actions/placements/redirect-placement.ts'
import { pauseWaiting, waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../src/actions/placements/withdraw-placement.ts'
import { askReferrer } from '../../src/actions/referrals/ask-referrer.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { holdReferral } from '../../src/actions/referrals/hold-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { answerRedirect, redirectReferral } from '../../src/actions/referrals/redirect-referral.ts'
import { withdrawConsent } from '../../src/actions/referrals/withdraw-consent.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { carryOutStep } from '../../src/actions/steps/carry-out.ts'
import type { CloseOutcome } from '../../src/domain/closing.ts'
import { addDays, londonDay } from '../../src/domain/day.ts'
import type { Actor } from '../../src/domain/organisation.ts'
import type { EndOutcome } from '../../src/domain/placement.ts'
import { chase } from '../../src/domain/placement-talk.ts'
import { findPlacement } from '../../src/store/placements.ts'
import type { City, Given, TestGroup, TestProject } from './given.ts'
import { MONDAY } from './small-city.ts'

export interface Stage {
  context: Context
  clock: { set(moment: Date | string): unknown }
  given: Given
  city: City & { team: Actor; better: TestProject }
}

/** Three tries on different days, the last of them today: what closing as unreachable asks for. */
async function tryInVain({ context, clock, city }: Stage, id: string): Promise<void> {
  for (const day of ['2026-11-12', '2026-11-16', '2026-11-23']) {
    clock.set(`${day}T09:00:00Z`)
    await logContact(context, city.navigator, id, { outcome: 'no_answer', channel: 'phone' })
  }
}

/** A builder for every state of a referral, each by the real actions, and each the navigator's doing unless named. */
export function referralStates(stage: Stage) {
  const { context, clock, given, city } = stage
  const { referrer, navigator, team } = city
  const made = () => given.referral(city)
  const closed = async (from: 'submitted' | 'contacted', outcome: CloseOutcome, more: Record<string, string> = {}) => {
    const { id } = await made()[from]()
    await closeReferral(context, navigator, id, { outcome, reason: 'Agreed.', summary: 'Agreed.', ...more })
    return id
  }
  const redirected = async () => {
    const { id } = await made().assigned()
    await redirectReferral(context, navigator, id, { to: team.organisation, reason: 'They can do more.' })
    return id
  }
  const restartsOn = addDays(londonDay(context.now()), 14)
  return {
    submitted: async () => (await made().submitted()).id,
    assigned: async () => (await made().assigned()).id,
    information_needed: async () => {
      const { id } = await made().assigned()
      return (await askReferrer(context, navigator, id, { question: 'Which language?' })).id
    },
    contacted: async () => (await made().contacted()).id,
    active: async () => (await made().active()).id,
    on_hold: async () => {
      const { id } = await made().active()
      return (await holdReferral(context, navigator, id, { reason: 'In hospital', restartsOn })).id
    },
    redirected,
    completed: () => closed('contacted', 'completed'),
    closed_early: () => closed('contacted', 'closed_early'),
    died: () => closed('contacted', 'closed_early', { reason: 'died' }),
    disengaged: () => closed('contacted', 'disengaged'),
    unreachable: async () => {
      clock.set('2026-11-12T08:00:00Z')
      const { id } = await made().assigned()
      await tryInVain(stage, id)
      clock.set(MONDAY)
      return (await closeReferral(context, navigator, id, { outcome: 'unreachable', summary: 'No answer.' })).id
    },
    not_suitable: () => closed('submitted', 'not_suitable'),
    duplicate: async () => closed('submitted', 'duplicate', { duplicateOf: (await made().submitted()).id }),
    /** By whoever referred. */
    withdrawn: async () => {
      const { id } = await made().submitted()
      return (await withdrawReferral(context, referrer, id, { reason: 'changed_mind' })).id
    },
    /** By the other team. */
    transferred: async () => {
      const id = await redirected()
      return (await answerRedirect(context, team, id, { accepted: true })).id
    },
    /** Not a state of its own: those who may be given up. */
    triedInVain: async () => {
      clock.set('2026-11-12T08:00:00Z')
      const { id } = await made().assigned()
      await tryInVain(stage, id)
      clock.set(MONDAY)
      return id
    },
    contactedThenTriedInVain: async () => {
      clock.set('2026-11-12T08:00:00Z')
      const { id } = await made().contacted()
      await tryInVain(stage, id)
      clock.set(MONDAY)
      return id
    },
  }
}

/** A builder for every state of a placement, each in a group of its own; the worker's doing unless named. */
export function placementStates(stage: Stage) {
  const { context, clock, given, city } = stage
  const { navigator, worker, better } = city
  const inGroup = (group: TestGroup) => given.referral({ ...city, group })
  const made = async () => inGroup(await given.group(city.project, { places: 5 }))
  const sent = async () => (await (await made()).sent()).id
  const accepted = async () => (await (await made()).accepted()).id
  const startedAt = async (moment: string) => {
    clock.set(moment)
    const { id } = await (await made()).started()
    clock.set(MONDAY)
    return id
  }
  // The evening before: today's session can still be recorded, and this one still be taken back.
  const started = () => startedAt('2026-11-22T18:00:00Z')
  const waitlisted = async () => (await waitlistPlacement(context, worker, await sent())).id
  const ended = async (outcome: EndOutcome, id: Promise<string>) =>
    (await endPlacement(context, worker, await id, { outcome, note: 'Rang twice.' })).id
  const missedTwice = async () => {
    const id = await startedAt('2026-11-12T09:00:00Z')
    for (const sessionOn of ['2026-11-16', '2026-11-20'])
      await recordAttendance(context, worker, id, { sessionOn, attended: false })
    return id
  }
  const restartsOn = addDays(londonDay(context.now()), 14)
  return {
    sent,
    seen: async () => (await markSeen(context, worker, await sent())).id,
    information_needed: async () =>
      (await askNavigator(context, worker, await sent(), { question: 'Can they use stairs?' })).id,
    waitlisted,
    /** By the navigator. */
    paused: async () => (await pauseWaiting(context, navigator, await waitlisted(), { restartsOn })).id,
    offered: async () => (await offerPlacement(context, worker, await waitlisted())).id,
    accepted,
    booked: async () =>
      (await bookPlacement(context, worker, await accepted(), { startsAt: new Date('2026-11-26T10:00:00Z') })).id,
    started,
    did_not_start: async () => (await recordNoStart(context, worker, await accepted(), { note: 'Rang twice.' })).id,
    declined: async () => (await declinePlacement(context, worker, await sent(), { reason: 'other' })).id,
    redirected: async () => (await redirectPlacement(context, worker, await sent(), { projectId: better.id })).id,
    /** By the clock. */
    no_response: async () => {
      clock.set('2026-11-02T09:00:00Z')
      const id = await sent()
      clock.set(MONDAY)
      await context.db.write(async (tx) => {
        const placement = await findPlacement(tx, id)
        const step = placement && chase(placement, context.now())
        if (placement && step) await carryOutStep(context, tx, 'system', placement, step)
      })
      return id
    },
    /** By the navigator. */
    recalled: async () => (await recallPlacement(context, navigator, await sent())).id,
    withdrawn: async () => (await withdrawPlacement(context, navigator, await accepted(), { reason: 'health' })).id,
    returned: async () => {
      const group = await given.group(city.project, { places: 5 })
      const { id, referralId } = await inGroup(group).sent()
      await withdrawConsent(context, navigator, String(referralId), { provider: worker.organisation })
      return id
    },
    completed: () => ended('completed', started()),
    left_early: () => ended('left_early', started()),
    disengaged: () => ended('disengaged', missedTwice()),
    moved_on: () => ended('moved_on', started()),
    /** Not a state of its own: those who may be given up. */
    missedTwice,
  }
}
