import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { messagesOf } from '../../src/actions/outbox/referral-messages.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { digestWords, inDigestOrder } from '../../src/domain/digest.ts'
import { type MailMode, NOTICE_WORDS } from '../../src/domain/notices.ts'
import { composeDigestMail } from '../../src/mail/compose-digest.ts'
import type { OutboxRow } from '../../src/store/outbox.ts'
import { memberships, organisations, outbox } from '../../src/store/schema.ts'
import { smallCity } from '../support/small-city.ts'
import { stages } from '../support/stages.ts'
import { mailServer, postTo, reply } from './smtp.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const SERVICE = 'team@so-linked.example'

/** So many referrals for the service, each of which owes it a message, and a server that takes them. */
async function thick(count: number, mode: MailMode = 'events') {
  const city = await smallCity()
  const { db, context, clock } = city
  await db.write((tx) => tx.update(organisations).set({ mailMode: mode }).where(eq(organisations.id, 'so-linked')))
  const refer = (nth: number, more: Record<string, unknown> = {}) =>
    stages(city).submitted({ fullName: `Person ${nth}` }, more)
  const referrals = []
  for (let nth = 0; nth < count; nth++) referrals.push(await refer(nth))
  const server = await mailServer()
  const post = postTo(server.url)
  const deliver = () => deliverMessages(context, post)
  const wait = (ms: number) => clock.set(new Date(context.now().getTime() + ms))
  const rows = () => db.read.select().from(outbox)
  const toService = async () =>
    (await rows()).filter(({ toId, referralId }) => toId === 'so-linked' && referralId !== null)
  const digests = async () => (await rows()).filter(({ notice }) => notice.endsWith('-digest'))
  const mails = () => server.received.filter(({ envelopeTo }) => envelopeTo.includes(SERVICE))
  return { ...city, refer, referrals, server, post, deliver, wait, rows, toService, digests, mails }
}

const states = (rows: OutboxRow[]) => ({
  alone: rows.filter(({ sentAt, digestId }) => sentAt && !digestId).length,
  together: rows.filter(({ sentAt, outcome }) => sentAt && outcome === 'sent in a digest').length,
  waiting: rows.filter(({ sentAt, endedAt }) => !sentAt && !endedAt).length,
  failed: rows.filter(({ failedAt }) => failedAt).length,
})

describe('more than five e-mails within an hour', () => {
  test('are told together in one, when the hour is over', async () => {
    const { deliver, toService, digests, mails, wait, referrals, context } = await thick(8)
    await deliver()
    expect(states(await toService())).toEqual({ alone: 5, together: 0, waiting: 3, failed: 0 })
    expect((await digests()).map(({ nextAttemptAt }) => nextAttemptAt)).toEqual([
      new Date(context.now().getTime() + HOUR),
    ])
    wait(HOUR - 1)
    await deliver()
    expect(mails()).toHaveLength(5)
    wait(1)
    await deliver()
    expect(states(await toService())).toEqual({ alone: 5, together: 3, waiting: 0, failed: 0 })
    expect(mails()).toHaveLength(6)
    const last = mails().at(-1)
    expect(last?.subject).toBe('3 updates on your referrals: first reply by Wed 25 Nov')
    const named = referrals.filter(({ reference }) => last?.text?.includes(reference))
    expect(named).toHaveLength(3)
    for (const { reference } of named)
      expect(last?.text).toContain(
        `${reference}: a new referral waits for your service, Mon 23 November, 9am. Reply by Wed 25 November.`,
      )
    expect(last?.text?.match(/https?:\S*/g)).toEqual(['https://trellis.example/o/so-linked'])
    expect(last?.headers).toContainEqual(
      expect.objectContaining({
        key: 'list-unsubscribe',
        value: '<https://trellis.example/o/so-linked/settings/mail>',
      }),
    )
    expect(mails()[0]?.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false)
    await deliver()
    expect(mails()).toHaveLength(6)
  })

  test('say nothing of the person', async () => {
    const { deliver, mails, wait } = await thick(6)
    await deliver()
    wait(HOUR)
    await deliver()
    expect(`${mails().at(-1)?.source}`).not.toMatch(/Person \d|surgery|lonel/i)
  })

  test('leave room again when the hour is over, and each joins the digest that is open', async () => {
    const { deliver, toService, digests, mails, wait, refer } = await thick(6)
    await deliver()
    wait(30 * MINUTE)
    await refer(7)
    await deliver()
    expect(states(await toService())).toMatchObject({ alone: 5, waiting: 2 })
    expect(await digests()).toHaveLength(1)
    wait(30 * MINUTE)
    await refer(8)
    await deliver()
    expect(states(await toService())).toEqual({ alone: 6, together: 2, waiting: 0, failed: 0 })
    expect(mails()).toHaveLength(7)
  })

  test('hold up nothing urgent', async () => {
    const { deliver, mails, refer } = await thick(6)
    await deliver()
    const urgent = await refer(7, { priority: 'urgent' })
    await deliver()
    expect(mails()).toHaveLength(6)
    expect(mails().at(-1)?.subject).toContain(urgent.reference)
  })

  test('leave out what has moved on, and a digest with nothing to tell is not sent', async () => {
    const { context, navigator, referrals, deliver, toService, digests, mails, wait } = await thick(7)
    await deliver()
    const waiting = (await toService()).filter(({ sentAt }) => !sentAt)
    const [gone, other] = referrals.filter(({ id }) => waiting.some(({ referralId }) => referralId === id))
    await withdrawReferral(context, navigator, gone?.id ?? '', { reason: 'changed_mind' })
    wait(HOUR)
    await deliver()
    expect(mails().at(-1)?.text).toContain(other?.reference)
    expect(mails().at(-1)?.text).not.toContain(gone?.reference)
    const why = 'the referral no longer waits in their queue'
    expect((await toService()).filter(({ outcome }) => outcome === why)).toHaveLength(1)

    const again = await thick(6)
    await again.deliver()
    const [only] = (await again.toService()).filter(({ sentAt }) => !sentAt)
    await withdrawReferral(again.context, again.navigator, only?.referralId ?? '', { reason: 'changed_mind' })
    again.wait(HOUR)
    await again.deliver()
    expect(again.mails()).toHaveLength(5)
    expect(await again.digests()).toEqual([
      expect.objectContaining({ sentAt: null, failedAt: null, outcome: 'nothing is left to tell' }),
    ])
    expect(await digests()).toHaveLength(1)
  })
})

describe('a digest', () => {
  test('that is refused for good fails for all that it was to tell', async () => {
    const { context, db, toService, deliver, wait, post, referrals } = await thick(7)
    await deliver()
    wait(HOUR)
    const stubborn = await mailServer({ onRcptTo: (_, __, done) => done(reply(550, '5.1.1 no')) })
    await deliverMessages(context, { ...post, mailer: postTo(stubborn.url).mailer })
    expect(states(await toService())).toEqual({ alone: 5, together: 0, waiting: 0, failed: 2 })
    const failed = (await toService()).find(({ failedAt }) => failedAt)
    const of = referrals.find(({ id }) => id === failed?.referralId)
    expect(await messagesOf(db.read, of?.id ?? '')).toContainEqual(
      expect.objectContaining({ state: 'failed', why: '550 5.1.1' }),
    )
  })

  test('that is put off is tried again, and whatever comes meanwhile is not in it', async () => {
    const { context, toService, deliver, wait, post, refer, digests, mails } = await thick(6)
    await deliver()
    wait(HOUR)
    const busy = await mailServer({ onRcptTo: (_, __, done) => done(reply(450, '4.2.1 later')) })
    await deliverMessages(context, { ...post, mailer: postTo(busy.url).mailer })
    expect(states(await toService())).toMatchObject({ waiting: 1, failed: 0 })
    await refer(7)
    await deliver()
    expect(mails()).toHaveLength(6)
    expect(await digests()).toHaveLength(1)
    wait(5 * MINUTE)
    await deliver()
    expect(mails().at(-1)?.subject).toContain('1 update on your referrals')
    expect(states(await toService())).toEqual({ alone: 6, together: 1, waiting: 0, failed: 0 })
  })

  test('that went out just before a crash goes again as the same message with the same words', async () => {
    const { context, toService, deliver, wait, refer, mails, post } = await thick(6)
    await deliver()
    wait(HOUR)
    // The server took it, and the process died before it could say so.
    let writes = 0
    const dying = {
      ...context,
      db: {
        ...context.db,
        write: <T>(body: Parameters<typeof context.db.write<T>>[0]) =>
          ++writes > 2 ? Promise.reject(new Error('killed')) : context.db.write(body),
      },
    }
    const short = { ...post, leaseMs: 200 }
    await expect(deliverMessages(dying, short)).rejects.toThrow('killed')
    expect(mails()).toHaveLength(6)
    await refer(7)
    wait(MINUTE)
    await deliverMessages(context, short)
    const twice = mails().filter(({ subject }) => subject?.includes('on your referrals'))
    expect(twice).toHaveLength(2)
    expect(new Set(twice.map(({ messageId, text }) => `${messageId} ${text}`)).size).toBe(1)
    expect(states(await toService())).toEqual({ alone: 6, together: 1, waiting: 0, failed: 0 })
  })
})

describe('whoever wants to hear once a day', () => {
  test('hears at half past eight on the next working day', async () => {
    const { deliver, toService, mails, clock } = await thick(2, 'digest')
    await deliver()
    expect(states(await toService())).toEqual({ alone: 0, together: 0, waiting: 2, failed: 0 })
    clock.set('2026-11-24T08:29:00Z')
    await deliver()
    expect(mails()).toHaveLength(0)
    clock.set('2026-11-24T08:30:00Z')
    await deliver()
    expect(mails().map(({ subject }) => subject)).toEqual(['2 updates on your referrals: first reply by Wed 25 Nov'])
    expect(states(await toService())).toEqual({ alone: 0, together: 2, waiting: 0, failed: 0 })
  })

  test('or both hears at once as well, and each is owed once', async () => {
    const { deliver, toService, mails, clock } = await thick(2, 'both')
    await deliver()
    expect(mails()).toHaveLength(2)
    clock.set('2026-11-24T08:30:00Z')
    await deliver()
    await deliver()
    expect(mails().map(({ subject }) => subject?.slice(0, 9))).toEqual(['New refer', 'New refer', '2 updates'])
    expect((await toService()).every(({ outcome }) => outcome === 'sent')).toBe(true)
  })

  test('is a user in the work they do for one service', async () => {
    const city = await thick(0)
    const { db, context, deliver, server, clock, navigator } = city
    const is = eq(memberships.userId, navigator.userId)
    await db.write((tx) => tx.update(memberships).set({ mailMode: 'digest' }).where(is))
    await stages(city).accepted()
    await deliver()
    const toNavigator = () => server.received.filter(({ envelopeTo }) => envelopeTo[0]?.startsWith('navigator'))
    expect(toNavigator()).toEqual([])
    clock.set('2026-11-24T08:30:00Z')
    await deliver()
    expect(toNavigator()).toHaveLength(1)
    expect(toNavigator()[0]?.text).toContain('the project accepted')
    const told = (await city.rows()).find(({ toKind, referralId }) => toKind === 'user' && referralId)
    expect(await messagesOf(db.read, told?.referralId ?? '')).toContainEqual(
      expect.objectContaining({ notice: 'placement-accepted', state: 'sent', at: context.now() }),
    )
  })
})

describe('what a digest says', () => {
  const line = (reference: string, replyBy: string | null) => ({
    reference,
    says: 'A step is due',
    at: new Date('2026-11-23T09:00:00Z'),
    replyBy,
    isLate: replyBy !== null && replyBy < '2026-11-23',
    link: null,
  })

  test('begins with what is due first, and says what is late', () => {
    const lines = inDigestOrder([line('C', null), line('B', '2026-11-25'), line('A', '2026-11-18'), line('D', null)])
    expect(lines.map(({ reference }) => reference)).toEqual(['A', 'B', 'C', 'D'])
    const facts = { lines, count: 4, more: 0, firstReplyBy: '2026-11-18', isDaily: true, link: 'https://x.example' }
    const { subject, text, html } = composeDigestMail({ ...facts, late: 1 })
    expect(subject).toBe('4 updates on your referrals: 1 late')
    expect(text).toContain('A: a step is due, Mon 23 November, 9am. It was due on Wed 18 November.')
    expect(text).toContain('B: a step is due, Mon 23 November, 9am. Reply by Wed 25 November.')
    expect(html).toContain('It was due on Wed 18 November.')
  })

  test('is said to whoever reads it', () => {
    expect(digestWords('referral-assigned')).toBe('The referral is yours now')
    expect(digestWords('placement-declined')).toBe(NOTICE_WORDS['placement-declined'])
  })
})
