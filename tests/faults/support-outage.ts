import { expect } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { MailServerDown } from '../../src/mail/mailer.ts'
import type { Database } from '../../src/store/database.ts'
import { mailServer, postTo, type Received, read, reply } from '../mail/smtp.ts'
import { stages } from '../support/stages.ts'
import { events, MINUTE, outboxIdOf } from './support-smtp.ts'

const DOWN_FOR = 30
const BACK_WITHIN = 5

/** What the server, back again, still does to some: each of these once, by the number of the mail. */
const MOODS: Record<number, 'greylists' | 'closes' | 'cuts' | 'refuses'> = {
  2: 'greylists',
  3: 'cuts',
  5: 'closes',
}

/**
 * The server refuses connections for half an hour, in which so many events happen. Then it is back, in a mood. Answers
 * with what it was given, and which messages it refused for good.
 */
export async function outage(count: number, { refuses = 0, db }: { refuses?: number; db?: Database } = {}) {
  const city = await events(0, db)
  const { context, owed, rows, wait } = city
  const { port, close, url } = await mailServer()
  await close()
  const post = postTo(url)
  let tries = 0
  for (let minute = 0; minute < DOWN_FOR; minute++) {
    const upTo = Math.round((count * (minute + 1)) / DOWN_FOR)
    for (let nth = Math.round((count * minute) / DOWN_FOR); nth < upTo; nth++)
      await stages(city).submitted({ fullName: `Person ${nth}` })
    if ((await owed()).length > 0) await expect(deliverMessages(context, post)).rejects.toBeInstanceOf(MailServerDown)
    tries++
    wait(MINUTE)
  }
  expect(await owed()).toHaveLength(count)
  expect((await owed()).every(({ attempts, sentAt, endedAt }) => attempts === 0 && !sentAt && !endedAt)).toBe(true)

  let mails = 0
  const refused: string[] = []
  const server = await mailServer(
    {
      onData: (stream, session, done) =>
        void read(stream, session).then((mail: Received) => {
          const mood = ++mails === refuses ? 'refuses' : MOODS[mails]
          if (mood === 'greylists') return done(reply(450, '4.7.1 Greylisted'))
          if (mood === 'closes') return done(reply(421, '4.3.2 closing'))
          if (mood === 'refuses') {
            refused.push(outboxIdOf(mail))
            return done(reply(550, '5.7.1 no'))
          }
          server.received.push(mail)
          if (mood === 'cuts') return server.hangUp(session)
          done()
        }),
    },
    port,
  )
  for (let minute = 0; minute <= BACK_WITHIN; minute++) {
    await deliverMessages(context, post).catch((error: unknown) => {
      if (!(error instanceof MailServerDown)) throw error
    })
    wait(MINUTE)
  }
  return { ...city, server, refused, tries, messages: await rows(), toService: await owed() }
}

/** How often each message was told: by a mail of its own, or by name in a digest. The same Message-ID counts once. */
export function tellings(references: Map<string, string>, received: Received[], owedIds: string[]) {
  const once = [...new Map(received.map((mail) => [mail.messageId, mail])).values()]
  const duplicates = received.length - once.length
  const times = new Map(owedIds.map((id) => [id, 0]))
  for (const mail of once) {
    const alone = times.get(outboxIdOf(mail))
    if (alone !== undefined) times.set(outboxIdOf(mail), alone + 1)
    else
      for (const [id, reference] of references)
        if (mail.text?.includes(reference)) times.set(id, (times.get(id) ?? 0) + 1)
  }
  const told = [...times.values()]
  return { lost: told.filter((count) => count === 0).length, most: Math.max(...told), duplicates }
}
