import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { activateReferral } from '../../src/actions/referrals/activate-referral.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { londonDay } from '../../src/domain/day.ts'
import { aRequest, type SmallCity } from './small-city.ts'

/** A referral brought to a stage by the real actions, never by writing rows: no test starts from an impossible state. */
export function stages(city: SmallCity) {
  const { context, practice, navigator, worker, group } = city
  const submitted = async (person: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
    submitReferral(context, practice, aRequest(person, more))
  const assigned = async (person?: Record<string, unknown>) =>
    assignReferral(context, navigator, (await submitted(person)).id, { toMe: true })
  const contacted = async (person?: Record<string, unknown>) =>
    logContact(context, navigator, (await assigned(person)).id, { outcome: 'spoke', channel: 'phone' })
  const active = async (person?: Record<string, unknown>) =>
    activateReferral(context, navigator, (await contacted(person)).id, {
      needs: ['loneliness'],
      strengths: [],
      goals: [{ text: 'Meet people', importance: 7 }],
      consent: { shareWithProviders: true },
    })
  const sent = async (person?: Record<string, unknown>) =>
    sendPlacement(context, navigator, (await active(person)).id, { groupId: group.id })
  const accepted = async (person?: Record<string, unknown>) => acceptPlacement(context, worker, (await sent(person)).id)
  const started = async (person?: Record<string, unknown>) =>
    recordAttendance(context, worker, (await accepted(person)).id, {
      sessionOn: londonDay(context.now()),
      attended: true,
    })
  return { submitted, assigned, contacted, active, sent, accepted, started }
}
