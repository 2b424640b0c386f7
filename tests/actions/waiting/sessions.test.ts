import { expect, test } from 'vitest'
import { changeGroup, type GroupChange } from '../../../src/actions/directory/change-group.ts'
import { openGroup } from '../../../src/actions/directory/open-group.ts'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { bookPlacement } from '../../../src/actions/placements/book-placement.ts'
import { declinePlacement } from '../../../src/actions/placements/decline-placement.ts'
import { waitlistPlacement } from '../../../src/actions/placements/wait-for-place.ts'
import type { SessionTime } from '../../../src/domain/directory.ts'
import { expectRefusal } from '../../support/no-trace.ts'
import { clockCity, MAILED } from '../clocks/at-work.ts'

const TUESDAYS: SessionTime = { every: 'week', weekday: 2, opensAt: '10:00', places: 1 }
const FRIDAYS: SessionTime = { every: 'week', weekday: 5, opensAt: '14:00', places: 2 }
const [TUESDAY, FRIDAY] = ['2-1000', '5-1400']

async function twice(places = 10) {
  const city = await clockCity({ places })
  const { context, worker, group } = city
  const change = async (by: GroupChange) =>
    changeGroup(context, worker, group.id, (await openGroup(context, worker, group.id)).version, by)
  await change({ times: [TUESDAYS, FRIDAYS] })
  return { ...city, change, shown: () => openGroup(context, worker, group.id) }
}

test('each session has its places, and the group its own', async () => {
  const { context, worker, stage, db, shown } = await twice(2)
  expect(await shown()).toMatchObject({
    free: 2,
    sessions: [
      { id: TUESDAY, free: 1 },
      { id: FRIDAY, free: 2 },
    ],
  })
  const first = await stage.sent()
  const refusal = await expectRefusal(db, 'invalid-input', () => acceptPlacement(context, worker, first.id))
  expect(refusal.message).toMatch(/Tuesdays, 10am or Fridays, 2pm/)
  await acceptPlacement(context, worker, first.id, { sessionTimeId: TUESDAY })
  const second = await stage.sent()
  await expectRefusal(db, 'group-full', () => acceptPlacement(context, worker, second.id, { sessionTimeId: TUESDAY }))
  await expectRefusal(db, 'invalid-input', () => acceptPlacement(context, worker, second.id, { sessionTimeId: 'x' }))
  // Only one has room: it need not be named.
  expect(await acceptPlacement(context, worker, second.id)).toMatchObject({ session: { id: FRIDAY } })
  expect(await shown()).toMatchObject({ free: 0, isFull: true, sessions: [{ free: 0 }, { free: 1 }] })
  const third = await stage.sent()
  await expectRefusal(db, 'group-full', () => acceptPlacement(context, worker, third.id, { sessionTimeId: FRIDAY }))
})

test('of many who ask for one session at the same moment, as many get it as it has places', async () => {
  const { context, worker, stage, shown } = await twice()
  const sent = []
  for (let person = 0; person < 6; person++) sent.push(await stage.sent())
  const answers = await Promise.allSettled(
    sent.map(({ id }) => acceptPlacement(context, worker, id, { sessionTimeId: FRIDAY })),
  )
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect(await shown()).toMatchObject({ taken: 2, free: 1, sessions: [{ taken: 0 }, { taken: 2, free: 0 }] })
})

test('somebody may be moved to another session, and back only while it has room', async () => {
  const { context, worker, stage, db, clock } = await twice()
  const [one, other] = [await stage.sent(), await stage.sent()]
  await acceptPlacement(context, worker, one.id, { sessionTimeId: TUESDAY })
  const startsAt = new Date('2026-11-27T14:00Z')
  expect(await bookPlacement(context, worker, one.id, { startsAt, sessionTimeId: FRIDAY })).toMatchObject({
    session: { id: FRIDAY, words: 'Fridays, 2pm' },
  })
  await acceptPlacement(context, worker, other.id, { sessionTimeId: TUESDAY })
  clock.set('2026-11-23T10:00Z')
  await expectRefusal(db, 'group-full', () =>
    bookPlacement(context, worker, one.id, { startsAt, sessionTimeId: TUESDAY }),
  )
  expect(await bookPlacement(context, worker, one.id, { startsAt })).toMatchObject({ session: { id: FRIDAY } })
})

test('a place that frees in a session is offered with it', async () => {
  const city = await twice()
  const { context, worker, stage } = city
  const [a, b, c] = [await stage.sent(), await stage.sent(), await stage.sent()]
  await acceptPlacement(context, worker, a.id, { sessionTimeId: TUESDAY })
  await acceptPlacement(context, worker, b.id, { sessionTimeId: FRIDAY })
  await acceptPlacement(context, worker, c.id, { sessionTimeId: FRIDAY })
  const next = await stage.sent(MAILED)
  await waitlistPlacement(context, worker, next.id)
  await declinePlacement(context, worker, a.id, { reason: 'no_contact' })
  expect(await city.placement(next.id)).toMatchObject({ status: 'offered', sessionTimeId: TUESDAY })
})

test('a session keeps its people when its hour changes, and no fewer places than they are', async () => {
  const { context, worker, stage, db, change, shown } = await twice()
  const { id } = await stage.sent()
  await acceptPlacement(context, worker, id, { sessionTimeId: TUESDAY })
  await change({ times: [{ ...TUESDAYS, id: TUESDAY, opensAt: '11:00' }, FRIDAYS] })
  expect(await shown()).toMatchObject({
    sessions: [{ id: TUESDAY, words: 'Tuesdays, 11am', taken: 1 }, { id: FRIDAY }],
  })
  await expectRefusal(db, 'below-taken', () => change({ times: [{ ...TUESDAYS, id: TUESDAY, places: 0 }] }))
  await expectRefusal(db, 'invalid-input', () => change({ capacityKind: 'open' }))
})
