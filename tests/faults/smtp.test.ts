import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { SMTPServerSession } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { openDatabase } from '../../src/store/database.ts'
import { type OutboxRow, queueMessages } from '../../src/store/outbox.ts'
import { organisations, outbox } from '../../src/store/schema.ts'
import { EACH_ALONE, FROM, mailServer, postTo, type Received, read, reply } from '../mail/smtp.ts'
import { freshUrl } from '../support/database.ts'
import { compare, type Events, events, MINUTE, outboxIdOf, say, untilNothingIsOwed } from './support-smtp.ts'

const EVENTS = 200

describe('of 200 messages none is lost', { timeout: 120_000 }, () => {
  test('when the server refuses connections for ten minutes', async () => {
    const city = await events(EVENTS)
    const { context, owed, wait } = city
    const { port, close, url } = await mailServer()
    await close()
    const startedAt = performance.now()
    const post = postTo(url, EACH_ALONE)
    for (let minute = 0; minute < 10; minute++) {
      await expect(deliverMessages(context, post)).rejects.toThrow('ESOCKET')
      wait(MINUTE)
    }
    const waiting = await owed()
    expect(waiting.every(({ attempts, sentAt, endedAt }) => attempts === 0 && !sentAt && !endedAt)).toBe(true)
    const server = await mailServer({}, port)
    // The server is back: nobody waits for a next attempt.
    await deliverMessages(context, post)
    expect((await owed()).every(({ attempts, sentAt }) => attempts === 1 && sentAt)).toBe(true)
    expect(compare(await owed(), server.received)).toEqual({ lost: 0, duplicates: 0, most: 1, strangers: 0 })
    say('Refused for ten minutes', startedAt, { sent: server.received.length, duplicates: 0, tries: 10 })
  })

  test('when the server asks for patience once for each message', async () => {
    const city = await events(EVENTS)
    const { owed } = city
    const seen = new Set<string>()
    let greyed = 0
    const server = await mailServer({
      onData: (stream, session, done) => void read(stream, session).then((mail) => greylist(mail, done)),
    })
    function greylist(mail: Received, done: (error?: Error) => void) {
      if (seen.has(outboxIdOf(mail))) {
        server.received.push(mail)
        return done()
      }
      seen.add(outboxIdOf(mail))
      greyed++
      done(reply(450, '4.7.1 Greylisted, come back later'))
    }
    const startedAt = performance.now()
    await untilNothingIsOwed(city, postTo(server.url, EACH_ALONE))
    const rows = await owed()
    expect(rows.every(({ attempts, sentAt }) => attempts === 2 && sentAt)).toBe(true)
    expect(compare(rows, server.received)).toEqual({ lost: 0, duplicates: 0, most: 1, strangers: 0 })
    say('Greylisting', startedAt, { sent: server.received.length, duplicates: 0, greyed })
  })

  test('when the server closes with 421, at the door and in mid conversation', async () => {
    const city = await events(EVENTS)
    let connections = 0
    let recipients = 0
    let closed = 0
    const close = (done: (error: Error) => void) => {
      closed++
      done(reply(421, '4.3.2 closing'))
    }
    const server = await mailServer({
      onConnect: (_, done) => (++connections % 4 === 0 ? close(done) : done()),
      onRcptTo: (_, __, done) => (++recipients % 7 === 0 ? close(done) : done()),
    })
    const startedAt = performance.now()
    const { down } = await untilNothingIsOwed(city, postTo(server.url, EACH_ALONE))
    expect((await city.owed()).every(({ sentAt }) => sentAt)).toBe(true)
    expect(compare(await city.owed(), server.received)).toEqual({ lost: 0, duplicates: 0, most: 1, strangers: 0 })
    say('421', startedAt, { sent: server.received.length, duplicates: 0, closed, turnsWithoutServer: down })
  })

  test('when the server refuses every tenth for good: that one is given up, once', async () => {
    const city = await events(EVENTS)
    const refused: string[] = []
    const server = await mailServer({
      onData: (stream, session, done) => void read(stream, session).then((mail) => judge(mail, done)),
    })
    let mails = 0
    function judge(mail: Received, done: (error?: Error) => void) {
      if (++mails % 10 !== 0) {
        server.received.push(mail)
        return done()
      }
      refused.push(outboxIdOf(mail))
      done(reply(550, '5.7.1 not here'))
    }
    const startedAt = performance.now()
    await untilNothingIsOwed(city, postTo(server.url, EACH_ALONE))
    const failed = (await city.owed()).filter(({ failedAt }) => failedAt)
    expect(failed.map(({ id }) => id).sort()).toEqual([...refused].sort())
    expect(failed.every(({ attempts, outcome }) => attempts === 1 && outcome === 'given up: 550 5.7.1')).toBe(true)
    expect([server.received.length, refused.length]).toEqual([EVENTS - 20, 20])
    say('550', startedAt, { sent: server.received.length, duplicates: 0, givenUp: failed.length })
  })

  test('when the connection is cut after the final dot: a duplicate has the same Message-ID', async () => {
    const city = await events(EVENTS)
    const cut: string[] = []
    let mails = 0
    const server = await mailServer({
      onData: (stream, session, done) => void read(stream, session).then((mail) => take(mail, session, done)),
    })
    function take(mail: Received, session: SMTPServerSession, done: () => void) {
      server.received.push(mail)
      if (++mails % 10 !== 0) return done()
      cut.push(outboxIdOf(mail))
      server.hangUp(session)
    }
    const startedAt = performance.now()
    await untilNothingIsOwed(city, postTo(server.url, EACH_ALONE))
    const { lost, duplicates, strangers } = compare(await city.owed(), server.received)
    expect([lost, strangers]).toEqual([0, 0])
    expect(duplicates).toBe(cut.length)
    expect((await city.owed()).every(({ sentAt }) => sentAt)).toBe(true)
    say('Cut after the final dot', startedAt, { sent: EVENTS, duplicates, cuts: cut.length })
  })
})

/** Sends in a process of its own until the server took so many, and kills it then: the last is never written down. */
async function sendAndKill(url: string, smtp: string, haltAfter: number): Promise<void> {
  const child = fork(join(import.meta.dirname, 'support-smtp-sender.ts'), [url, smtp, FROM, String(haltAfter)], {
    execArgv: ['--import', join(import.meta.dirname, '../../node_modules/tsx/dist/esm/index.mjs')],
    env: { PATH: process.env.PATH, DATABASE_URL: url },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = await once(child, 'message')
  if (said === 'taken') child.kill('SIGKILL')
  await once(child, 'exit')
}

test('a process that is killed between the answer and its commit sends again what it could not write down', {
  timeout: 180_000,
}, async () => {
  const url = await freshUrl()
  const db = await openDatabase(url)
  onTestFinished(() => db.close())
  const city = await events(EVENTS, db)
  const server = await mailServer()
  const startedAt = performance.now()
  const kills = 5
  for (let kill = 0; kill < kills; kill++) await sendAndKill(url, server.url, 11 + kill)
  // What the last one had in hand is free again when its lease has run out: the job comes every two seconds.
  for (let turn = 0; turn < 10 && (await city.owed()).some(({ sentAt }) => !sentAt); turn++)
    await sendAndKill(url, server.url, 0)
  expect((await city.owed()).every(({ sentAt }) => sentAt)).toBe(true)
  const { lost, duplicates, most, strangers } = compare(await city.owed(), server.received)
  expect([lost, strangers]).toEqual([0, 0])
  // Those that were on their way at the same moment are in the same doubt.
  expect(duplicates).toBeGreaterThanOrEqual(kills)
  expect(duplicates).toBeLessThanOrEqual(kills * 5)
  say('Killed with kill -9', startedAt, { sent: EVENTS, duplicates, kills, most })
})

/** Messages about 20 referrals to 10 recipients, in the order in which they are owed, and nothing else. */
async function muchToTell(city: Events) {
  const { db, context } = city
  const [pattern] = await city.owed()
  const referralIds = [...new Set((await city.rows()).map(({ referralId }) => referralId))]
  const recipients = Array.from({ length: 10 }, (_, n) => `recipient-${n}`)
  const more = recipients.map((id) => ({
    ...{ id, slug: id, name: id, kind: 'provider' as const, odsCode: null, isDefaultService: false },
    email: `team@${id}.example`,
  }))
  const at = context.now().getTime()
  const rows = Array.from({ length: EVENTS }, (_, n) => ({
    ...(pattern as OutboxRow),
    id: context.newId(),
    notice: 'placement-accepted' as const,
    toId: recipients[n % 10] ?? '',
    referralId: referralIds[Math.floor(n / 10) % 2 === 0 ? n % 10 : 10 + (n % 10)] ?? '',
    createdAt: new Date(at + n),
    nextAttemptAt: new Date(at + n),
  }))
  await db.write(async (tx) => {
    await tx.delete(outbox)
    await tx.insert(organisations).values(more)
    await queueMessages(tx, rows)
  })
  return rows
}

test('whatever the server does, nobody hears of a later state before an earlier one', {
  timeout: 180_000,
}, async () => {
  const city = await events(20)
  const rows = await muchToTell(city)
  const dice = fc.sample(fc.nat(99), { numRuns: 5000, seed: 20261123 })
  let thrown = 0
  const server = await mailServer({
    onData: (stream, session, done) => void read(stream, session).then((mail) => answer(mail, session, done)),
  })
  function answer(mail: Received, session: SMTPServerSession, done: (error?: Error) => void) {
    const throwOf = dice[thrown++ % dice.length] ?? 0
    if (throwOf < 25) return done(reply(451, '4.3.0 later'))
    if (throwOf < 30) return done(reply(550, '5.1.1 no'))
    if (throwOf < 35) return done(reply(421, '4.3.2 closing'))
    if (throwOf < 40) return server.hangUp(session)
    server.received.push(mail)
    if (throwOf < 45) return server.hangUp(session)
    return void sleep(throwOf % 7).then(() => done())
  }
  const startedAt = performance.now()
  await untilNothingIsOwed(city, postTo(server.url, EACH_ALONE))
  const settled = await city.owed()
  const sent = settled.filter(({ sentAt }) => sentAt)
  const failed = settled.filter(({ failedAt }) => failedAt)
  expect(sent.length + failed.length).toBe(EVENTS)
  const { duplicates, strangers } = compare(rows, server.received)
  expect([compare(sent, server.received).lost, strangers]).toEqual([0, 0])
  const place = new Map(rows.map((row, n) => [row.id, { pair: `${row.toId} ${row.referralId}`, n }]))
  const latest = new Map<string, number>()
  for (const mail of server.received) {
    const { pair, n } = place.get(outboxIdOf(mail)) ?? { pair: '', n: -1 }
    // The same once more is a duplicate after a cut; an earlier one would be a lie.
    expect(n).toBeGreaterThanOrEqual(latest.get(pair) ?? 0)
    latest.set(pair, n)
  }
  expect(latest.size).toBe(20)
  say('Chance', startedAt, { sent: sent.length, givenUp: failed.length, duplicates, answers: thrown })
})
