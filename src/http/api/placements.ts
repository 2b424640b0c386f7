import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import { acceptPlacement } from '../../actions/placements/accept-placement.ts'
import { answerProject, askNavigator } from '../../actions/placements/ask-navigator.ts'
import { bookPlacement } from '../../actions/placements/book-placement.ts'
import { declinePlacement } from '../../actions/placements/decline-placement.ts'
import { endPlacement } from '../../actions/placements/end-placement.ts'
import { listPlacements } from '../../actions/placements/list-placements.ts'
import { logAttempt } from '../../actions/placements/log-attempt.ts'
import { answerOffer, offerPlacement } from '../../actions/placements/offer-placement.ts'
import { markSeen, openPlacement } from '../../actions/placements/open-placement.ts'
import { putForward } from '../../actions/placements/put-forward.ts'
import { recallPlacement } from '../../actions/placements/recall-placement.ts'
import { recordAttendance } from '../../actions/placements/record-attendance.ts'
import { recordNoStart } from '../../actions/placements/record-no-start.ts'
import { redirectPlacement } from '../../actions/placements/redirect-placement.ts'
import { releaseOthers } from '../../actions/placements/release-other-lists.ts'
import { rematchPlacement } from '../../actions/placements/rematch-placement.ts'
import { reviewPlacement } from '../../actions/placements/review-placement.ts'
import { sayFit } from '../../actions/placements/say-fit.ts'
import { undoPlacement } from '../../actions/placements/undo-placement.ts'
import {
  confirmStillWanted,
  pauseWaiting,
  resumePlacement,
  waitlistPlacement,
} from '../../actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../actions/placements/withdraw-placement.ts'
import type { Actor } from '../../domain/organisation.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { tagged } from './answering.ts'
import { movesOf } from './moves.ts'
import { AnswerBody, AskBody, described, IdParams, NothingBody, pageOf } from './shapes/basics.ts'
import {
  AcceptBody,
  AttendanceBody,
  BetterProjectBody,
  BookBody,
  CompleteBody,
  ContactBody,
  DeclineBody,
  FitBody,
  NoStartBody,
  OfferAnswerBody,
  OfferBody,
  PauseBody,
  PlacementQuery,
  PlacementShape,
  PutForwardBody,
  ReleaseBody,
  RematchBody,
  ReviewBody,
  WithdrawBody,
} from './shapes/placements.ts'

const TAG = 'Placements'

export async function addPlacements(app: App): Promise<void> {
  app.get(
    '/placements',
    {
      config: { access: 'signed-in' },
      schema: {
        ...described(TAG, 'listPlacements', 'The placements you may see, newest first', {
          200: pageOf(PlacementShape),
        }),
        querystring: PlacementQuery,
      },
    },
    (request) => listPlacements(request.context, actorOf(request), request.query),
  )

  app.get(
    '/placements/:id',
    {
      config: { access: 'signed-in' },
      schema: { ...described(TAG, 'openPlacement', 'One placement', { 200: PlacementShape }), params: IdParams },
    },
    async (request, reply) => tagged(reply, await openPlacement(request.context, actorOf(request), request.params.id)),
  )

  const move = movesOf(app, { noun: 'placements', tag: TAG, answer: PlacementShape })
  move('open', 'markSeen', 'Say that the project has seen it', NothingBody, markSeen)
  move('ask', 'askNavigator', 'Ask the navigator before deciding', AskBody, askNavigator)
  move('answer', 'answerProject', 'Answer the project’s question', AnswerBody, answerProject)
  move('accept', 'acceptPlacement', 'Take the person, and one place', AcceptBody, acceptOrNothing, { key: 'required' })
  move('waitlist', 'waitlistPlacement', 'Put on the waiting list', NothingBody, waitlistPlacement)
  move('still-wanted', 'confirmStillWanted', 'Say that the place is still wanted', NothingBody, confirmStillWanted)
  move('pause', 'pauseWaiting', 'Wait again from an agreed day', PauseBody, pauseWaiting)
  move('resume', 'resumeWaiting', 'Wait again before that day', NothingBody, resumePlacement)
  move('offer', 'offerPlacement', 'Offer a free place', OfferBody, offerOrNothing)
  move(
    'put-forward',
    'putForward',
    'Put somebody forward in the queue, or back, with a reason',
    PutForwardBody,
    putForward,
  )
  move('rematch', 'rematchPlacement', 'Name another volunteer or session', RematchBody, rematchPlacement)
  move('release-others', 'releaseOthers', 'Give up other waiting lists, having a place', ReleaseBody, releaseOthers)
  move('answer-offer', 'answerOffer', 'Record what the person said to the offer', OfferAnswerBody, answerOffer)
  move('redirect', 'redirectPlacement', 'Name a better project', BetterProjectBody, redirectPlacement)
  move('recall', 'recallPlacement', 'Take the request back', NothingBody, recallPlacement)
  move('decline', 'declinePlacement', 'Say no, with a reason', DeclineBody, declinePlacement)
  move('book', 'bookPlacement', 'Arrange the first session', BookBody, bookPlacement)
  move('contacts', 'logAttempt', 'Log a try to reach the person', ContactBody, logAttempt, { key: 'required' })
  move('attendance', 'recordAttendance', 'Record a session', AttendanceBody, recordAttendance, { key: 'required' })
  move('did-not-start', 'recordNoStart', 'Say that the person did not begin', NoStartBody, recordNoStart)
  move('review', 'reviewPlacement', 'Record how it is going', ReviewBody, reviewOrNothing)
  move('complete', 'endPlacement', 'Record how it ended', CompleteBody, endPlacement)
  move('fit', 'sayFit', 'Say whether it was the right referral', FitBody, sayFit)
  move('withdraw', 'withdrawPlacement', 'Withdraw a placement', WithdrawBody, withdrawPlacement)
  move('undo', 'undoPlacement', 'Take your last move back, within a day', NothingBody, undoPlacement)
}

const acceptOrNothing = (context: Context, actor: Actor, id: string, body: z.output<typeof AcceptBody>) =>
  acceptPlacement(context, actor, id, body ?? {})

const offerOrNothing = (context: Context, actor: Actor, id: string, body: z.output<typeof OfferBody>) =>
  offerPlacement(context, actor, id, body ?? {})

const reviewOrNothing = (context: Context, actor: Actor, id: string, body: z.output<typeof ReviewBody>) =>
  reviewPlacement(context, actor, id, body ?? {})
