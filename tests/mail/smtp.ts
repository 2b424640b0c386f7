import { once } from 'node:events'
import type { Socket } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Post } from '../../src/actions/outbox/deliver-messages.ts'
import { createMailer } from '../../src/mail/mailer.ts'

export interface Received extends Email {
  envelopeTo: string[]
  source: string
}

/** Takes a mail up to its final dot. */
export async function read(stream: AsyncIterable<Buffer>, { envelope }: SMTPServerSession): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const source = Buffer.concat(chunks).toString()
  return { ...(await PostalMime.parse(source)), envelopeTo: envelope.rcptTo.map(({ address }) => address), source }
}

/** A mail server on this machine that keeps what it is given; `says` answers as a stubborn server would. */
export async function mailServer(says: SMTPServerOptions = {}, port = 0) {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    // Nobody waits for polite goodbyes in a test.
    closeTimeout: 50,
    // Its certificate is one that everybody has, and it would say so each time.
    logger: false,
    async onData(stream, session, done) {
      received.push(await read(stream, session))
      done()
    },
    ...says,
  })
  const sockets = new Map<number | undefined, Socket>()
  server.server.on('connection', (socket) => sockets.set(socket.remotePort, socket))
  // Clients that hang up are part of the tests.
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('The mail server has no port.')
  const close = () => new Promise<void>((resolve) => server.close(resolve))
  onTestFinished(close)
  /** What a crash of the server looks like from outside. */
  const hangUp = ({ remotePort }: SMTPServerSession) => sockets.get(remotePort)?.destroy()
  return { received, close, hangUp, port: address.port, url: `smtp://127.0.0.1:${address.port}` }
}

export const FROM = 'Trellis <no-reply@trellis.example>'

/** How mail leaves in a test: by a real conversation with the server, or with no URL into the built-in mailbox. */
export function postTo(url: string | null, more: Partial<Post> = {}): Post {
  const mailer = url ? createMailer(url, FROM) : null
  onTestFinished(() => mailer?.close())
  return { mailer, from: FROM, baseUrl: 'https://trellis.example', retryBaseMs: 60_000, ...more }
}

/** For what is about the way and not about the number: nobody is told of several things together. */
export const EACH_ALONE: Partial<Post> = { mostAnHour: Number.POSITIVE_INFINITY }

/** What smtp-server turns into a reply with this number. */
export const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })
