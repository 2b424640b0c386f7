import type { ReferralView } from '../../actions/referrals/view.ts'
import { Refusal } from '../../domain/refusal.ts'

/** A form is only shown to those who may send it, in a state in which it can be sent. */
export function requireDoor({ allowedActions, canSeeWork, statusText }: ReferralView, door: string): void {
  if (allowedActions.includes(door)) return
  if (!canSeeWork) throw new Refusal('not-allowed', 'Your role in this organisation does not allow this.')
  throw new Refusal('wrong-status', `This referral is “${statusText.toLowerCase()}”, so this is not possible now.`)
}
