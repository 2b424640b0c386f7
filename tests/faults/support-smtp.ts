import { randomBytes } from 'node:crypto'
import { deliverMessages, type Post } from '../../src/actions/outbox/deliver-messages.ts'
import { MailServerDown } from '../../src/mail/mailer.ts'
import type { Database } from '../../src/store/database.ts'
import type { OutboxRow } from '../../src/store/outbox.ts'
import { outbox } from '../../src/store/schema.ts'
import type { Received } from '../mail/smtp.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'

export const MINUTE = 60_000

/** So many referrals were made, and each owes its service one message. */
export async function events(count: number, db?: Database) {
  const made = await smallCity(db ? { db } : {})
  // The chance of other tests repeats itself after some hundred draws, and so would the references.
  const city = { ...made, context: { ...made.context, randomBytes } }
  for (let n = 0; n < count; n++) await stages(city).submitted({ fullName: `Person ${n}` })
  const rows = () => city.db.read.select().from(outbox)
  /** What the server has to see once each; letters to people without an address are none of them. */
  const owed = async () => (await rows()).filter(({ toKind, referralId }) => toKind === 'organisation' && referralId)
  const wait = (ms: number) => city.clock.set(new Date(city.context.now().getTime() + ms))
  return { ...city, rows, owed, wait }
}
export type Events = Awaited<ReturnType<typeof events>>

const isOwed = ({ sentAt, endedAt }: OutboxRow) => !sentAt && !endedAt

/** Lets the hours pass until nothing is owed any more: a try each minute. Answers with the tries that found no server. */
export async function untilNothingIsOwed({ context, rows, wait }: Events, post: Post, mostMinutes = 72 * 60) {
  let down = 0
  for (let minutes = 0; (await rows()).some(isOwed); minutes++) {
    if (minutes > mostMinutes) throw new Error('Something is owed for ever.')
    await deliverMessages(context, post).catch((error: unknown) => {
      if (!(error instanceof MailServerDown)) throw error
      down++
    })
    wait(MINUTE)
  }
  return { down }
}

/** Which message a mail is: its Message-ID is made of the id in the outbox. */
export const outboxIdOf = ({ messageId }: Received): string => messageId?.slice(1).split('@')[0] ?? ''

/** Holds what was owed against what arrived. */
export function compare(owed: Pick<OutboxRow, 'id'>[], received: Received[]) {
  const times = new Map<string, number>()
  for (const mail of received) times.set(outboxIdOf(mail), (times.get(outboxIdOf(mail)) ?? 0) + 1)
  return {
    lost: owed.filter(({ id }) => !times.has(id)).length,
    duplicates: received.length - times.size,
    most: Math.max(0, ...times.values()),
    strangers: [...times.keys()].filter((id) => !owed.some((each) => each.id === id)).length,
  }
}

/** One line for the record. */
export function say(what: string, startedAt: number, figures: Record<string, number>): void {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const words = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`)
  process.stdout.write(`${what}: ${words.join(', ')}, ${seconds} s\n`)
}
