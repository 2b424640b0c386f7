import { describe, expect, test } from 'vitest'
import { changeGroup } from '../../../src/actions/directory/change-group.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { openPlacement } from '../../../src/actions/placements/open-placement.ts'
import { putForward } from '../../../src/actions/placements/put-forward.ts'
import { readPosition } from '../../../src/actions/placements/read-position.ts'
import { releaseOthers } from '../../../src/actions/placements/release-other-lists.ts'
import { sendPlacement } from '../../../src/actions/placements/send-placement.ts'
import { undoPlacement } from '../../../src/actions/placements/undo-placement.ts'
import { pauseWaiting, waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import { groups } from '../../../src/store/schema.ts'
import { expectRefusal } from '../../support/no-trace.ts'
import { type ClockCity, clockCity, MAILED } from '../clocks/at-work.ts'

async function waiting({ context, worker, stage }: ClockCity) {
  const { id } = await stage.sent(MAILED)
  await waitlistPlacement(context, worker, id)
  return id
}

async function queueOf(count: number) {
  const city = await clockCity({ places: 0 })
  const ids: string[] = []
  for (let person = 0; person < count; person++) ids.push(await waiting(city))
  return { city, ids }
}

describe('putting somebody forward', () => {
  test('with a reason that is kept: they are offered the next place, and go back to where they stood', async () => {
    const { city, ids } = await queueOf(3)
    const { context, worker, navigator, db } = city
    const [first = '', second = '', third = ''] = ids
    const reason = 'Their carer starts work next week'
    const { waitingSince } = await city.placement(third)
    expect(await putForward(context, navigator, third, { to: 'urgent', reason })).toMatchObject({
      status: 'waitlisted',
      waitingSince,
      queuePriority: 'urgent',
      queueReason: reason,
    })
    // A project reads that it was so, and why when it knows the person.
    expect(await openPlacement(context, worker, third)).toMatchObject({ queuePriority: 'urgent', queueReason: null })
    await expectRefusal(db, 'invalid-input', () => putForward(context, navigator, third, { to: 'urgent', reason }))
    await putForward(context, worker, second, { to: 'priority', reason: 'Waited at another group before' })
    await changeGroup(context, worker, city.group.id, 1, { places: 1 })
    expect((await city.placement(third)).status).toBe('offered')
    expect(await city.told(third)).toEqual(['sent', 'waitlisted', 'put-forward', 'offered'])
    expect(await putForward(context, worker, second, { to: 'own', reason: 'It was not so' })).toMatchObject({
      queuePriority: null,
      position: { from: 1, to: 3 },
    })
    await undoPlacement(context, worker, second)
    expect(await city.placement(second)).toMatchObject({ queuePriority: 'priority' })
    expect((await city.placement(first)).status).toBe('waitlisted')
  })
})

test('a position is a range, for who waits, and moves with the queue', async () => {
  const { city, ids } = await queueOf(5)
  const { context, navigator } = city
  const [first = '', , , , fifth = ''] = ids
  expect((await openPlacement(context, navigator, first)).position).toEqual({ from: 1, to: 3 })
  expect(await readPosition(context, await city.placement(fifth))).toEqual({ from: 4, to: 6 })
  await putForward(context, navigator, fifth, { to: 'priority', reason: 'Unwell' })
  expect(await readPosition(context, await city.placement(fifth))).toEqual({ from: 1, to: 3 })
  await pauseWaiting(context, navigator, fifth, { restartsOn: '2026-12-14' })
  expect(await readPosition(context, await city.placement(fifth))).toBeNull()
})

describe('several lists at once', () => {
  async function onTwoLists() {
    const city = await clockCity({ places: 1 })
    const { context, worker, navigator, db, group } = city
    const [row] = await db.read.select().from(groups)
    if (!row) throw new Error('There is no group.')
    const other = { ...row, id: 'group-other', name: 'Another group', places: 0 }
    await db.write((tx) => tx.insert(groups).values(other))
    const { id: referralId } = await city.stage.active(MAILED)
    const here = await sendPlacement(context, navigator, referralId, { groupId: group.id })
    const there = await sendPlacement(context, navigator, referralId, { groupId: other.id })
    await waitlistPlacement(context, worker, there.id)
    return { city, referralId, here: here.id, there: there.id }
  }

  test('an acceptance gives up nothing by itself; the others go when that is confirmed', async () => {
    const { city, here, there } = await onTwoLists()
    const { context, worker, navigator, db } = city
    const release = (ids: string[]) => releaseOthers(context, navigator, here, { ids })
    await expectRefusal(db, 'wrong-status', () => release([there]))
    await acceptPlacement(context, worker, here)
    expect((await city.placement(there)).status).toBe('waitlisted')
    expect((await openPlacement(context, navigator, here)).otherLists).toMatchObject([{ id: there }])
    await release([there])
    expect(await city.placement(there)).toMatchObject({ status: 'withdrawn', reason: 'needs_met_elsewhere' })
    const { version } = await city.placement(there)
    await release([there])
    expect((await city.placement(there)).version).toBe(version)
    expect((await openPlacement(context, navigator, here)).otherLists).toEqual([])
  })

  test('nobody else’s lists go with them, and the project has no say in it', async () => {
    const { city, here, there } = await onTwoLists()
    const { context, worker, navigator, db } = city
    await acceptPlacement(context, worker, here)
    const stranger = await waiting(city)
    await expectRefusal(db, 'invalid-input', () => releaseOthers(context, navigator, here, { ids: [there, stranger] }))
    await expect(releaseOthers(context, worker, here, { ids: [there] })).rejects.toMatchObject({ code: 'not-allowed' })
  })
})
