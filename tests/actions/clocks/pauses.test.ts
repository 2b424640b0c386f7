import { describe, expect, test } from 'vitest'
import { resumeHolds } from '../../../src/actions/clocks/resume-holds.ts'
import { resumeWaitingPlaces } from '../../../src/actions/clocks/resume-waiting.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { pauseWaiting, resumePlacement, waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { holdReferral, resumeReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { type ClockCity, clockCity, dying, overtaken } from './at-work.ts'

const RESTART = '2026-12-14'
const HOLD = { reason: 'In hospital', restartsOn: RESTART }

/** Nobody fits in any more, so whoever comes now waits. */
async function waiting(city: ClockCity) {
  const first = await city.stage.accepted()
  const { id } = await city.stage.sent()
  await waitlistPlacement(city.context, city.worker, id)
  const { referralId } = await city.placement(id)
  await city.mail()
  return { id, referralId, taken: first.id }
}

describe('a referral on hold', () => {
  test('starts again on its day, with what waited under it', async () => {
    const city = await clockCity({ places: 1 })
    const { id, referralId } = await waiting(city)
    const { waitingSince } = await city.placement(id)
    await holdReferral(city.context, city.navigator, referralId, HOLD)
    expect(await city.placement(id)).toMatchObject({ status: 'paused', pausedByHold: true })
    expect(await city.at('2026-12-13T23:59Z', resumeHolds)).toBe(0)
    expect(await city.at('2026-12-14T09:00Z', resumeWaitingPlaces)).toBe(0)
    expect(await city.twiceAt('2026-12-14T00:00Z', resumeHolds)).toBe(1)
    expect(await city.referral(referralId)).toMatchObject({
      status: 'active',
      restartsOn: null,
      nextOwnerKind: 'navigator',
      nextDueOn: '2026-12-16',
    })
    expect(await city.placement(id)).toMatchObject({ status: 'waitlisted', pausedByHold: false, waitingSince })
    expect(await city.mail()).toEqual([`referral-resumed → ${city.navigator.userId}`])
    expect(await city.at('2026-12-20T09:00Z', resumeHolds)).toBe(0)
  })

  test('is offered a place that is free when it starts again', async () => {
    const city = await clockCity({ places: 2 })
    await city.stage.accepted()
    const { id } = await city.stage.sent()
    await waitlistPlacement(city.context, city.worker, id)
    const { referralId } = await city.placement(id)
    await holdReferral(city.context, city.navigator, referralId, { ...HOLD, restartsOn: '2026-11-30' })
    await city.at('2026-11-30T09:00Z', resumeHolds)
    expect(await city.placement(id)).toMatchObject({ status: 'offered' })
  })

  test('comes back by the limits of the service', async () => {
    const city = await clockCity()
    await city.limits({ afterReturn: 5 })
    const { id } = await city.stage.contacted()
    await holdReferral(city.context, city.navigator, id, { ...HOLD, restartsOn: '2026-12-24' })
    await city.at('2026-12-24T17:30Z', resumeHolds)
    expect(await city.referral(id)).toMatchObject({ status: 'contacted', nextStep: 'plan', nextDueOn: '2027-01-06' })
  })

  test('starts once, whoever is faster, and after a crash', async () => {
    const city = await clockCity()
    const { context, navigator, clock } = city
    const { id } = await city.stage.contacted()
    await holdReferral(context, navigator, id, HOLD)
    clock.set('2026-12-14T09:00Z')
    const { signal } = new AbortController()
    await expect(resumeHolds(dying(context), signal)).rejects.toThrow('The process was killed')
    expect(
      await resumeHolds(
        overtaken(context, () => resumeReferral(context, navigator, id)),
        signal,
      ),
    ).toBe(0)
    expect((await city.told(id)).filter((type) => type === 'resumed')).toHaveLength(1)
  })
})

describe('a place in the queue that somebody paused', () => {
  test('waits again on its day, with the time of joining as it was', async () => {
    const city = await clockCity({ places: 1 })
    const { id } = await waiting(city)
    const { waitingSince } = await city.placement(id)
    await pauseWaiting(city.context, city.navigator, id, { restartsOn: RESTART })
    expect(await city.at('2026-12-13T23:59Z', resumeWaitingPlaces)).toBe(0)
    expect(await city.twiceAt('2026-12-14T00:00Z', resumeWaitingPlaces)).toBe(1)
    expect(await city.placement(id)).toMatchObject({
      status: 'waitlisted',
      waitingSince,
      nextStep: 'ask_still_wanted',
      nextDueOn: '2027-01-11',
    })
  })

  test('is offered a free place at once', async () => {
    const city = await clockCity({ places: 2 })
    const { id } = await waiting(city)
    await pauseWaiting(city.context, city.navigator, id, { restartsOn: '2026-11-30' })
    await city.at('2026-11-30T09:00Z', resumeWaitingPlaces)
    expect(await city.placement(id)).toMatchObject({ status: 'offered' })
    const other = await city.stage.sent()
    await acceptPlacement(city.context, city.worker, other.id).catch(() => {})
    expect(await city.placement(other.id)).toMatchObject({ status: 'sent' })
  })

  test('stays paused while the whole referral is on hold', async () => {
    const city = await clockCity({ places: 1 })
    const { id, referralId } = await waiting(city)
    await pauseWaiting(city.context, city.navigator, id, { restartsOn: '2026-12-01' })
    await holdReferral(city.context, city.navigator, referralId, HOLD)
    expect(await city.at('2026-12-01T09:00Z', resumeWaitingPlaces)).toBe(0)
    await city.at('2026-12-14T09:00Z', resumeHolds)
    expect(await city.at('2026-12-14T09:00Z', resumeWaitingPlaces)).toBe(1)
  })

  test('waits again once, whoever is faster, and by the limits of the service', async () => {
    const city = await clockCity({ places: 1 })
    const { context, navigator, clock } = city
    await city.limits({ stillWantedWeeks: 2 })
    const { id } = await waiting(city)
    await pauseWaiting(context, navigator, id, { restartsOn: RESTART })
    clock.set('2026-12-14T09:00Z')
    const late = overtaken(context, () => resumePlacement(context, navigator, id))
    expect(await resumeWaitingPlaces(late, new AbortController().signal)).toBe(0)
    expect((await city.told(id)).filter((type) => type === 'resumed')).toHaveLength(1)
    expect(await city.placement(id)).toMatchObject({ nextDueOn: '2026-12-28' })
  })
})
