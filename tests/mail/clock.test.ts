import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { oneMessage } from './one-message.ts'
import { mailServer, postTo, reply } from './smtp.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A server that takes its time over each message, so that the clock can jump while it is being sent. */
const slowServer = (ms: number) => mailServer({ onRcptTo: (_, __, done) => void sleep(ms).then(() => done()) })

describe.each([
  ['back', -2 * HOUR],
  ['forward', 2 * HOUR],
])('when the clock is set %s two hours', (_, jump) => {
  test('a message that waits goes at once', async () => {
    const { context, wait } = await oneMessage()
    const server = await mailServer()
    wait(jump)
    expect(await deliverMessages(context, postTo(server.url))).toMatchObject({ sent: 1 })
  })

  test('a message that is tried again waits no longer than was planned', async () => {
    const { context, wait, messageTo } = await oneMessage()
    let refusals = 2
    const server = await mailServer({
      onRcptTo: (_, __, done) => (refusals-- > 0 ? done(reply(450, '4.2.1 later')) : done()),
    })
    const post = postTo(server.url)
    await deliverMessages(context, post)
    wait(jump)
    await deliverMessages(context, post)
    expect(await messageTo('organisation')).toMatchObject({ attempts: 2, sentAt: null })
    await deliverMessages(context, post)
    expect(await messageTo('organisation')).toMatchObject({ attempts: 2, sentAt: null })
    wait(3 * MINUTE)
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 1 })
    expect(server.received).toHaveLength(1)
  })

  test('a message whose sender died goes all the same', async () => {
    const { context, db, wait } = await oneMessage()
    const server = await mailServer({ onData: (stream, _, done) => void stream.resume().on('end', done) })
    let writes = 0
    const dying: Context = {
      ...context,
      db: { ...db, write: (body) => (writes++ === 0 ? db.write(body) : Promise.reject(new Error('killed'))) },
    }
    const post = postTo(server.url, { leaseMs: 300 })
    await expect(deliverMessages(dying, post)).rejects.toThrow('killed')
    wait(jump)
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 1 })
  })

  test('a message that is being sent is not sent by another process as well', async () => {
    const { context, wait } = await oneMessage()
    const server = await slowServer(2000)
    const post = postTo(server.url, { leaseMs: 900 })
    const first = deliverMessages(context, post)
    await sleep(400)
    wait(jump)
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 0 })
    expect(await first).toMatchObject({ sent: 1 })
    expect(server.received).toHaveLength(1)
  })
})
