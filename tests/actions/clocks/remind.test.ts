import { describe, expect, test } from 'vitest'
import { remindNavigators, remindProviders } from '../../../src/actions/clocks/remind.ts'
import { bookPlacement } from '../../../src/actions/placements/book-placement.ts'
import { reviewPlacement } from '../../../src/actions/placements/review-placement.ts'
import { logContact } from '../../../src/actions/referrals/log-contact.ts'
import { clockCity, dying, overtaken } from './at-work.ts'

const { signal } = new AbortController()

describe('a navigator who is late', () => {
  test('is reminded the day after, once for each next action', async () => {
    const city = await clockCity()
    const { context, navigator, twiceAt, at, mail } = city
    const { id } = await city.stage.assigned()
    await mail()
    expect(await city.referral(id)).toMatchObject({ nextDueOn: '2026-12-07' })
    expect(await at('2026-12-07T23:59Z', remindNavigators)).toBe(0)
    expect(await twiceAt('2026-12-08T00:00Z', remindNavigators)).toBe(1)
    expect(await mail()).toEqual([`referral-reminder → ${navigator.userId}`])
    expect(await at('2026-12-20T09:00Z', remindNavigators)).toBe(0)
    // The next one, on a bank holiday's eve after five.
    city.clock.set('2026-12-24T17:30Z')
    await logContact(context, navigator, id, { outcome: 'spoke', channel: 'phone' })
    expect(await city.referral(id)).toMatchObject({ nextDueOn: '2027-01-06', remindedAt: null })
    expect(await at('2027-01-06T09:00Z', remindNavigators)).toBe(0)
    expect(await at('2027-01-07T09:00Z', remindNavigators)).toBe(1)
    expect(await city.referral(id)).toMatchObject({ status: 'contacted', nextDueOn: '2027-01-06' })
  })

  test('is the queue of the service while nobody has it', async () => {
    const city = await clockCity()
    await city.limits({ triage: { routine: 1, priority: 1, urgent: 0 } })
    await city.stage.submitted()
    await city.mail()
    expect(await city.at('2026-11-25T09:00Z', remindNavigators)).toBe(1)
    expect(await city.mail()).toEqual(['referral-reminder → so-linked'])
  })

  test('is not reminded of what was done in the meantime, and is after a crash', async () => {
    const city = await clockCity()
    const { context, navigator, clock } = city
    const done = await city.stage.assigned()
    await city.mail()
    clock.set('2026-12-08T09:00Z')
    await expect(remindNavigators(dying(context), signal)).rejects.toThrow('The process was killed')
    const late = overtaken(context, () =>
      logContact(context, navigator, done.id, { outcome: 'spoke', channel: 'phone' }),
    )
    expect(await remindNavigators(late, signal)).toBe(0)
    expect(await city.mail()).toEqual([])
  })
})

describe('a project that owes something', () => {
  test('is reminded of a register on its day, once', async () => {
    const city = await clockCity()
    const { id } = await city.stage.accepted()
    // Friday's session: two working days later is Tuesday.
    await bookPlacement(city.context, city.worker, id, { startsAt: new Date('2026-11-27T10:00Z') })
    await city.mail()
    expect(await city.placement(id)).toMatchObject({ nextStep: 'register', nextDueOn: '2026-12-01' })
    expect(await city.at('2026-11-30T23:59Z', remindProviders)).toBe(0)
    expect(await city.twiceAt('2026-12-01T00:00Z', remindProviders)).toBe(1)
    expect(await city.mail()).toEqual(['placement-reminder → community-roots'])
    expect(await city.at('2026-12-05T09:00Z', remindProviders)).toBe(0)
  })

  test('is reminded of each review, by the limits of the service', async () => {
    const city = await clockCity()
    await city.limits({ reviewWeeks: 2 })
    const { id } = await city.stage.started()
    await city.mail()
    expect(await city.at('2026-12-06T23:59Z', remindProviders)).toBe(0)
    expect(await city.at('2026-12-07T09:00Z', remindProviders)).toBe(1)
    await reviewPlacement(city.context, city.worker, id, { note: 'Going well' }).catch(async () => {})
    expect((await city.told(id)).slice(-2)).toEqual(['reminded', 'reviewed'])
    expect(await city.at('2026-12-20T09:00Z', remindProviders)).toBe(0)
    expect(await city.at('2026-12-21T09:00Z', remindProviders)).toBe(1)
  })
})
