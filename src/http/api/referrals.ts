import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { activateReferral } from '../../actions/referrals/activate-referral.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { closeReferral } from '../../actions/referrals/close-referral.ts'
import { logContact } from '../../actions/referrals/log-contact.ts'
import { submitReferral } from '../../actions/referrals/submit-referral.ts'
import { withdrawReferral } from '../../actions/referrals/withdraw-referral.ts'
import { ReferralRequest } from '../../domain/referral-request.ts'
import type { App } from '../site.ts'
import { carryOut } from './answering.ts'
import { described, IdParams } from './shapes/basics.ts'
import { PlacementShape, SendBody, WithdrawBody } from './shapes/placements.ts'
import { ActivateBody, AssignBody, CloseBody, ContactBody, ReceiptShape, ReferralShape } from './shapes/referrals.ts'

const TAG = 'Referrals'
const signedIn = { access: 'signed-in' } as const
const withKey = { access: 'signed-in', key: 'required' } as const

/** What is done to a referral. */
export async function addReferrals(app: App): Promise<void> {
  app.post(
    '/referrals',
    {
      config: withKey,
      schema: { ...described(TAG, 'submitReferral', 'Refer somebody', { 201: ReceiptShape }), body: ReferralRequest },
    },
    (request, reply) => carryOut(request, reply, 201, (context, actor) => submitReferral(context, actor, request.body)),
  )

  app.post(
    '/referrals/:id/assign',
    {
      config: signedIn,
      schema: {
        ...described(TAG, 'assignReferral', 'Take a referral, or give it to a colleague', { 200: ReferralShape }),
        params: IdParams,
        body: AssignBody,
      },
    },
    (request, reply) => {
      const { navigatorId } = request.body
      const to = navigatorId === undefined ? { toMe: true as const } : { navigatorId }
      return carryOut(request, reply, 200, (context, actor) => assignReferral(context, actor, request.params.id, to))
    },
  )

  app.post(
    '/referrals/:id/contacts',
    {
      config: withKey,
      schema: {
        ...described(TAG, 'logContact', 'Log a contact or a try', { 200: ReferralShape }),
        params: IdParams,
        body: ContactBody,
      },
    },
    (request, reply) =>
      carryOut(request, reply, 200, (context, actor) => logContact(context, actor, request.params.id, request.body)),
  )

  app.post(
    '/referrals/:id/activate',
    {
      config: signedIn,
      schema: {
        ...described(TAG, 'activateReferral', 'Write down the plan agreed with the person', { 200: ReferralShape }),
        params: IdParams,
        body: ActivateBody,
      },
    },
    (request, reply) =>
      carryOut(request, reply, 200, (context, actor) =>
        activateReferral(context, actor, request.params.id, request.body),
      ),
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

  app.post(
    '/referrals/:id/close',
    {
      config: signedIn,
      schema: {
        ...described(TAG, 'closeReferral', 'Close with an outcome and a summary', { 200: ReferralShape }),
        params: IdParams,
        body: CloseBody,
      },
    },
    (request, reply) =>
      carryOut(request, reply, 200, (context, actor) => closeReferral(context, actor, request.params.id, request.body)),
  )

  app.post(
    '/referrals/:id/withdraw',
    {
      config: signedIn,
      schema: {
        ...described(TAG, 'withdrawReferral', 'Withdraw a referral', { 200: ReferralShape }),
        params: IdParams,
        body: WithdrawBody,
      },
    },
    (request, reply) =>
      carryOut(request, reply, 200, (context, actor) =>
        withdrawReferral(context, actor, request.params.id, request.body),
      ),
  )
}
