import { randomInt } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { referenceFrom } from '../../src/domain/reference.ts'
import { engine } from '../../src/store/columns.ts'
import { findBrokenPromises } from '../../src/store/promises.ts'
import { events, grants, groups, placements, referrals } from '../../src/store/schema.ts'
import { rounds, tell } from '../support/faults.ts'
import { twoDoors } from '../support/faults-city.ts'

const ROUNDS = 200
const AT_ONCE = 50

/**
 * Placements as sending makes them, by the dozen: one that the real actions made, copied with all that hangs on it into
 * a new group of one place. Sending ten thousand one by one would take an hour and try nothing more.
 */
async function copier({ db, newId, randomBytes }: Context, placementId: string) {
  const [placement] = await db.read.select().from(placements).where(eq(placements.id, placementId))
  if (!placement) throw new Error('There is nothing to copy.')
  const [referral] = await db.read.select().from(referrals).where(eq(referrals.id, placement.referralId))
  const [group] = await db.read.select().from(groups).where(eq(groups.id, placement.groupId))
  if (!referral || !group) throw new Error('There is nothing to copy.')
  const grantRows = await db.read.select().from(grants).where(eq(grants.referralId, referral.id))
  const eventRows = await db.read.select().from(events).where(eq(events.referralId, referral.id))

  return async (count: number) => {
    const groupId = newId()
    const made = Array.from({ length: count }, () => ({ placementId: newId(), referralId: newId() }))
    const ofEach = <T>(copy: (to: (typeof made)[number]) => T | T[]) => made.flatMap(copy)
    const subjectOf = (row: { subjectId: string }, to: (typeof made)[number]) =>
      row.subjectId === placement.id ? to.placementId : to.referralId
    await db.write(async (tx) => {
      await tx.insert(groups).values({ ...group, id: groupId, places: 1 })
      await tx
        .insert(referrals)
        .values(ofEach((to) => ({ ...referral, id: to.referralId, reference: referenceFrom(randomBytes(7)) })))
      await tx
        .insert(placements)
        .values(ofEach((to) => ({ ...placement, id: to.placementId, referralId: to.referralId, groupId })))
      await tx.insert(grants).values(
        ofEach((to) =>
          grantRows.map((row) => ({
            ...row,
            id: newId(),
            referralId: to.referralId,
            placementId: row.placementId && to.placementId,
          })),
        ),
      )
      await tx
        .insert(events)
        .values(
          ofEach((to) =>
            eventRows.map((row) => ({ ...row, id: newId(), referralId: to.referralId, subjectId: subjectOf(row, to) })),
          ),
        )
    })
    return { groupId, ids: made.map(({ placementId }) => placementId) }
  }
}

it('gives the last place to exactly one of fifty who accept at once', async () => {
  const { first, second, watcher, city, context } = await twoDoors({ places: 1 })
  const copies = await copier(context, (await first.given.referral(city).sent()).id)
  const took: number[] = []
  let bySecond = 0
  for (let round = 0; round < rounds(ROUNDS); round++) {
    const { groupId, ids } = await copies(AT_ONCE)
    // The same door is not always first.
    const shift = randomInt(2)
    const startedAt = performance.now()
    const replies = await Promise.all(
      ids.map((id, n) =>
        ((n + shift) % 2 === 0 ? first : second).call(city.worker, 'POST', `/placements/${id}/accept`),
      ),
    )
    took.push(performance.now() - startedAt)
    const words = replies.map(({ status, body }) => (status === 200 ? 'accepted' : `${status} ${body.code}`)).sort()
    expect(words).toEqual([...Array(AT_ONCE - 1).fill('409 group-full'), 'accepted'])
    bySecond += (replies.findIndex(({ status }) => status === 200) + shift) % 2
    const stored = await watcher.read.select().from(placements).where(eq(placements.groupId, groupId))
    expect(stored.filter(({ status }) => status === 'accepted').map(({ id }) => id)).toEqual(
      ids.filter((_, n) => replies[n]?.status === 200),
    )
    expect(stored.filter(({ status }) => status === 'sent')).toHaveLength(AT_ONCE - 1)
  }
  expect(await findBrokenPromises(watcher.read)).toEqual([])
  const sorted = took.sort((a, b) => a - b).map(Math.round)
  const { retries } = context.db.tally
  tell(`last place on ${engine}`, {
    rounds: took.length,
    atOnce: AT_ONCE,
    wonBySecondDoor: bySecond,
    medianMs: sorted[Math.floor(sorted.length / 2)],
    slowestMs: sorted.at(-1),
    retriesOfFirstDoor: retries,
  })
})
