import type { Content } from './compose.ts'

/** A message that is ready to go. */
export interface Message extends Content {
  /** One per message for ever, also when it is sent again. */
  messageId: string
  to: string
  date: Date
  /** The page where the recipient chooses how often such mail comes; only digests have one. */
  unsubscribe?: string
}

export interface Mailer {
  /** Resolves once the server has taken the message; throws MailRefused or MailServerDown otherwise. */
  send(message: Message): Promise<void>
  /** Whether the server can be talked to: throws MailServerDown where it cannot. */
  probe(): Promise<void>
  close(): void
}

/** The server said no to this message: for good (5xx), or for now (4xx). */
export class MailRefused extends Error {
  override name = 'MailRefused'
  readonly isFinal: boolean

  constructor(code: string, isFinal: boolean) {
    super(code)
    this.isFinal = isFinal
  }
}

/** The server could not be reached, or talked to: nothing is known against the message. */
export class MailServerDown extends Error {
  override name = 'MailServerDown'
}

/** The sender in 'Trellis <no-reply@trellis.example>' or 'no-reply@trellis.example'. */
export function senderOf(mailFrom: string): { name: string; address: string } {
  const [, name = '', address = mailFrom] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(mailFrom) ?? []
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address.trim()))
    throw new Error('MAIL_FROM must be an e-mail address, like "Trellis <no-reply@trellis.example>".')
  return { name, address: address.trim() }
}

/** The same message has the same Message-ID however often it is sent, so that a mailbox can tell a repetition. */
export function messageIdOf(outboxId: string, mailFrom: string): string {
  return `<${outboxId}@${senderOf(mailFrom).address.split('@')[1]}>`
}

/** @param url smtp://[user:password@]host[:port], or smtps:// for TLS from the first byte */
export function createMailer(url: string, mailFrom: string): Mailer {
  const from = senderOf(mailFrom)
  let open: ReturnType<typeof transportTo> | undefined
  const transport = () => {
    open ??= transportTo(url)
    return open
  }
  return {
    async send({ messageId, to, date, subject, text, html, unsubscribe }) {
      const headers = {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...(unsubscribe ? { 'List-Unsubscribe': `<${unsubscribe}>` } : {}),
      }
      await said(async () =>
        // Objects, never strings: a comma in a string would mail two people.
        (await transport()).sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          date,
          headers,
        }),
      )
    },
    async probe() {
      await said(async () => (await transport()).verify())
    },
    close: () => void open?.then((one) => one.close()),
  }
}

// Brought in with the first message: no visitor waits for it at start.
async function transportTo(url: string) {
  const { createTransport } = await import('nodemailer')
  return createTransport(transportOptions(url))
}

function transportOptions(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const isLoopback = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
  return {
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !isLoopback,
    // Nobody listens on the way to our own machine, and its certificate would hardly be one we trust.
    ignoreTLS: !secure && isLoopback,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    pool: true as const,
    maxConnections: 5,
    // When to send again is for the outbox to say, which remembers.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

// What goes wrong while connecting is about us or the server, whatever its number; only these are about one message.
const ABOUT_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE']
// "I am closing" and "sign in first": about the server or us, whenever it is said.
const ABOUT_THE_SERVER = [421, 530]

async function said(talk: () => Promise<unknown>): Promise<void> {
  try {
    await talk()
  } catch (error) {
    const { code, responseCode, response } = error as { code?: string; responseCode?: number; response?: string }
    if (!code) throw error
    const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response ?? '')?.[1]
    // Only codes are passed on: a server's words may repeat the address.
    const status = [responseCode, enhanced].filter(Boolean).join(' ')
    if (!ABOUT_THE_MESSAGE.includes(code) || ABOUT_THE_SERVER.includes(responseCode ?? 0))
      throw new MailServerDown([code, status].filter(Boolean).join(' '))
    throw new MailRefused(status || code, responseCode === undefined || responseCode >= 500)
  }
}
