import { isDigestNotice } from '../../domain/digest.ts'
import { type Mailer, MailRefused, MailServerDown, type Message } from '../../mail/mailer.ts'
import { markUnderWay, SENT } from '../../store/digests.ts'
import { withoutParameters } from '../../store/failures.ts'
import { insertMail } from '../../store/mailbox.ts'
import type { Fate, OutboxRow } from '../../store/outbox.ts'
import type { Context } from '../context.ts'
import { type Batch, claimBatches, hasClaimable, hastenStrays, LEASE_MS, whileLeased } from './claim-messages.ts'
import { type Contents, composeDigest } from './compose-digest.ts'
import { composeMessage, type Draft } from './compose-message.ts'
import { GIVEN_UP, nextAttempt, POSTPONED } from './retry.ts'
import { type Settled, settle } from './settle.ts'
import { sortOut } from './sort-out.ts'

export interface Post {
  /** Null keeps mail in the built-in mailbox, for the demonstration. */
  mailer: Mailer | null
  /** As in MAIL_FROM. */
  from: string
  /** Of the pages that messages link to, without a slash at the end. */
  baseUrl: string
  retryBaseMs: number
  /** Letters in languages that nobody who speaks them has read yet: only in the demonstration. */
  showsDrafts?: boolean
  /** How long a message waits for somebody else when its sender dies: kept up while the sender lives. */
  leaseMs?: number
  /** How many e-mails about single events somebody gets in an hour before the others are told together. */
  mostAnHour?: number
}

export interface Delivery {
  sent: number
  /** Given up, or not to be sent at all. */
  ended: number
  postponed: number
}

export async function hasDueMessages(context: Context, { leaseMs = LEASE_MS }: Post): Promise<boolean> {
  return hasClaimable(context, leaseMs)
}

/**
 * Sends what is due until nothing is left, or the signal says stop. A message may be sent twice where the server's
 * answer was lost, with the same Message-ID. Throws MailServerDown where the server cannot be talked to.
 */
export async function deliverMessages(context: Context, post: Post, signal?: AbortSignal): Promise<Delivery> {
  const { leaseMs = LEASE_MS, retryBaseMs } = post
  const delivery: Delivery = { sent: 0, ended: 0, postponed: 0 }
  await hastenStrays(context, retryBaseMs)
  for await (const batch of claimBatches(context, leaseMs, signal)) {
    const trouble = await whileLeased(context, batch, leaseMs, (inHand) =>
      deliverBatch(context, post, batch, inHand, delivery),
    )
    if (trouble) throw trouble
  }
  return delivery
}

/**
 * No two of a batch are to one recipient about one referral, so they may go in any order. Answers with what is wrong with
 * the server, where it left some of them in hand.
 */
async function deliverBatch(
  context: Context,
  post: Post,
  batch: Batch,
  inHand: Set<string>,
  delivery: Delivery,
): Promise<unknown> {
  const findTrouble = once(() => troubleWith(post.mailer))
  const { going, held, againInDigest } = await sortOut(context, batch, post.mostAnHour)
  for (const id of held) inHand.delete(id)

  async function deliver(row: OutboxRow): Promise<void> {
    const settled = await fateOf(context, post, row, findTrouble)
    // Nothing is held against a message while the server is down. It may have arrived all the same.
    if (!settled) return context.db.write((tx) => markUnderWay(tx, row.id))
    const againFor = againInDigest.get(row.id)?.organisationId
    await context.db.write((tx) => settle(context, tx, row, { ...settled, againFor }))
    inHand.delete(row.id)
    const { fate } = settled
    delivery[fate.sentAt ? 'sent' : fate.endedAt ? 'ended' : 'postponed']++
  }

  const outcomes = await Promise.allSettled(going.map(deliver))
  const broken = outcomes.find((outcome) => outcome.status === 'rejected')
  if (broken) throw broken.reason
  return going.some(({ id }) => inHand.has(id)) ? ((await findTrouble()) ?? new MailServerDown('unknown')) : undefined
}

/** What becomes of one message; undefined where its server cannot be talked to. */
async function fateOf(
  context: Context,
  post: Post,
  row: OutboxRow,
  findTrouble: () => Promise<unknown>,
): Promise<Settled | undefined> {
  const attempts = row.attempts + 1
  let contents: Contents | undefined
  try {
    if (isDigestNotice(row.notice)) {
      const { told, dropped, ...message } = await composeDigest(context, row, post)
      contents = { told, dropped }
      return { fate: await sent(context, post, message, attempts), contents }
    }
    return { fate: await sent(context, post, await composeMessage(context, row, post), attempts) }
  } catch (error) {
    // A server that hangs up on one message and talks to us again has something against the message.
    if (error instanceof MailServerDown && (await findTrouble())) return undefined
    return { fate: afterFailure(context, post, { ...row, attempts }, error), contents }
  }
}

async function sent(context: Context, post: Post, draft: Draft, attempts: number): Promise<Partial<Fate>> {
  if ('unsent' in draft) return { endedAt: context.now(), outcome: draft.unsent }
  if ('failed' in draft) return { ...failedNow(context), outcome: `${GIVEN_UP}${draft.failed}` }
  await send(context, post, { ...draft, date: context.now() })
  return { sentAt: context.now(), outcome: SENT, attempts }
}

function failedNow({ now }: Context): Pick<Fate, 'endedAt' | 'failedAt'> {
  const at = now()
  return { endedAt: at, failedAt: at }
}

async function send({ db, newId }: Context, { mailer }: Post, message: Message): Promise<void> {
  if (mailer) return mailer.send(message)
  const { date: receivedAt, unsubscribe: _, ...mail } = message
  await db.write((tx) => insertMail(tx, { ...mail, id: newId(), receivedAt }))
}

function afterFailure(context: Context, { retryBaseMs }: Post, row: OutboxRow, error: unknown): Partial<Fate> {
  const { id, attempts, createdAt } = row
  const now = context.now()
  const isAnswer = error instanceof MailRefused || error instanceof MailServerDown
  const why = isAnswer ? error.message : 'a fault of ours'
  if (!isAnswer) context.log.error({ err: withoutParameters(error), outboxId: id }, 'A message could not be made')
  const [chance = 0] = context.randomBytes(1)
  const again =
    error instanceof MailRefused && error.isFinal
      ? undefined
      : nextAttempt({ createdAt, failedAttempts: attempts, now, baseMs: retryBaseMs, chance })
  if (again) return { attempts, nextAttemptAt: again, outcome: `${POSTPONED}${why}` }
  context.log.error({ outboxId: id, notice: row.notice, why }, 'A message was given up')
  return { attempts, endedAt: now, failedAt: now, outcome: `${GIVEN_UP}${why}` }
}

async function troubleWith(mailer: Mailer | null): Promise<unknown> {
  try {
    await mailer?.probe()
    return undefined
  } catch (error) {
    return error
  }
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined
  return () => {
    found ??= find()
    return found
  }
}
