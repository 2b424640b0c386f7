import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { cancelGroup } from '../../src/actions/directory/cancel-group.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../src/actions/placements/end-placement.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { recallPlacement } from '../../src/actions/placements/recall-placement.ts'
import { undoPlacement } from '../../src/actions/placements/undo-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { assignReferral } from '../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../src/actions/referrals/close-referral.ts'
import { holdReferral, resumeReferral } from '../../src/actions/referrals/hold-referral.ts'
import { listReferrals } from '../../src/actions/referrals/list-referrals.ts'
import { openReferral } from '../../src/actions/referrals/open-referral.ts'
import { answerRedirect, redirectReferral } from '../../src/actions/referrals/redirect-referral.ts'
import { reopenReferral } from '../../src/actions/referrals/reopen-referral.ts'
import { submitReferral } from '../../src/actions/referrals/submit-referral.ts'
import { undoReferral } from '../../src/actions/referrals/undo-referral.ts'
import { withdrawConsent } from '../../src/actions/referrals/withdraw-consent.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import type { PlacementRow } from '../../src/store/placements.ts'
import { grants, groups, memberships, organisations } from '../../src/store/schema.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { aRequest } from '../support/small-city.ts'
import { type ClockCity, clockCity } from './clocks/at-work.ts'

const DIRECT = { projectId: 'project-roots', consent: { shareWithNavigator: true, shareWithProject: true } }
const HOLD = { reason: 'In hospital', restartsOn: '2026-12-14' }
const MOVED = { outcome: 'closed_early', reason: 'Moved', summary: 'Moved away' } as const

async function direct({ context, practice }: ClockCity) {
  const { id, placements } = await submitReferral(context, practice, aRequest({}, DIRECT))
  return { id, placementId: placements[0]?.id ?? '' }
}

/** Somebody in the only place, and others who wait for it in this order. */
async function fullGroup(names: string[]) {
  const city = await clockCity({ places: 1 })
  const { id } = await city.stage.accepted()
  const { referralId } = await city.placement(id)
  const waiting: PlacementRow[] = []
  for (const fullName of names) {
    const sent = await city.stage.sent({ fullName })
    await waitlistPlacement(city.context, city.worker, sent.id)
    waiting.push(await city.placement(sent.id))
  }
  const decline = () => declinePlacement(city.context, city.worker, id, { reason: 'person_declined' })
  const statusOf = async (index: number) => (await city.placement(waiting[index]?.id ?? '')).status
  return { ...city, taken: { id, referralId }, waiting, decline, statusOf }
}

describe('a direct referral', () => {
  it('is looked at by the navigator it is given to, and not left with a step the project has done', async () => {
    const city = await clockCity()
    const { id, placementId } = await direct(city)
    await assignReferral(city.context, city.lead, id, { navigatorId: city.navigator.userId })
    const given = { nextOwnerKind: 'navigator', nextStep: 'review', nextDueOn: '2026-11-30' }
    expect(await city.referral(id)).toMatchObject(given)
    await acceptPlacement(city.context, city.worker, placementId)
    expect(await city.referral(id)).toMatchObject(given)
  })

  it.each([
    ['a hold', (city: ClockCity, id: string) => resumed(city, id)],
    ['another team', (city: ClockCity, id: string) => turnedBack(city, id)],
  ])('comes back from %s as the navigator’s to look at, not as theirs to do the project’s work', async (_, there) => {
    const city = await clockCity()
    const { id, placementId } = await direct(city)
    await acceptPlacement(city.context, city.worker, placementId)
    await there(city, id)
    expect(await city.referral(id)).toMatchObject({ nextOwnerKind: 'navigator', nextStep: 'review' })
  })

  it('is like any other once it was opened again', async () => {
    const city = await clockCity()
    const { id } = await direct(city)
    await withdrawReferral(city.context, city.navigator, id, { reason: 'sent_in_error' })
    await reopenReferral(city.context, city.navigator, id, { reason: 'It was none' })
    expect(await city.referral(id)).toMatchObject({ status: 'assigned', isDirect: false })
  })
})

async function resumed({ context, navigator }: ClockCity, id: string) {
  await holdReferral(context, navigator, id, HOLD)
  await resumeReferral(context, navigator, id)
}

async function turnedBack({ context, navigator }: ClockCity, id: string) {
  await redirectReferral(context, navigator, id, { to: 'A team far away', reason: 'Nearer' })
  await answerRedirect(context, navigator, id, { accepted: false })
}

describe('a free place', () => {
  it('is offered when an acceptance is the first word on the places for weeks', async () => {
    const city = await clockCity({ places: 3 })
    await city.db.write((tx) => tx.update(groups).set({ capacityConfirmedAt: new Date('2026-10-01T10:00:00Z') }))
    const waits = await city.stage.sent()
    await waitlistPlacement(city.context, city.worker, waits.id)
    const other = await city.stage.sent({ fullName: 'Ben Two' })
    await acceptPlacement(city.context, city.worker, other.id, { overOthers: 'Known to the group' })
    expect(await city.placement(waits.id)).toMatchObject({ status: 'offered' })
  })
})

describe('taking back', () => {
  it('a hold puts whoever lost their offer by it back on the waiting list', async () => {
    const { context, navigator, waiting, decline, statusOf, placement } = await fullGroup(['Ada One', 'Bea Two'])
    await decline()
    expect(await statusOf(0)).toBe('offered')
    const { id = '', referralId = '', waitingSince } = waiting[0] ?? {}
    await holdReferral(context, navigator, referralId, HOLD)
    expect(await statusOf(1)).toBe('offered')
    await undoReferral(context, navigator, referralId)
    expect(await placement(id)).toMatchObject({ status: 'waitlisted', pausedByHold: false, waitingSince })
  })

  it('a closing whose place is gone hands back to the navigator', async () => {
    const { context, navigator, taken, placement, referral } = await fullGroup(['Ada One'])
    await closeReferral(context, navigator, taken.referralId, MOVED)
    await undoReferral(context, navigator, taken.referralId)
    expect(await placement(taken.id)).toMatchObject({ status: 'withdrawn' })
    expect(await referral(taken.referralId)).toMatchObject({
      status: 'active',
      nextOwnerKind: 'navigator',
      nextStep: 'agree_next',
      nextDueOn: '2026-11-25',
    })
  })

  it('puts nobody into a group that was cancelled meanwhile', async () => {
    const city = await clockCity()
    const { id } = await city.stage.sent()
    await recallPlacement(city.context, city.navigator, id)
    await cancelGroup(city.context, city.worker, 'group-roots', { reason: 'The hall closed' })
    await expectRefusal(city.db, 'wrong-status', () => undoPlacement(city.context, city.navigator, id))
  })

  it('a closing takes back what it said of the goals', async () => {
    const city = await clockCity()
    const { context, navigator, stage } = city
    const { id, goals } = await stage.active()
    await closeReferral(context, navigator, id, MOVED)
    await reopenReferral(context, navigator, id, { reason: 'Back again' })
    const results = goals.map((goal) => ({ id: goal.id, result: 'not' as const }))
    const closing = { outcome: 'not_suitable', reason: 'Other', summary: 'Other', goals: results } as const
    await closeReferral(context, navigator, id, closing)
    await undoReferral(context, navigator, id)
    expect((await openReferral(context, navigator, id)).goals).toMatchObject([{ result: null }])
  })
})

describe('a group that is cancelled', () => {
  it('hands whoever was in it back within two working days', async () => {
    const city = await clockCity()
    const { id } = await city.stage.started()
    await cancelGroup(city.context, city.worker, 'group-roots', { reason: 'The hall closed' })
    const { referralId } = await city.placement(id)
    expect(await city.referral(referralId)).toMatchObject({ nextStep: 'agree_next', nextDueOn: '2026-11-25' })
  })
})

describe('another team', () => {
  it('sees no more of what it took on once that is opened again, and again when that is taken back', async () => {
    const city = await clockCity()
    const { context, db, navigator } = city
    // Somebody there can answer.
    const lead = { userId: navigator.userId, organisationId: 'shirley-surgery', role: 'triage_lead' as const }
    await db.write((tx) => tx.insert(memberships).values({ ...lead, id: 'lead-there', createdAt: context.now() }))
    const { id } = await city.stage.active()
    await redirectReferral(context, navigator, id, { to: 'shirley-surgery', reason: 'Step up' })
    await answerRedirect(context, navigator, id, { accepted: true })
    const team = async () => {
      const rows = await db.read.select().from(grants).where(eq(grants.organisationId, 'shirley-surgery'))
      const { redirectedToOrganisationId } = await city.referral(id)
      return { sees: redirectedToOrganisationId, live: rows.filter(({ endedAt }) => endedAt === null).length }
    }
    expect(await team()).toEqual({ sees: 'shirley-surgery', live: 1 })
    await reopenReferral(context, navigator, id, { reason: 'Came back' })
    expect(await team()).toEqual({ sees: null, live: 0 })
    await undoReferral(context, navigator, id)
    expect(await team()).toEqual({ sees: 'shirley-surgery', live: 1 })
  })

  it('is never one that only looks at figures', async () => {
    const { context, db, navigator, stage } = await clockCity()
    const figures = { id: 'figures', slug: 'figures', name: 'Figures', kind: 'commissioner' as const }
    const organisation = { ...figures, email: 'team@figures.example', isDefaultService: false, odsCode: null }
    await db.write((tx) => tx.insert(organisations).values(organisation))
    const { id } = await stage.active()
    const redirection = { to: 'figures', reason: 'Interested', consent: { shareWithTeam: true } }
    await expectRefusal(db, 'invalid-input', () => redirectReferral(context, navigator, id, redirection))
  })
})

describe('a duplicate', () => {
  it('is not of one that was itself closed as a duplicate: the person would be left with neither', async () => {
    const { context, db, navigator, stage } = await clockCity()
    const [one, two] = [await stage.assigned(), await stage.assigned()]
    const of = (duplicateOf: string) => ({ outcome: 'duplicate', duplicateOf, summary: 'Twice' }) as const
    await closeReferral(context, navigator, one.id, of(two.id))
    await expectRefusal(db, 'invalid-input', () => closeReferral(context, navigator, two.id, of(one.id)))
  })

  it('is not opened again when the person died, wherever that was recorded', async () => {
    const { context, db, navigator, stage } = await clockCity()
    const [one, two] = [await stage.contacted(), await stage.assigned()]
    await closeReferral(context, navigator, two.id, { outcome: 'duplicate', duplicateOf: one.id, summary: 'Twice' })
    await closeReferral(context, navigator, one.id, { outcome: 'closed_early', reason: 'died' })
    await expectRefusal(db, 'wrong-status', () => reopenReferral(context, navigator, two.id, { reason: 'Wrong' }))
    expect((await openReferral(context, navigator, two.id)).allowedActions).not.toContain('reopen')
  })
})

describe('what the person said of a provider', () => {
  it('reaches what has ended there, too', async () => {
    const { context, navigator, worker, stage } = await clockCity()
    const placement = await stage.started()
    const note = 'Goes on by himself.'
    await endPlacement(context, worker, placement.id, { outcome: 'completed', note })
    expect((await openPlacement(context, worker, placement.id)).person).not.toBeNull()
    const { referralId } = await openPlacement(context, navigator, placement.id)
    await withdrawConsent(context, navigator, referralId ?? '', { provider: 'community-roots' })
    expect((await openPlacement(context, worker, placement.id)).person).toBeNull()
  })
})

describe('a team in which nobody could answer', () => {
  it('is asked outside: the navigator finds out, and nothing is shown there', async () => {
    const { context, db, navigator, stage } = await clockCity()
    const { id } = await stage.active()
    const redirection = { to: 'mens-shed', reason: 'A workshop first', consent: { shareWithTeam: true } }
    const view = await redirectReferral(context, navigator, id, redirection)
    expect(view).toMatchObject({
      redirectedTo: { organisation: null },
      nextAction: { what: 'hear_redirect', owner: { id: navigator.userId } },
    })
    expect(await db.read.select().from(grants).where(eq(grants.organisationId, 'mens-shed'))).toEqual([])
  })
})

describe('a summary', () => {
  it('is nobody’s to read while the referral is open, and there again when the reopening is taken back', async () => {
    const { context, navigator, practice, stage } = await clockCity()
    const { id } = await stage.contacted()
    await closeReferral(context, navigator, id, { outcome: 'completed', summary: 'Found a choir.' })
    const shown = async () => (await listReferrals(context, practice, {})).items.map((one) => one.closingSummary)
    expect(await shown()).toEqual(['Found a choir.'])
    await reopenReferral(context, navigator, id, { reason: 'Came back' })
    expect(await shown()).toEqual([null])
    await undoReferral(context, navigator, id)
    expect(await shown()).toEqual(['Found a choir.'])
  })
})
