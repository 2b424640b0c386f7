import type { z } from 'zod'
import type { Context } from '../../actions/context.ts'
import { sendPlacement } from '../../actions/placements/send-placement.ts'
import { activateReferral } from '../../actions/referrals/activate-referral.ts'
import { assignReferral } from '../../actions/referrals/assign-referral.ts'
import { closeReferral } from '../../actions/referrals/close-referral.ts'
import { logContact } from '../../actions/referrals/log-contact.ts'
import { submitReferral } from '../../actions/referrals/submit-referral.ts'
import { withdrawReferral } from '../../actions/referrals/withdraw-referral.ts'
import type { Actor } from '../../domain/organisation.ts'
import { ReferralRequest } from '../../domain/referral-request.ts'
import type { App } from '../site.ts'
import { carryOut } from './answering.ts'
import { movesOf } from './moves.ts'
import { described, IdParams } from './shapes/basics.ts'
import { PlacementShape, SendBody, WithdrawBody } from './shapes/placements.ts'
import { ActivateBody, AssignBody, CloseBody, ContactBody, ReceiptShape, ReferralShape } from './shapes/referrals.ts'

const TAG = 'Referrals'
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
  move('contacts', 'logContact', 'Log a contact or a try', ContactBody, logContact, 'required')
  move('activate', 'activateReferral', 'Write down the plan agreed with the person', ActivateBody, activateReferral)
  move('close', 'closeReferral', 'Close with an outcome and a summary', CloseBody, closeReferral)
  move('withdraw', 'withdrawReferral', 'Withdraw a referral', WithdrawBody, withdrawReferral)
}

const assignTo = (context: Context, actor: Actor, id: string, { navigatorId }: z.output<typeof AssignBody>) =>
  assignReferral(context, actor, id, navigatorId === undefined ? { toMe: true } : { navigatorId })
