import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { assignByLoad } from '../../../src/actions/clocks/assign-by-load.ts'
import { handOver } from '../../../src/actions/clocks/hand-over.ts'
import { assignReferral } from '../../../src/actions/referrals/assign-referral.ts'
import { closeReferral } from '../../../src/actions/referrals/close-referral.ts'
import { holdReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { memberships, people, users } from '../../../src/store/schema.ts'
import { type ClockCity, clockCity, dying, overtaken } from './at-work.ts'

const { signal } = new AbortController()

const say = ({ db, navigator }: ClockCity, of: Partial<typeof memberships.$inferInsert>, userId = navigator.userId) =>
  db.write((tx) => tx.update(memberships).set(of).where(eq(memberships.userId, userId)))

describe('a navigator who is away', () => {
  test('on leave hands over on the first day, and nothing on the days before and after', async () => {
    const city = await clockCity()
    const { id } = await city.stage.contacted()
    const before = await city.referral(id)
    await say(city, { leaveFrom: '2026-11-30', leaveUntil: '2026-12-04' })
    await city.mail()
    expect(await city.at('2026-11-29T23:59Z', handOver)).toBe(0)
    expect(await city.twiceAt('2026-11-30T00:00Z', handOver)).toBe(1)
    const { status, nextStep, nextDueOn, nextOwnerKind, nextOwnerId } = before
    const kept = { status, nextStep, nextDueOn, nextOwnerKind, nextOwnerId }
    expect(await city.referral(id)).toMatchObject({ ...kept, navigatorId: null })
    expect(await city.mail()).toEqual(['referral-released → so-linked'])
    // The lead gives it back after the leave, and there it stays.
    city.clock.set('2026-12-05T09:00Z')
    await assignReferral(city.context, city.lead, id, { navigatorId: city.navigator.userId })
    expect(await city.at('2026-12-05T09:00Z', handOver)).toBe(0)
  })

  test('suspended hands over whatever is open: on hold too, and nothing that is closed', async () => {
    const city = await clockCity()
    const { context, navigator, db } = city
    const held = await city.stage.contacted()
    await holdReferral(context, navigator, held.id, { reason: 'In hospital', restartsOn: '2026-12-14' })
    const closed = await city.stage.contacted()
    const ending = { outcome: 'completed', summary: 'All is well.' } as const
    await closeReferral(context, navigator, closed.id, ending)
    await city.stage.started()
    const suspendedAt = context.now()
    await db.write((tx) => tx.update(users).set({ suspendedAt }).where(eq(users.id, navigator.userId)))
    expect(await city.twiceAt('2026-11-23T10:00Z', handOver)).toBe(2)
    expect(await city.referral(held.id)).toMatchObject({ status: 'on_hold', navigatorId: null })
    expect(await city.referral(closed.id)).toMatchObject({ navigatorId: navigator.userId })
  })

  test('suspended for this service alone is away from it, too', async () => {
    const city = await clockCity()
    await city.stage.assigned()
    await say(city, { suspendedAt: city.context.now() })
    expect(await city.at('2026-11-23T10:00Z', handOver)).toBe(1)
  })

  test('is left alone where the lead was faster, or the leave was taken back; a crash changes nothing', async () => {
    const city = await clockCity()
    const { context, lead, clock } = city
    const { id } = await city.stage.assigned()
    await say(city, { leaveFrom: '2026-11-30', leaveUntil: '2026-12-04' })
    clock.set('2026-11-30T09:00Z')
    await expect(handOver(dying(context), signal)).rejects.toThrow('The process was killed')
    expect(
      await handOver(
        overtaken(context, () => say(city, { leaveUntil: null })),
        signal,
      ),
    ).toBe(0)
    await say(city, { leaveUntil: '2026-12-04' })
    const given = () => assignReferral(context, lead, id, { navigatorId: lead.userId })
    expect(await handOver(overtaken(context, given), signal)).toBe(0)
    expect(await city.referral(id)).toMatchObject({ navigatorId: lead.userId })
  })
})

describe('a service that assigns by patch and load', () => {
  const WARD = 'E05015493'
  const inWard = ({ db }: ClockCity, personId: string) =>
    db.write((tx) => tx.update(people).set({ wardCode: WARD }).where(eq(people.id, personId)))

  test('gives to whoever carries least, in turn', async () => {
    const city = await clockCity()
    await city.settings({ assignsAutomatically: true })
    const mine = await city.stage.assigned()
    const ids = [await city.stage.submitted(), await city.stage.submitted()].map(({ id }) => id)
    await city.mail()
    expect(await city.twiceAt('2026-11-23T10:00Z', assignByLoad)).toBe(2)
    const holders = await Promise.all(ids.map(async (id) => (await city.referral(id)).navigatorId))
    // The lead carries none, and after the first of them as many as the navigator: then the name decides.
    expect(holders).toEqual([city.lead.userId, city.lead.userId])
    expect(await city.referral(ids[0] ?? '')).toMatchObject({ status: 'assigned', nextDueOn: '2026-12-07' })
    expect(await city.mail()).toHaveLength(2)
    expect(await city.referral(mine.id)).toMatchObject({ navigatorId: city.navigator.userId })
  })

  test('gives to the navigator of the ward before that', async () => {
    const city = await clockCity()
    await city.settings({ assignsAutomatically: true })
    await say(city, { wards: [WARD] })
    await city.stage.assigned()
    const { id } = await city.stage.submitted()
    await inWard(city, (await city.referral(id)).personId)
    await city.at('2026-11-23T10:00Z', assignByLoad)
    expect(await city.referral(id)).toMatchObject({ navigatorId: city.navigator.userId })
  })

  test('gives to nobody who is away, and waits where all are', async () => {
    const city = await clockCity()
    await city.settings({ assignsAutomatically: true })
    const leave = { leaveFrom: '2026-11-23', leaveUntil: '2026-11-23' }
    await say(city, leave)
    const first = await city.stage.submitted()
    await city.at('2026-11-23T10:00Z', assignByLoad)
    expect(await city.referral(first.id)).toMatchObject({ navigatorId: city.lead.userId })
    await say(city, leave, city.lead.userId)
    const second = await city.stage.submitted()
    expect(await city.at('2026-11-23T10:00Z', assignByLoad)).toBe(0)
    expect(await city.referral(second.id)).toMatchObject({ status: 'submitted' })
    expect(await city.at('2026-11-24T00:00Z', assignByLoad)).toBe(1)
  })

  test('has its own limits, and others that do not want it assign by hand', async () => {
    const city = await clockCity()
    const { id } = await city.stage.submitted()
    expect(await city.at('2026-11-23T10:00Z', assignByLoad)).toBe(0)
    const firstContact = { routine: 3, priority: 2, urgent: 0 }
    await city.settings({ assignsAutomatically: true, limits: { firstContact } })
    expect(await city.at('2026-11-23T10:00Z', assignByLoad)).toBe(1)
    expect(await city.referral(id)).toMatchObject({ nextDueOn: '2026-11-26' })
  })

  test('leaves alone what somebody took in the meantime, and loses nothing in a crash', async () => {
    const city = await clockCity()
    const { context, lead } = city
    await city.settings({ assignsAutomatically: true })
    const { id } = await city.stage.submitted()
    await expect(assignByLoad(dying(context), signal)).rejects.toThrow('The process was killed')
    const taken = overtaken(context, () => assignReferral(context, lead, id, { toMe: true }))
    expect(await assignByLoad(taken, signal)).toBe(0)
    expect(await city.told(id)).toEqual(['submitted', 'assigned'])
  })
})
