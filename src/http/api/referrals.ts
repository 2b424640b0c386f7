import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { activateReferral } from '../../actions/referrals/activate-referral.ts'
import { answerSignpost } from '../../actions/referrals/answer-signpost.ts'
import { answerNavigator, askReferrer } from '../../actions/referrals/ask-referrer.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { closeReferral } from '../../actions/referrals/close-referral.ts'
import { holdReferral, resumeReferral } from '../../actions/referrals/hold-referral.ts'
import { logContact } from '../../actions/referrals/log-contact.ts'
import { recordUnmetNeed } from '../../actions/referrals/record-unmet-need.ts'
import { answerRedirect, redirectReferral } from '../../actions/referrals/redirect-referral.ts'
import { reopenReferral } from '../../actions/referrals/reopen-referral.ts'
import { signpost } from '../../actions/referrals/signpost.ts'
import { submitForReceipt } from '../../actions/referrals/submit-referral.ts'
import { undoReferral } from '../../actions/referrals/undo-referral.ts'
import { withdrawConsent } from '../../actions/referrals/withdraw-consent.ts'
import { withdrawReferral } from '../../actions/referrals/withdraw-referral.ts'
import type { Actor } from '../../domain/organisation.ts'
import { ReferralRequest } from '../../domain/referral-request.ts'
import type { App } from '../site.ts'
import { carryOut } from './answering.ts'
import { movesOf } from './moves.ts'
import { AnswerBody, AskBody, described, IdParams, NothingBody } from './shapes/basics.ts'
import { AnswerSignpostBody, UnmetNeedBody } from './shapes/matches.ts'
import { ContactBody, PlacementShape, SendBody, WithdrawBody } from './shapes/placements.ts'
import {
  ActivateBody,
  AnswerRedirectBody,
  AssignBody,
  CloseBody,
  HoldBody,
  ReceiptShape,
  RedirectBody,
  ReferralShape,
  ReopenBody,
  SignpostBody,
  WithdrawConsentBody,
} from './shapes/referrals.ts'

const TAG = 'Referrals'
const SignpostParams = IdParams.extend({ signpostId: IdParams.shape.id })
const withKey = { access: 'signed-in', key: 'required' } as const

/** What is done to a referral. */
export async function addReferrals(app: App): Promise<void> {
  app.post(
    '/referrals',
    {
      config: withKey,
      schema: { ...described(TAG, 'submitReferral', 'Refer somebody', { 201: ReceiptShape }), body: ReferralRequest },
    },
    (request, reply) =>
      carryOut(request, reply, 201, (context, actor) => submitForReceipt(context, actor, request.body)),
  )

  app.post(
    '/referrals/:id/placements',
    {
      config: withKey,
      schema: {
        ...described(TAG, 'sendPlacement', 'Send the person to a group', { 201: PlacementShape }),
        params: IdParams,
        body: SendBody,
      },
    },
    (request, reply) =>
      carryOut(request, reply, 201, (context, actor) => sendPlacement(context, actor, request.params.id, request.body)),
  )

  const move = movesOf(app, { noun: 'referrals', tag: TAG, answer: ReferralShape })
  move('assign', 'assignReferral', 'Take a referral, or give it to a colleague', AssignBody, assignTo)
  move('contacts', 'logContact', 'Log a contact or a try', ContactBody, logContact, { key: 'required' })
  move('ask', 'askReferrer', 'Ask whoever referred, or the person', AskBody, askReferrer)
  move('answer', 'answerNavigator', 'Answer the navigator’s question', AnswerBody, answerNavigator)
  move('activate', 'activateReferral', 'Write down the plan agreed with the person', ActivateBody, activateReferral)
  move('signposts', 'signpost', 'Point the person to something open', SignpostBody, signpost, {
    key: 'required',
    status: 201,
  })
  move('unmet-needs', 'recordUnmetNeed', 'Record needs that nobody meets', UnmetNeedBody, recordUnmetNeed, {
    key: 'required',
    status: 201,
  })
  app.post(
    '/referrals/:id/signposts/:signpostId/answer',
    {
      config: { access: 'signed-in' },
      schema: {
        ...described(TAG, 'answerSignpost', 'Record whether the person went', { 200: ReferralShape }),
        params: SignpostParams,
        body: AnswerSignpostBody,
      },
    },
    (request, reply) => {
      const { id, signpostId } = request.params
      return carryOut(request, reply, 200, (context, actor) =>
        answerSignpost(context, actor, id, { signpostId, ...request.body }),
      )
    },
  )
  move('redirect', 'redirectReferral', 'Redirect to another team', RedirectBody, redirectReferral)
  // Whoever says no may not know the person any more, so the answer names nobody.
  const answer = movesOf(app, { noun: 'referrals', tag: TAG, answer: ReceiptShape })
  answer('answer-redirect', 'answerRedirect', 'Take it on for that team, or not', AnswerRedirectBody, answerRedirect)
  move('hold', 'holdReferral', 'Put on hold until an agreed day', HoldBody, holdReferral)
  move('resume', 'resumeReferral', 'Start again before that day', NothingBody, resumeReferral)
  move('close', 'closeReferral', 'Close with an outcome and a summary', CloseBody, closeReferral)
  move('withdraw', 'withdrawReferral', 'Withdraw a referral', WithdrawBody, withdrawReferral)
  move(
    'withdraw-consent',
    'withdrawConsent',
    'Record that the person no longer agrees to share with a provider',
    WithdrawConsentBody,
    withdrawConsent,
  )
  move('reopen', 'reopenReferral', 'Open a closed referral again', ReopenBody, reopenReferral)
  move('undo', 'undoReferral', 'Take your last move back, within a day', NothingBody, undoReferral)
}

const assignTo = (context: Context, actor: Actor, id: string, { navigatorId }: z.output<typeof AssignBody>) =>
  assignReferral(context, actor, id, navigatorId === undefined ? { toMe: true } : { navigatorId })
