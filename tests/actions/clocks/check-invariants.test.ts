import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { checkInvariants } from '../../../src/actions/clocks/check-invariants.ts'
import { waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { askReferrer } from '../../../src/actions/referrals/ask-referrer.ts'
import { holdReferral } from '../../../src/actions/referrals/hold-referral.ts'
import { withdrawReferral } from '../../../src/actions/referrals/withdraw-referral.ts'
import { checkInvariantsJob } from '../../../src/jobs/clocks.ts'
import { runJob } from '../../../src/jobs/clockwork.ts'
import type { JobDeps } from '../../../src/jobs/jobs.ts'
import { events, groups, jobLeases, memberships, placements, referrals } from '../../../src/store/schema.ts'
import { type ClockCity, clockCity, overtaken } from './at-work.ts'

const { signal } = new AbortController()
const NO_DEPS = {} as JobDeps
const byHand = ({ context }: ClockCity) => runJob(context, NO_DEPS, 'all', { jobs: [checkInvariantsJob] })

describe('the nightly look', () => {
  test('finds nothing wrong with what the actions wrote', async () => {
    const city = await clockCity()
    const { context, navigator, worker } = city
    await city.stage.submitted()
    const asked = await city.stage.assigned()
    await askReferrer(context, navigator, asked.id, { question: 'Which language?' })
    const held = await city.stage.contacted()
    await holdReferral(context, navigator, held.id, { reason: 'In hospital', restartsOn: '2026-12-14' })
    await city.stage.started()
    const { referralId } = await city.placement((await city.stage.accepted()).id)
    await withdrawReferral(context, navigator, referralId, { reason: 'changed_mind' })
    await waitlistPlacement(context, worker, (await city.stage.sent()).id)
    expect(await checkInvariants(context, signal)).toBeUndefined()
    expect(await byHand(city)).toEqual([{ name: 'check-invariants', outcome: 'done' }])
    expect(await city.db.read.select().from(jobLeases)).toMatchObject([{ lastError: null }])
  })

  test('names a record that is not what its history says, and is kept and told', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    await city.db.write((tx) => tx.update(referrals).set({ status: 'contacted' }).where(eq(referrals.id, id)))
    const fault = `1 promise is broken: referral ${id} is not what its history says: status`
    await expect(byHand(city)).rejects.toThrow(fault)
    expect(await city.db.read.select().from(jobLeases)).toMatchObject([{ lastError: expect.stringContaining(fault) }])
    // Nothing changed since, but what is broken is told every night until it is mended.
    city.clock.set('2026-12-23T03:00Z')
    await expect(byHand(city)).rejects.toThrow(fault)
    await city.db.write((tx) => tx.update(referrals).set({ status: 'assigned' }).where(eq(referrals.id, id)))
    expect(await byHand(city)).toEqual([{ name: 'check-invariants', outcome: 'done' }])
  })

  test('tells how many there are, and the first five', async () => {
    const city = await clockCity()
    for (let n = 0; n < 7; n++) await city.stage.submitted()
    await city.db.write((tx) => tx.update(referrals).set({ priority: 'urgent' }))
    const error = await checkInvariants(city.context, signal).catch(String)
    expect(error).toContain('7 promises are broken')
    expect(String(error).match(/is not what its history says/g)).toHaveLength(5)
  })

  test('finds a group over its places, and a placement that changed without an event', async () => {
    const city = await clockCity()
    const { id } = await city.stage.accepted()
    await city.db.write(async (tx) => {
      await tx.update(groups).set({ places: 0 }).where(eq(groups.id, city.group.id))
      await tx.update(placements).set({ missedInARow: 3 }).where(eq(placements.id, id))
    })
    await expect(checkInvariants(city.context, signal)).rejects.toThrow(
      `2 promises are broken: group ${city.group.id} has 1 people for 0 places; placement ${id} is not what`,
    )
  })

  test('finds what belongs to a navigator who is suspended', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    const suspendedAt = city.context.now()
    const { userId } = city.navigator
    await city.db.write((tx) => tx.update(memberships).set({ suspendedAt }).where(eq(memberships.userId, userId)))
    await expect(checkInvariants(city.context, signal)).rejects.toThrow(
      `the next action of referral ${id} is that of a navigator who is suspended`,
    )
  })

  test('leaves out histories that began before events told of changes', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    await city.db.write(async (tx) => {
      await tx.update(events).set({ changes: null }).where(eq(events.subjectId, id))
      await tx.update(referrals).set({ priority: 'urgent' }).where(eq(referrals.id, id))
    })
    expect(await checkInvariants(city.context, signal)).toBeUndefined()
  })

  test('looks again at what moved while it looked', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    await city.db.write((tx) => tx.update(referrals).set({ priority: 'urgent' }).where(eq(referrals.id, id)))
    const mended = overtaken(city.context, () =>
      city.db.write((tx) => tx.update(referrals).set({ priority: 'routine' }).where(eq(referrals.id, id))),
    )
    expect(await checkInvariants(mended, signal)).toBeUndefined()
  })

  test('looks at the histories of what changed since the last look', async () => {
    const city = await clockCity()
    const { id } = await city.stage.assigned()
    await byHand(city)
    city.clock.set('2026-12-23T03:00Z')
    await byHand(city)
    // Long after: nothing says that it changed, and nobody reads it again.
    await city.db.write((tx) => tx.update(referrals).set({ priority: 'urgent' }).where(eq(referrals.id, id)))
    await byHand(city)
    const changedAt = city.context.now()
    await city.db.write((tx) => tx.update(referrals).set({ changedAt }).where(eq(referrals.id, id)))
    await expect(byHand(city)).rejects.toThrow('priority')
  })
})
