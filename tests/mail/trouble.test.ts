import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { MailServerDown, messageIdOf } from '../../src/mail/mailer.ts'
import { queueMessages } from '../../src/store/outbox.ts'
import { oneMessage } from './one-message.ts'
import { EACH_ALONE, FROM, mailServer, postTo, reply } from './smtp.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('when the server', () => {
  test('cannot take a message now, it is tried again, later and later, as the same message', async () => {
    const { context, messageTo, clock } = await oneMessage()
    let refusals = 3
    const server = await mailServer({
      onRcptTo: (_, __, done) => (refusals-- > 0 ? done(reply(450, '4.2.1 team@so-linked.example: later')) : done()),
    })
    const post = postTo(server.url)
    for (let tries = 1; tries <= 3; tries++) {
      expect(await deliverMessages(context, post)).toMatchObject({ postponed: 1 })
      const owed = await messageTo('organisation')
      expect(owed).toMatchObject({ attempts: tries, sentAt: null, endedAt: null, leasedUntil: null })
      expect(owed.outcome).toBe('to be tried again: 450 4.2.1')
      const pause = (owed.nextAttemptAt.getTime() - context.now().getTime()) / (MINUTE * 2 ** (tries - 1))
      expect(pause).toBeGreaterThanOrEqual(0.8)
      expect(pause).toBeLessThanOrEqual(1.2)
      expect(await deliverMessages(context, post)).toEqual({ sent: 0, ended: 0, postponed: 0 })
      clock.set(owed.nextAttemptAt)
    }
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 1 })
    const owed = await messageTo('organisation')
    expect(owed).toMatchObject({ attempts: 4, outcome: 'sent' })
    expect(server.received.map(({ messageId }) => messageId)).toEqual([messageIdOf(owed.id, FROM)])
  })

  test('refuses a message for good, it is given up once, and others are not', async () => {
    const { context, messageTo, wait } = await oneMessage({
      email: 'maria@home.example',
      safeContact: { voicemail: false, text: false, email: true, post: false },
    })
    let asked = 0
    const server = await mailServer({
      onRcptTo({ address }, _, done) {
        if (address === 'maria@home.example') return done()
        asked++
        done(reply(550, '5.1.1 no such mailbox'))
      },
    })
    const post = postTo(server.url)
    expect(await deliverMessages(context, post)).toEqual({ sent: 1, ended: 1, postponed: 0 })
    expect(await messageTo('organisation')).toMatchObject({ sentAt: null, endedAt: context.now(), attempts: 1 })
    expect(await messageTo('organisation')).toMatchObject({ failedAt: context.now(), outcome: 'given up: 550 5.1.1' })
    wait(5 * HOUR)
    await deliverMessages(context, post)
    expect(asked).toBe(1)
  })

  test('takes no message for three days, it is given up', async () => {
    const { context, messageTo, wait } = await oneMessage()
    const server = await mailServer({
      onData: (stream, _, done) => stream.resume().on('end', () => done(reply(451, 'full'))),
    })
    const post = postTo(server.url)
    let tries = 0
    for (; !(await messageTo('organisation')).endedAt; tries++) {
      await deliverMessages(context, post)
      wait(5 * HOUR)
    }
    expect(tries).toBe(16)
    expect(await messageTo('organisation')).toMatchObject({ sentAt: null, outcome: 'given up: 451' })
    expect((await messageTo('organisation')).failedAt).toEqual((await messageTo('organisation')).endedAt)
  })

  test('is down, nothing is held against the message; when it is up again, it goes', async () => {
    const { context, messageTo, wait } = await oneMessage()
    const { port, close, url } = await mailServer()
    await close()
    const post = postTo(url)
    for (let tries = 0; tries < 3; tries++) {
      await expect(deliverMessages(context, post)).rejects.toThrow('ESOCKET')
      expect(await messageTo('organisation')).toMatchObject({
        attempts: 0,
        leasedUntil: null,
        sentAt: null,
        endedAt: null,
      })
      wait(40 * HOUR)
    }
    const server = await mailServer({}, port)
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 1 })
    expect(server.received).toHaveLength(1)
  })

  test('does not know us, nothing is held against the message', async () => {
    const { context, messageTo } = await oneMessage()
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_, __, done) => done(reply(535, '5.7.8 who?')),
    })
    const url = server.url.replace('//', '//trellis:secret@')
    await expect(deliverMessages(context, postTo(url))).rejects.toThrow('EAUTH 535 5.7.8')
    expect(await messageTo('organisation')).toMatchObject({ attempts: 0, endedAt: null })
  })

  test.each([
    ['has no TLS', { disabledCommands: ['STARTTLS'] }],
    ['has a certificate that nobody vouches for', {}],
  ])('is not this machine and %s, nothing is said in the clear', async (_, says) => {
    const { context, messageTo } = await oneMessage()
    const server = await mailServer(says)
    // An address of this machine that does not say so.
    const url = server.url.replace('127.0.0.1', '0.0.0.0')
    await expect(deliverMessages(context, postTo(url))).rejects.toThrow(MailServerDown)
    expect(server.received).toEqual([])
    expect(await messageTo('organisation')).toMatchObject({ attempts: 0, endedAt: null })
  })

  test('hangs up on one message but is there, the others go on', async () => {
    const { context, messages, messageTo } = await oneMessage({
      email: 'maria@home.example',
      safeContact: { voicemail: false, text: false, email: true, post: false },
    })
    const server = await mailServer({
      onRcptTo({ address }, session, done) {
        if (address === 'maria@home.example')
          return done()
          // What a crash looks like from outside.
        ;(session as unknown as { socket?: { destroy(): void } }).socket?.destroy()
        done(reply(421, 'closing'))
      },
    })
    expect(await deliverMessages(context, postTo(server.url))).toEqual({ sent: 1, ended: 0, postponed: 1 })
    expect(await messageTo('organisation')).toMatchObject({ attempts: 1, endedAt: null })
    expect((await messages()).map(({ leasedUntil }) => leasedUntil)).toEqual([null, null])
  })
})

describe('when the process', () => {
  test('dies between sending and saying so, the message goes again under the same Message-ID', async () => {
    const { context, db, messageTo, wait } = await oneMessage()
    const server = await mailServer()
    const post = postTo(server.url, { leaseMs: 300 })
    let writes = 0
    const dying: Context = {
      ...context,
      // The first write claims the message, the second would say that it was sent.
      db: { ...db, write: (body) => (writes++ === 0 ? db.write(body) : Promise.reject(new Error('killed'))) },
    }
    await expect(deliverMessages(dying, post)).rejects.toThrow('killed')
    expect(server.received).toHaveLength(1)
    expect(await messageTo('organisation')).toMatchObject({ sentAt: null })
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 0 })
    wait(31_000)
    expect(await deliverMessages(context, post)).toMatchObject({ sent: 1 })
    const [first, second, ...others] = server.received
    expect([second?.messageId, others]).toEqual([first?.messageId, []])
  })

  test('is one of several, each message goes once', async () => {
    const { context, db, messageTo } = await oneMessage()
    const { id, ...message } = await messageTo('organisation')
    const more = Array.from({ length: 25 }, () => ({ ...message, id: context.newId() }))
    await db.write((tx) => queueMessages(tx, more))
    const server = await mailServer()
    const deliveries = await Promise.all(
      [1, 2, 3, 4].map(() => deliverMessages(context, postTo(server.url, EACH_ALONE))),
    )
    expect(deliveries.reduce((sum, { sent }) => sum + sent, 0)).toBe(26)
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(26)
    expect(server.received).toHaveLength(26)
  })
})
