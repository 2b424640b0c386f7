import { describe, expect, test } from 'vitest'
import { chaseProviders } from '../../../src/actions/clocks/chase-providers.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { answerProject, askNavigator } from '../../../src/actions/placements/ask-navigator.ts'
import { openPlacement } from '../../../src/actions/placements/open-placement.ts'
import { type ClockCity, clockCity, dying, overtaken } from './at-work.ts'

/** Sent at this moment, and the mail about it read. */
async function sentAt(city: ClockCity, moment = '2026-11-23T09:00Z') {
  city.clock.set(moment)
  const { id } = await city.stage.sent()
  await city.mail()
  return id
}

describe('a project that does not decide', () => {
  test('is reminded on the third working day, the navigator told on the fifth, and after the tenth it lapses', async () => {
    const city = await clockCity()
    const { at, twiceAt, mail, placement, referral, told } = city
    const id = await sentAt(city)
    expect(await at('2026-11-25T23:59Z', chaseProviders)).toBe(0)
    expect(await twiceAt('2026-11-26T00:00Z', chaseProviders)).toBe(1)
    expect(await mail()).toEqual(['placement-reminder → community-roots'])
    expect(await at('2026-11-29T12:00Z', chaseProviders)).toBe(0)
    expect(await twiceAt('2026-11-30T09:00Z', chaseProviders)).toBe(1)
    expect(await mail()).toEqual([`placement-silent → ${city.navigator.userId}`])
    expect(await at('2026-12-07T23:59Z', chaseProviders)).toBe(0)
    expect(await twiceAt('2026-12-08T00:00Z', chaseProviders)).toBe(1)
    expect(await mail()).toEqual([
      `placement-lapsed → ${city.navigator.userId}`,
      'placement-withdrawn → community-roots',
    ])
    const lapsed = await placement(id)
    expect(lapsed).toMatchObject({ status: 'no_response', nextStep: null })
    expect(await referral(lapsed.referralId)).toMatchObject({ nextStep: 'agree_next', nextDueOn: '2026-12-10' })
    expect(await told(id)).toEqual(['sent', 'nudged', 'escalated', 'lapsed'])
    expect(await at('2026-12-20T09:00Z', chaseProviders)).toBe(0)
  })

  test('has what it was sent after five o’clock from the next day on', async () => {
    const city = await clockCity()
    await sentAt(city, '2026-11-23T17:00:01Z')
    expect(await city.at('2026-11-26T09:00Z', chaseProviders)).toBe(0)
    expect(await city.at('2026-11-27T09:00Z', chaseProviders)).toBe(1)
  })

  test('is not chased at weekends and on bank holidays', async () => {
    const city = await clockCity()
    const id = await sentAt(city, '2026-12-21T09:00Z')
    expect(await city.at('2026-12-24T09:00Z', chaseProviders)).toBe(1)
    // Christmas Day, the weekend, and Boxing Day kept on the Monday.
    expect(await city.at('2026-12-29T09:00Z', chaseProviders)).toBe(0)
    expect(await city.at('2026-12-30T09:00Z', chaseProviders)).toBe(1)
    expect(await city.told(id)).toEqual(['sent', 'nudged', 'escalated'])
  })

  test('is not reminded of what lapses at once after a long standstill', async () => {
    const city = await clockCity()
    const id = await sentAt(city)
    expect(await city.at('2027-01-15T09:00Z', chaseProviders)).toBe(1)
    expect(await city.told(id)).toEqual(['sent', 'lapsed'])
    expect(await city.mail()).not.toContain('placement-reminder → community-roots')
  })

  test('is reminded and told of together after a shorter one', async () => {
    const city = await clockCity()
    const id = await sentAt(city)
    expect(await city.at('2026-12-02T09:00Z', chaseProviders)).toBe(1)
    expect((await city.told(id)).sort()).toEqual(['escalated', 'nudged', 'sent'])
    expect(await city.at('2026-12-02T09:01Z', chaseProviders)).toBe(0)
  })

  test('has its time stand still while it waits for an answer', async () => {
    const city = await clockCity()
    const { context, worker, navigator, clock } = city
    const id = await sentAt(city)
    clock.set('2026-11-24T09:00Z')
    await askNavigator(context, worker, id, { question: 'Can Maria walk to the allotment?' })
    expect(await city.at('2027-02-01T09:00Z', chaseProviders)).toBe(0)
    await answerProject(context, navigator, id, { text: 'Yes.' })
    expect(await city.at('2027-02-03T09:00Z', chaseProviders)).toBe(0)
    expect(await city.at('2027-02-04T09:00Z', chaseProviders)).toBe(1)
    expect((await city.told(id)).slice(-2)).toEqual(['answered', 'nudged'])
  })

  test('is chased by the limits of the service', async () => {
    const city = await clockCity()
    await city.limits({ nudge: 1, escalate: 2, noResponse: 3 })
    const id = await sentAt(city)
    await city.at('2026-11-24T09:00Z', chaseProviders)
    await city.at('2026-11-25T09:00Z', chaseProviders)
    await city.at('2026-11-26T09:00Z', chaseProviders)
    expect(await city.told(id)).toEqual(['sent', 'nudged', 'escalated'])
    await city.at('2026-11-27T09:00Z', chaseProviders)
    expect(await city.placement(id)).toMatchObject({ status: 'no_response' })
  })

  test('loses a direct referral to the queue of the service, which has two days', async () => {
    const city = await clockCity()
    const straight = {
      projectId: city.project.id,
      consent: { shareWithNavigator: true, shareWithProject: true },
    }
    const { id } = await city.stage.submitted({}, straight)
    expect(await city.referral(id)).toMatchObject({ status: 'active', isDirect: true, nextStep: 'decide' })
    await city.mail()
    await city.at('2026-11-26T09:00Z', chaseProviders)
    expect(await city.referral(id)).toMatchObject({ nextStep: 'decide', nextDueOn: '2026-11-30' })
    await city.at('2026-12-08T09:00Z', chaseProviders)
    const fallen = { status: 'submitted', isDirect: false, nextStep: 'triage', nextDueOn: '2026-12-10' }
    expect(await city.referral(id)).toMatchObject({ ...fallen, nextOwnerKind: 'navigator', nextOwnerId: 'so-linked' })
    expect(await city.mail()).toContain('referral-to-triage → so-linked')
  })

  test('and opened it is chased like one that did not', async () => {
    const city = await clockCity()
    const id = await sentAt(city)
    await openPlacement(city.context, city.worker, id)
    expect(await city.at('2026-11-26T09:00Z', chaseProviders)).toBe(1)
  })
})

describe('between the look and the write', () => {
  test('a crash loses nothing', async () => {
    const city = await clockCity()
    const { context, clock } = city
    const id = await sentAt(city)
    clock.set('2026-11-26T09:00Z')
    await expect(chaseProviders(dying(context), new AbortController().signal)).rejects.toThrow(
      `${id}: Error: The process`,
    )
    expect(await city.told(id)).toEqual(['sent'])
    expect(await city.at('2026-11-26T09:01Z', chaseProviders)).toBe(1)
    expect(await city.mail()).toEqual(['placement-reminder → community-roots'])
  })

  test('whoever is faster is not chased', async () => {
    const city = await clockCity()
    const { context, worker, clock } = city
    const id = await sentAt(city)
    clock.set('2026-11-26T09:00Z')
    const late = overtaken(context, () => acceptPlacement(context, worker, id))
    expect(await chaseProviders(late, new AbortController().signal)).toBe(0)
    expect(await city.told(id)).toEqual(['sent', 'accepted'])
  })

  test('one that fails keeps none of the others from their turn', async () => {
    const city = await clockCity()
    const { context, clock } = city
    const ids = [await sentAt(city), await sentAt(city), await sentAt(city)]
    clock.set('2026-11-26T09:00Z')
    let writes = 0
    const write: typeof context.db.write = (body) =>
      ++writes === 2 ? Promise.reject(new Error('The disk is full.')) : context.db.write(body)
    const ill = { ...context, db: { ...context.db, write } }
    await expect(chaseProviders(ill, new AbortController().signal)).rejects.toThrow('1 of the records')
    const histories = await Promise.all(ids.map((id) => city.told(id)))
    expect(histories.filter((told) => told.includes('nudged'))).toHaveLength(2)
  })

  test('nothing more is begun when the process is to stop', async () => {
    const city = await clockCity()
    await sentAt(city)
    await sentAt(city)
    const stopping = new AbortController()
    city.clock.set('2026-11-26T09:00Z')
    const asked = overtaken(city.context, async () => stopping.abort())
    expect(await chaseProviders(asked, stopping.signal)).toBe(1)
  })
})
