import { describe, expect, it } from 'vitest'
import { listColleagues } from '../../src/actions/access/list-colleagues.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { bookPlacement } from '../../src/actions/placements/book-placement.ts'
import { endPlacement } from '../../src/actions/placements/end-placement.ts'
import { listPlacements } from '../../src/actions/placements/list-placements.ts'
import { markSeen, openPlacement } from '../../src/actions/placements/open-placement.ts'
import { recordAttendance } from '../../src/actions/placements/record-attendance.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { activateReferral } from '../../src/actions/referrals/activate-referral.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { listMatches } from '../../src/actions/referrals/list-matches.ts'
import { listReferrals } from '../../src/actions/referrals/list-referrals.ts'
import { logContact } from '../../src/actions/referrals/log-contact.ts'
import { listHistory, openReferral } from '../../src/actions/referrals/open-referral.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { aRequest, smallCity } from '../support/small-city.ts'

describe('one referral from the practice to its outcome', () => {
  it('takes every step, and at each step somebody owns what comes next', async () => {
    const city = await smallCity()
    const { context, practice, navigator, worker, group } = city
    const sent = await submitReferral(context, practice, aRequest())
    expect(sent).toMatchObject({ status: 'submitted', nextAction: { what: 'triage', owner: { kind: 'organisation' } } })

    const assigned = await assignReferral(context, navigator, sent.id, { toMe: true })
    expect(assigned).toMatchObject({
      status: 'assigned',
      nextAction: { what: 'first_contact', owner: { id: navigator.userId } },
    })

    const contacted = await logContact(context, navigator, sent.id, { outcome: 'spoke', channel: 'phone' })
    expect(contacted).toMatchObject({ status: 'contacted', nextAction: { what: 'plan' } })

    const active = await activateReferral(context, navigator, sent.id, {
      needs: ['loneliness'],
      strengths: ['gardening'],
      goals: [{ text: 'Get out once a week', importance: 8 }],
      consent: { shareWithProviders: true },
    })
    expect(active).toMatchObject({ status: 'active', nextAction: { what: 'place' } })

    const [best] = await listMatches(context, navigator, sent.id)
    expect(best).toMatchObject({ groupId: group.id, verdict: 'eligible' })

    const placement = await sendPlacement(context, navigator, sent.id, { groupId: group.id })
    expect(placement).toMatchObject({ status: 'sent', nextAction: { what: 'decide', owner: { kind: 'organisation' } } })

    const [waiting] = (await listPlacements(context, worker, {})).items
    expect(waiting?.person).toBeNull()
    expect(JSON.stringify(await openPlacement(context, worker, placement.id))).not.toContain('Okafor')
    await markSeen(context, worker, placement.id)
    const accepted = await acceptPlacement(context, worker, placement.id)
    expect(accepted).toMatchObject({ status: 'accepted', person: { fullName: 'Maria Okafor' } })
    expect(accepted.nextAction?.what).toBe('first_session')

    await bookPlacement(context, worker, placement.id, { startsAt: context.now() })
    const started = await recordAttendance(context, worker, placement.id, {
      sessionOn: context.now().toISOString().slice(0, 10),
      attended: true,
    })
    expect(started).toMatchObject({ status: 'started', nextAction: { what: 'review_place' } })
    const ended = await endPlacement(context, worker, placement.id, { outcome: 'completed', note: 'Comes every week' })
    expect(ended).toMatchObject({ status: 'completed', nextAction: null })

    const back = await openReferral(context, navigator, sent.id)
    expect(back.nextAction).toMatchObject({ what: 'agree_next', owner: { id: navigator.userId } })
    const closed = await closeReferral(context, navigator, sent.id, {
      outcome: 'completed',
      summary: 'Goes to the allotment every Thursday.',
      goals: back.goals.map(({ id }) => ({ id, result: 'achieved' as const })),
    })
    expect(closed).toMatchObject({ status: 'completed', nextAction: null, goals: [{ result: 'achieved' }] })

    const news = await listReferrals(context, practice, { order: 'news' })
    expect(news.items[0]).toMatchObject({
      status: 'completed',
      closingSummary: 'Goes to the allotment every Thursday.',
    })
    const history = await listHistory(context, navigator, sent.id)
    expect(history.map(({ type }) => type)).toEqual([
      'referral.submitted',
      'referral.assigned',
      'referral.contacted',
      'referral.activated',
      'placement.sent',
      'referral.placed',
      'placement.seen',
      'placement.accepted',
      'placement.booked',
      'referral.watched',
      'placement.started',
      'referral.watched',
      'placement.ended',
      'referral.handed-back',
      'referral.completed',
    ])
    expect(await listColleagues(context, navigator, 'navigator')).toHaveLength(1)
  })
})
