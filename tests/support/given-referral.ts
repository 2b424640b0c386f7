import type { Context } from '../../src/actions/context.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { activateReferral } from '../../src/actions/referrals/activate-referral.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { londonDay } from '../../src/domain/day.ts'
import type { Actor } from '../../src/domain/organisation.ts'
import { aRequest } from './small-city.ts'

interface Parties {
  referrer: Actor
  navigator: Actor
  worker: Actor
  group: { id: string }
}

export const A_PLAN = {
  needs: ['loneliness'],
  strengths: ['gardening'],
  goals: [{ text: 'Get out once a week', importance: 8 }],
  consent: { shareWithProviders: true },
}

/**
 * A referral brought to a stage by the real actions: `await given.referral(city).assigned()`. Stages up to `active`
 * answer with the referral, later ones with its placement in the city's group.
 */
export function referralsIn(context: Context) {
  return function referral(city: Parties, person: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
    const { referrer, navigator, worker, group } = city
    const stages = {
      submitted: () => submitReferral(context, referrer, aRequest(person, more)),
      assigned: async () => assignReferral(context, navigator, (await stages.submitted()).id, { toMe: true }),
      contacted: async () =>
        logContact(context, navigator, (await stages.assigned()).id, { outcome: 'spoke', channel: 'phone' }),
      active: async () => activateReferral(context, navigator, (await stages.contacted()).id, A_PLAN),
      sent: async () => sendPlacement(context, navigator, (await stages.active()).id, { groupId: group.id }),
      accepted: async () => acceptPlacement(context, worker, (await stages.sent()).id),
      started: async () =>
        recordAttendance(context, worker, (await stages.accepted()).id, {
          sessionOn: londonDay(context.now()),
          attended: true,
        }),
    }
    return stages
  }
}
