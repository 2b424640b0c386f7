import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import type { OutboxRow } from '../../src/store/outbox.ts'
import { queueMessages } from '../../src/store/outbox.ts'
import { oneMessage } from './one-message.ts'
import { EACH_ALONE, mailServer, postTo, type Received, reply } from './smtp.ts'

const MINUTE = 60_000

/** The message to the service is followed by as many more to the same service, a second apart. */
async function aRow(more: number) {
  const city = await oneMessage()
  const first = await city.messageTo('organisation')
  const later = Array.from({ length: more }, (_, n) => ({
    ...first,
    id: city.context.newId(),
    notice: 'placement-accepted' as const,
    createdAt: new Date(first.createdAt.getTime() + (n + 1) * 1000),
  }))
  await city.db.write((tx) => queueMessages(tx, later))
  city.wait(MINUTE)
  return { ...city, row: [first, ...later] }
}

const idsOf = (messages: (OutboxRow | { id: string })[]) => messages.map(({ id }) => id)
const received = (mails: Received[]) => mails.map(({ messageId }) => messageId?.slice(1).split('@')[0])

describe('messages to one recipient about one referral', () => {
  test('go out one after another, in the order in which they were owed', async () => {
    const { context, row } = await aRow(12)
    let atOnce = 0
    const server = await mailServer({
      // The earlier, the slower: what went at the same time would arrive the wrong way round.
      async onRcptTo(_, __, done) {
        atOnce++
        expect(atOnce).toBe(1)
        await sleep(10)
        atOnce--
        done()
      },
    })
    expect(await deliverMessages(context, postTo(server.url, EACH_ALONE))).toMatchObject({ sent: 13 })
    expect(received(server.received)).toEqual(idsOf(row))
  })

  test('wait for the earlier one that is to be tried again', async () => {
    const { context, row, messages, clock } = await aRow(2)
    let refusals = 2
    const server = await mailServer({
      onRcptTo: (_, __, done) => (refusals-- > 0 ? done(reply(450, '4.2.1 later')) : done()),
    })
    const post = postTo(server.url)
    for (let tries = 1; tries <= 2; tries++) {
      await deliverMessages(context, post)
      expect(server.received).toEqual([])
      const first = (await messages()).find(({ id }) => id === row[0]?.id)
      expect(first?.attempts).toBe(tries)
      clock.set(first?.nextAttemptAt ?? '')
    }
    await deliverMessages(context, post)
    expect(received(server.received)).toEqual(idsOf(row))
  })

  test('are free again when the earlier one is given up', async () => {
    const { context, row } = await aRow(2)
    let refusals = 1
    const server = await mailServer({
      onRcptTo: (_, __, done) => (refusals-- > 0 ? done(reply(550, '5.1.1 no')) : done()),
    })
    await deliverMessages(context, postTo(server.url, EACH_ALONE))
    expect(received(server.received)).toEqual(idsOf(row.slice(1)))
  })

  test('wait while another process sends the earlier one', async () => {
    const { context, row } = await aRow(5)
    const server = await mailServer({ onRcptTo: (_, __, done) => void sleep(20).then(() => done()) })
    await Promise.all([1, 2, 3, 4].map(() => deliverMessages(context, postTo(server.url, EACH_ALONE))))
    await deliverMessages(context, postTo(server.url, EACH_ALONE))
    expect(received(server.received)).toEqual(idsOf(row))
  })

  test('hold nobody else up', async () => {
    const { context, db, row, messageTo } = await aRow(1)
    const toOther = { ...(await messageTo('organisation')), id: context.newId(), toId: 'community-roots' }
    const other = { ...toOther, notice: 'placement-accepted' as const, createdAt: context.now() }
    await db.write((tx) => queueMessages(tx, [other]))
    const server = await mailServer({
      onRcptTo: ({ address }, _, done) => (address.includes('so-linked') ? done(reply(450, '4.2.1 later')) : done()),
    })
    await deliverMessages(context, postTo(server.url, EACH_ALONE))
    expect([received(server.received), row.length]).toEqual([[other.id], 2])
  })

  test('keep their order when the clock is set back between them', async () => {
    const { context, db, messageTo, wait, messages } = await oneMessage()
    const first = await messageTo('organisation')
    wait(-120 * MINUTE)
    // Ids are made from the clock, too.
    const back = { ...first, notice: 'placement-accepted' as const, createdAt: context.now() }
    await db.write((tx) => queueMessages(tx, [{ ...back, id: '0002', nextAttemptAt: context.now() }]))
    await db.write((tx) => queueMessages(tx, [{ ...back, id: '0001', nextAttemptAt: context.now() }]))
    expect(await messages()).toHaveLength(4)
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url, EACH_ALONE))
    expect(received(server.received)).toEqual([first.id, '0002', '0001'])
  })
})
