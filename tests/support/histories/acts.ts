import type { Context } from '../../../src/actions/context.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { answerProject, askNavigator } from '../../../src/actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../../src/actions/placements/book-placement.ts'
import { declinePlacement } from '../../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../../src/actions/placements/end-placement.ts'
import { logAttempt } from '../../../src/actions/placements/log-attempt.ts'
import { answerOffer, offerPlacement } from '../../../src/actions/placements/offer-placement.ts'
import { markSeen } from '../../../src/actions/placements/open-placement.ts'
import { putForward } from '../../../src/actions/placements/put-forward.ts'
import { recallPlacement } from '../../../src/actions/placements/recall-placement.ts'
import { recordAttendance } from '../../../src/actions/placements/record-attendance.ts'
import { recordNoStart } from '../../../src/actions/placements/record-no-start.ts'
import { redirectPlacement } from '../../../src/actions/placements/redirect-placement.ts'
import { rematchPlacement } from '../../../src/actions/placements/rematch-placement.ts'
import { reviewPlacement } from '../../../src/actions/placements/review-placement.ts'
import { sendPlacement } from '../../../src/actions/placements/send-placement.ts'
import { undoPlacement } from '../../../src/actions/placements/undo-placement.ts'
import {
  confirmStillWanted,
  pauseWaiting,
  resumePlacement,
  waitlistPlacement,
} from '../../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../../src/actions/placements/withdraw-placement.ts'
import { activateReferral } from '../../../src/actions/referrals/activate-referral.ts'
import { answerNavigator, askReferrer } from '../../../src/actions/referrals/ask-referrer.ts'
import { assignReferral } from '../../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { holdReferral, resumeReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { logContact } from '../../../src/actions/referrals/log-contact.ts'
import { answerRedirect, redirectReferral } from '../../../src/actions/referrals/redirect-referral.ts'
import { reopenReferral } from '../../../src/actions/referrals/reopen-referral.ts'
import { signpost } from '../../../src/actions/referrals/signpost.ts'
import { undoReferral } from '../../../src/actions/referrals/undo-referral.ts'
import { withdrawReferral } from '../../../src/actions/referrals/withdraw-referral.ts'
import { addDays, londonDay } from '../../../src/domain/day.ts'
import type { Actor } from '../../../src/domain/organisation.ts'
import { FORWARD_TO } from '../../../src/domain/queue.ts'
import type { World } from './world.ts'

/** One thing somebody might try. `pick` decides among its variants. */
type Act = (context: Context, actor: Actor, id: string, pick: number, world: World) => Promise<unknown>

const CLOSINGS = ['completed', 'closed_early', 'disengaged', 'unreachable', 'not_suitable'] as const
const ENDINGS = ['completed', 'left_early', 'disengaged', 'moved_on'] as const
const ANSWERS = ['accept', 'not_now', 'no_longer_wanted'] as const

const of = <T>(list: readonly T[], pick: number): T => list[pick % list.length] as T
const inDays = (context: Context, days: number) => addDays(londonDay(context.now()), days)

/** Under the name of the row of the table, so that a likely one can be chosen for a state. */
export const REFERRAL_ACTS: Record<string, Act> = {
  assign: (c, a, id, pick, w) =>
    assignReferral(c, a, id, pick % 2 ? { toMe: true } : { navigatorId: of(w.navigators, pick).userId }),
  reassign: (c, a, id, pick, w) => assignReferral(c, a, id, { navigatorId: of(w.navigators, pick).userId }),
  ask: (c, a, id) => askReferrer(c, a, id, { question: 'Which phone number?' }),
  answer: (c, a, id) => answerNavigator(c, a, id, { text: 'The second one.' }),
  attempt: (c, a, id, pick) => logContact(c, a, id, { outcome: 'no_answer', channel: of(['phone', 'post'], pick) }),
  contact: (c, a, id) => logContact(c, a, id, { outcome: 'spoke', channel: 'phone' }),
  activate: (c, a, id) =>
    activateReferral(c, a, id, {
      needs: ['loneliness'],
      strengths: [],
      goals: [{ text: 'Meet people', importance: 7 }],
      consent: { shareWithProviders: true },
    }),
  place: (c, a, id, pick, w) => sendPlacement(c, a, id, { groupId: of(w.groupIds, pick) }),
  signpost: (c, a, id) => signpost(c, a, id, { text: 'The library' }),
  redirect: (c, a, id, pick) =>
    redirectReferral(c, a, id, {
      to: of(['clinical-team', 'A private clinic'], pick),
      reason: 'Step-up',
      consent: { shareWithTeam: true },
    }),
  transfer: (c, a, id) => answerRedirect(c, a, id, { accepted: true }),
  turnBack: (c, a, id) => answerRedirect(c, a, id, { accepted: false }),
  hold: (c, a, id, pick) => holdReferral(c, a, id, { reason: 'In hospital', restartsOn: inDays(c, 1 + (pick % 60)) }),
  resume: (c, a, id) => resumeReferral(c, a, id),
  complete: (c, a, id) => closeReferral(c, a, id, { outcome: 'completed', summary: 'Done.' }),
  closeEarly: (c, a, id, pick) =>
    closeReferral(c, a, id, { outcome: of(CLOSINGS, pick), reason: 'moved', summary: 'Closed.' }),
  recordDeath: (c, a, id, pick) =>
    pick % 8 === 0
      ? closeReferral(c, a, id, { outcome: 'closed_early', reason: 'died' })
      : closeReferral(c, a, id, { outcome: 'completed', summary: 'Done.' }),
  withdraw: (c, a, id, pick) => withdrawReferral(c, a, id, { reason: of(['changed_mind', 'sent_in_error'], pick) }),
  reopen: (c, a, id, pick) =>
    reopenReferral(c, a, id, { reason: 'Came back', consent: { shareWithNavigator: pick % 4 > 0 } }),
  undo: (c, a, id) => undoReferral(c, a, id),
}

export const PLACEMENT_ACTS: Record<string, Act> = {
  open: (c, a, id) => markSeen(c, a, id),
  ask: (c, a, id) => askNavigator(c, a, id, { question: 'Can they use stairs?' }),
  answer: (c, a, id) => answerProject(c, a, id, { text: 'Yes.' }),
  accept: (c, a, id, pick) => acceptPlacement(c, a, id, pick % 2 ? { overOthers: 'Bereaved' } : {}),
  waitlist: (c, a, id) => waitlistPlacement(c, a, id),
  stillWanted: (c, a, id) => confirmStillWanted(c, a, id),
  decline: (c, a, id, pick) => declinePlacement(c, a, id, { reason: of(['no_capacity', 'other', 'unsafe'], pick) }),
  redirect: (c, a, id, pick) =>
    redirectPlacement(c, a, id, { projectId: of(['project-shed', 'project-roots'], pick), note: 'Closer' }),
  recall: (c, a, id) => recallPlacement(c, a, id),
  offer: (c, a, id, pick) => offerPlacement(c, a, id, pick % 2 ? { outOfOrder: 'Urgent' } : {}),
  acceptOffer: (c, a, id, pick) => answerOffer(c, a, id, { answer: of(ANSWERS, pick) }),
  postpone: (c, a, id) => answerOffer(c, a, id, { answer: 'not_now' }),
  pause: (c, a, id, pick) => pauseWaiting(c, a, id, { restartsOn: inDays(c, 1 + (pick % 30)) }),
  resume: (c, a, id) => resumePlacement(c, a, id),
  putForward: (c, a, id, pick) => putForward(c, a, id, { to: of([...FORWARD_TO], pick), reason: 'Bereaved' }),
  rematch: (c, a, id) => rematchPlacement(c, a, id, { sessionTimeId: 'another' }),
  book: (c, a, id) => bookPlacement(c, a, id, { startsAt: c.now() }),
  rebook: (c, a, id) => bookPlacement(c, a, id, { startsAt: c.now() }),
  start: (c, a, id) => recordAttendance(c, a, id, { sessionOn: londonDay(c.now()), attended: true }),
  attend: (c, a, id) => recordAttendance(c, a, id, { sessionOn: londonDay(c.now()), attended: true }),
  miss: (c, a, id) => recordAttendance(c, a, id, { sessionOn: londonDay(c.now()), attended: false }),
  attempt: (c, a, id) => logAttempt(c, a, id, { outcome: 'no_answer', channel: 'phone' }),
  didNotStart: (c, a, id) => recordNoStart(c, a, id, { note: 'Rang twice' }),
  review: (c, a, id) => reviewPlacement(c, a, id, {}),
  end: (c, a, id, pick) => endPlacement(c, a, id, { outcome: of(ENDINGS, pick), note: 'Ended.' }),
  withdraw: (c, a, id) => withdrawPlacement(c, a, id, { reason: 'changed_mind' }),
  undo: (c, a, id) => undoPlacement(c, a, id),
}
