import { describe, expect, test } from 'vitest'
import { offerPlaces } from '../../../src/actions/clocks/offer-places.ts'
import { cancelGroup } from '../../../src/actions/directory/cancel-group.ts'
import { changeGroup, confirmCapacity, type GroupChange } from '../../../src/actions/directory/change-group.ts'
import { openGroup } from '../../../src/actions/directory/open-group.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../../src/actions/placements/end-placement.ts'
import { answerOffer } from '../../../src/actions/placements/offer-placement.ts'
import { recallPlacement } from '../../../src/actions/placements/recall-placement.ts'
import { recordAttendance } from '../../../src/actions/placements/record-attendance.ts'
import { recordNoStart } from '../../../src/actions/placements/record-no-start.ts'
import { undoPlacement } from '../../../src/actions/placements/undo-placement.ts'
import { pauseWaiting, resumePlacement, waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { withdrawPlacement } from '../../../src/actions/placements/withdraw-placement.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { holdReferral, resumeReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { type ClockCity, clockCity, dying, MAILED, overtaken } from '../clocks/at-work.ts'

async function waiting({ context, worker, stage }: ClockCity, person: Record<string, unknown> = MAILED) {
  const { id } = await stage.sent(person)
  await waitlistPlacement(context, worker, id)
  return id
}

async function change(city: ClockCity, by: GroupChange) {
  const { version } = await openGroup(city.context, city.worker, city.group.id)
  return changeGroup(city.context, city.worker, city.group.id, version, by)
}

const statusOf = async (city: ClockCity, id: string) => (await city.placement(id)).status

/** A place that is taken, somebody who waits, and a way in which it comes free. */
const CAUSES: [string, (city: ClockCity, holder: string) => Promise<unknown>][] = [
  ['a decline', ({ context, worker }, id) => declinePlacement(context, worker, id, { reason: 'no_contact' })],
  [
    'a withdrawal',
    ({ context, navigator }, id) => withdrawPlacement(context, navigator, id, { reason: 'changed_mind' }),
  ],
  ['no start', ({ context, worker }, id) => recordNoStart(context, worker, id, { note: 'Called on Monday' })],
  ['an acceptance taken back', ({ context, worker }, id) => undoPlacement(context, worker, id)],
  ['one place more', (city) => change(city, { places: 2 })],
  ['a group that is open to all now', (city) => change(city, { capacityKind: 'open' })],
  [
    'an end',
    async ({ context, worker }, id) => {
      await recordAttendance(context, worker, id, { sessionOn: '2026-11-23', attended: true })
      await endPlacement(context, worker, id, { outcome: 'completed' })
    },
  ],
  [
    'a death',
    async (city, id) => {
      const { referralId } = await city.placement(id)
      await closeReferral(city.context, city.navigator, referralId, { outcome: 'closed_early', reason: 'died' })
    },
  ],
]

describe('a place that comes free is offered in the same transaction after', () => {
  test.each(CAUSES)('%s', async (_, free) => {
    const city = await clockCity({ places: 1 })
    const holder = await city.stage.accepted()
    const next = await waiting(city)
    expect(await statusOf(city, next)).toBe('waitlisted')
    await free(city, holder.id)
    expect(await statusOf(city, next)).toBe('offered')
  })

  test('an offer that is put off, refused or recalled', async () => {
    const city = await clockCity({ places: 1 })
    const { context, navigator, worker } = city
    const holder = await city.stage.accepted()
    const ids = [await waiting(city), await waiting(city), await waiting(city), await waiting(city)]
    const [first = '', second = '', third = '', fourth = ''] = ids
    await declinePlacement(context, worker, holder.id, { reason: 'no_contact' })
    await answerOffer(context, navigator, first, { answer: 'not_now' })
    expect(await statusOf(city, second)).toBe('offered')
    await answerOffer(context, navigator, second, { answer: 'no_longer_wanted' })
    expect(await statusOf(city, third)).toBe('offered')
    await recallPlacement(context, navigator, third)
    expect(await statusOf(city, fourth)).toBe('offered')
  })

  test('a hold of the referral that was offered it', async () => {
    const city = await clockCity({ places: 1 })
    const { context, navigator, worker } = city
    const holder = await city.stage.accepted()
    const [first, second] = [await waiting(city), await waiting(city)]
    await declinePlacement(context, worker, holder.id, { reason: 'no_contact' })
    const { referralId } = await city.placement(first)
    await holdReferral(context, navigator, referralId, { reason: 'In hospital', restartsOn: '2026-12-14' })
    expect(await statusOf(city, first)).toBe('paused')
    expect(await statusOf(city, second)).toBe('offered')
    await answerOffer(context, navigator, second, { answer: 'no_longer_wanted' })
    await resumeReferral(context, navigator, referralId)
    expect(await city.at('2026-11-23T09:01Z', offerPlaces)).toBe(1)
    expect(await statusOf(city, first)).toBe('offered')
  })

  test('its places are confirmed again, by one tap, by a start, or by an acceptance', async () => {
    const city = await clockCity({ places: 2 })
    const { context, clock, worker } = city
    const holder = await city.stage.accepted()
    clock.set('2026-12-10T09:00Z')
    const first = await waiting(city)
    expect(await city.at('2026-12-10T09:01Z', offerPlaces)).toBe(0)
    expect((await openGroup(context, worker, city.group.id)).free).toBeNull()
    await recordAttendance(context, worker, holder.id, { sessionOn: '2026-12-10', attended: true })
    expect(await statusOf(city, first)).toBe('offered')
    clock.set('2026-12-30T09:00Z')
    await change(city, { places: 3 })
    expect((await openGroup(context, worker, city.group.id)).free).toBe(1)
    clock.set('2027-01-20T09:00Z')
    const second = await waiting(city)
    await confirmCapacity(context, worker, city.group.id)
    expect(await statusOf(city, second)).toBe('offered')
  })
})

describe('within one turn of the clock, a place is offered', () => {
  test('to whoever joined a list with room, once, whoever looks at the same time, and after a crash', async () => {
    const city = await clockCity({ places: 1 })
    const { context } = city
    const id = await waiting(city)
    const { signal } = new AbortController()
    await expect(offerPlaces(dying(context), signal)).rejects.toThrow('killed')
    expect(await statusOf(city, id)).toBe('waitlisted')
    expect(await city.twiceAt('2026-11-23T09:01Z', offerPlaces)).toBe(1)
    expect(await statusOf(city, id)).toBe('offered')
    expect(await city.at('2026-11-23T09:02Z', offerPlaces)).toBe(0)
  })

  test('to whoever waits again by their own wish, with the time of joining they had', async () => {
    const city = await clockCity({ places: 1 })
    const { context, navigator, worker } = city
    const holder = await city.stage.accepted()
    const id = await waiting(city)
    const { waitingSince } = await city.placement(id)
    await pauseWaiting(context, navigator, id, { restartsOn: '2026-12-14' })
    await declinePlacement(context, worker, holder.id, { reason: 'no_contact' })
    expect(await statusOf(city, id)).toBe('paused')
    await resumePlacement(context, navigator, id)
    expect(await city.at('2026-11-23T09:01Z', offerPlaces)).toBe(1)
    expect(await city.placement(id)).toMatchObject({ status: 'offered', waitingSince })
  })

  test('not where somebody else took it between the look and the write', async () => {
    const city = await clockCity({ places: 1 })
    const { context, worker } = city
    const other = await city.stage.sent()
    const id = await waiting(city)
    const meanwhile = overtaken(context, () =>
      acceptPlacement(context, worker, other.id, { overOthers: 'Agreed before' }),
    )
    expect(await offerPlaces(meanwhile, new AbortController().signal)).toBe(0)
    expect(await statusOf(city, id)).toBe('waitlisted')
  })

  test('when the week of a quota has turned, and no more than it allows', async () => {
    const city = await clockCity({ places: 5 })
    await change(city, { weeklyQuota: 2 })
    const ids = [await waiting(city), await waiting(city)]
    expect(await city.at('2026-11-29T12:00Z', offerPlaces)).toBe(0)
    await change(city, { weeklyQuota: 1 })
    expect(await city.at('2026-11-30T00:01Z', offerPlaces)).toBe(1)
    expect(await Promise.all(ids.map((id) => statusOf(city, id)))).toEqual(['offered', 'waitlisted'])
    expect(await city.at('2026-11-30T00:02Z', offerPlaces)).toBe(0)
  })

  test('when a window of intake has opened, and never after it', async () => {
    const city = await clockCity({ places: 5 })
    const id = await waiting(city)
    await change(city, { intakeFrom: '2026-11-30', intakeUntil: '2026-12-04' })
    expect(await city.at('2026-11-29T12:00Z', offerPlaces)).toBe(0)
    expect(await city.at('2026-11-30T00:01Z', offerPlaces)).toBe(1)
    expect(await statusOf(city, id)).toBe('offered')
    const late = await waiting(city)
    expect(await city.at('2026-12-05T00:01Z', offerPlaces)).toBe(0)
    expect(await statusOf(city, late)).toBe('waitlisted')
  })

  test('never while the group is paused, unconfirmed or full', async () => {
    const city = await clockCity({ places: 1 })
    await waiting(city)
    await change(city, { intake: { paused: true, reopensOn: '2026-12-01' } })
    expect(await city.at('2026-11-24T09:00Z', offerPlaces)).toBe(0)
    expect(await city.at('2026-12-20T09:00Z', offerPlaces)).toBe(0)
  })
})

test('a cancelled group drops nobody: each is a navigator’s task, by a day', async () => {
  const city = await clockCity({ places: 1 })
  const { context, worker, navigator } = city
  const started = await city.stage.started()
  const asked = await city.stage.sent()
  const waits = await waiting(city)
  const paused = await waiting(city)
  await pauseWaiting(context, navigator, paused, { restartsOn: '2026-12-14' })
  await cancelGroup(context, worker, city.group.id, { reason: 'The hall is closed' })
  for (const id of [started.id, asked.id, waits, paused]) {
    const { status, referralId } = await city.placement(id)
    expect(status).toBe('returned')
    expect(await city.referral(referralId)).toMatchObject({ nextOwnerKind: 'navigator', nextDueOn: '2026-11-25' })
  }
})
