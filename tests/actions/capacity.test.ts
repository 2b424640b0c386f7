import { describe, expect, it } from 'vitest'
import { changeGroup, confirmCapacity } from '../../src/actions/directory/change-group.ts'
import { openGroup } from '../../src/actions/directory/open-group.ts'
import { acceptPlacement } from '../../src/actions/placements/accept-placement.ts'
import { declinePlacement } from '../../src/actions/placements/decline-placement.ts'
import { endPlacement } from '../../src/actions/placements/end-placement.ts'
import { openPlacement } from '../../src/actions/placements/open-placement.ts'
import { sendPlacement } from '../../src/actions/placements/send-placement.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { Refusal } from '../../src/domain/refusal.ts'
import { expectRefusal } from '../support/no-trace.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

async function inOrder<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let i = 0; i < count; i++) made.push(await make())
  return made
}

describe('the places of a group', () => {
  it('gives the last place to one of twenty who ask at once', async () => {
    const city = await smallCity({ places: 1 })
    const { context, worker, group } = city
    const placements = await inOrder(20, stages(city).sent)
    const answers = await Promise.allSettled(placements.map(({ id }) => acceptPlacement(context, worker, id)))
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(refused.map((reason) => (reason instanceof Refusal ? reason.code : reason))).toEqual(
      Array(19).fill('group-full'),
    )
    expect(await openGroup(context, worker, group.id)).toMatchObject({ places: 1, taken: 1, free: 0 })
  })

  it('refuses a full group and names the waiting list', async () => {
    const city = await smallCity({ places: 1 })
    await stages(city).accepted()
    const next = await stages(city).sent()
    const refusal = await expectRefusal(city.db, 'group-full', () =>
      acceptPlacement(city.context, city.worker, next.id),
    )
    expect(refusal.message).toContain('waiting list')
  })

  it('never fills an open group', async () => {
    const city = await smallCity({ places: null })
    await inOrder(3, stages(city).accepted)
    expect(await openGroup(city.context, city.worker, city.group.id)).toMatchObject({
      taken: 3,
      free: null,
      isFull: false,
    })
  })

  it('frees a place when somebody is declined after acceptance, ends, or withdraws', async () => {
    const city = await smallCity({ places: 3 })
    const { context, worker, navigator, group } = city
    const [first, second] = await inOrder(2, stages(city).accepted)
    const third = await stages(city).started()
    const taken = async () => (await openGroup(context, worker, group.id)).taken
    expect(await taken()).toBe(3)
    await declinePlacement(context, worker, first?.id ?? '', { reason: 'no_contact' })
    expect(await taken()).toBe(2)
    await endPlacement(context, worker, third.id, { outcome: 'completed' })
    expect(await taken()).toBe(1)
    const { referralId } = await openPlacement(context, navigator, second?.id ?? '')
    await withdrawReferral(context, navigator, referralId ?? '', { reason: 'moved_away' })
    expect(await taken()).toBe(0)
  })

  it('refuses fewer places than people, and a version that is not the newest', async () => {
    const city = await smallCity({ places: 3 })
    const { context, worker, group, db } = city
    await inOrder(2, stages(city).accepted)
    const { version } = await openGroup(context, worker, group.id)
    const refusal = await expectRefusal(db, 'below-taken', () =>
      changeGroup(context, worker, group.id, version, { places: 1 }),
    )
    expect(refusal.message).toContain('cannot go below 2')
    await changeGroup(context, worker, group.id, version, { places: 2 })
    await expectRefusal(db, 'stale-version', () => changeGroup(context, worker, group.id, version, { places: 9 }))
  })

  it('forgets after two weeks how many are free, until the project says so again', async () => {
    const city = await smallCity({ places: 3 })
    const { context, clock, worker, group } = city
    const free = async () => (await openGroup(context, worker, group.id)).free
    expect(await free()).toBe(3)
    clock.set('2026-12-07T09:00:00Z')
    expect(await free()).toBe(3)
    clock.set('2026-12-08T09:00:00Z')
    expect(await free()).toBeNull()
    await confirmCapacity(context, worker, group.id)
    expect(await free()).toBe(3)
  })

  it('takes nobody while its intake is paused, and opens by itself on the day', async () => {
    const city = await smallCity()
    const { context, clock, worker, navigator, group, db } = city
    const referral = await stages(city).active()
    await changeGroup(context, worker, group.id, 1, { intake: { paused: true, reopensOn: '2026-11-30' } })
    await expectRefusal(db, 'intake-paused', () =>
      sendPlacement(context, navigator, referral.id, { groupId: group.id }),
    )
    clock.set('2026-11-30T09:00:00Z')
    expect(await sendPlacement(context, navigator, referral.id, { groupId: group.id })).toMatchObject({
      status: 'sent',
    })
  })
})
