import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { type FailedMessage, listFailedMessages, messagesOf } from '../../src/actions/outbox/referral-messages.ts'
import { handleMessage } from '../../src/actions/outbox/resend-message.ts'
import { listStuck } from '../../src/actions/referrals/open-board.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import { NOTICE_WORDS } from '../../src/domain/notices.ts'
import { startJobs } from '../../src/jobs/clockwork.ts'
import { queueMessages } from '../../src/store/outbox.ts'
import { freshFolder } from '../support/database.ts'
import { stages } from '../support/stages.ts'
import { failedOf, oneMessage } from './one-message.ts'
import { mailServer, postTo, reply } from './smtp.ts'

const DAY = 86_400_000
const SAFE = { email: 'maria@home.example', safeContact: { voicemail: false, text: false, email: true, post: false } }

const says = (code: number, text: string, isFor = 'so-linked') =>
  mailServer({
    onRcptTo: ({ address }, _, done) => (address.includes(isFor) ? done(reply(code, text)) : done()),
  })

describe('the messages of a referral', () => {
  test('are shown with what became of them, in the order they were owed', async () => {
    const { context, clock, db, referral, navigator, messages } = await oneMessage(SAFE)
    const at = context.now()
    const standing = async () =>
      (await messagesOf(db.read, referral.id)).map(({ notice, to, toName, state, why }) => [
        notice,
        to,
        toName,
        state,
        why,
      ])
    expect(await standing()).toEqual([
      ['referral-to-triage', 'organisation', 'so linked', 'queued', null],
      ['person-referral-received', 'person', null, 'queued', null],
    ])
    const busy = await says(450, '4.2.1 later')
    await deliverMessages(context, postTo(busy.url))
    expect(await standing()).toEqual([
      ['referral-to-triage', 'organisation', 'so linked', 'retrying', '450 4.2.1'],
      ['person-referral-received', 'person', null, 'sent', null],
    ])
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    const [first] = await messages()
    clock.set(first?.nextAttemptAt ?? at)
    const server = await says(550, '5.1.1 no', 'surgery')
    await deliverMessages(context, postTo(server.url))
    expect(await messagesOf(db.read, referral.id)).toEqual([
      expect.objectContaining({
        noticeText: NOTICE_WORDS['referral-to-triage'],
        state: 'not_sent',
        why: 'the referral no longer waits in their queue',
        at: context.now(),
      }),
      expect.objectContaining({ state: 'sent', at }),
      expect.objectContaining({ toName: 'st marys surgery', state: 'failed', why: '550 5.1.1', at: context.now() }),
    ])
  })

  test('name the user they are for', async () => {
    const city = await oneMessage()
    await stages(city).accepted()
    const about = (await city.messages()).at(-1)?.referralId ?? ''
    const last = (await messagesOf(city.db.read, about)).at(-1)
    expect(last).toMatchObject({ notice: 'placement-accepted', to: 'user', toName: 'Nav Igator', state: 'queued' })
  })
})

describe('a message that was given up', () => {
  test('is seen by the service that works on the referral, and by nobody else', async () => {
    const { context, referral, navigator, lead, practice, worker } = await oneMessage()
    await deliverMessages(context, postTo((await says(550, '5.1.1 no')).url))
    const { id, reference } = referral
    const seen = [expect.objectContaining({ referralId: id, reference, toName: 'so linked', why: '550 5.1.1' })]
    expect(await failedOf(context, navigator)).toEqual(seen)
    expect(await failedOf(context, lead)).toEqual(seen)
    expect(await failedOf(context, practice)).toEqual([])
    expect(await failedOf(context, worker)).toEqual([])
    const stranger = { ...navigator, organisationId: 'shirley-surgery' }
    expect(await failedOf(context, stranger)).toEqual([])
  })

  test('is not among them when it was only better not sent', async () => {
    const { context, navigator, referral } = await oneMessage()
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    await deliverMessages(context, postTo((await mailServer()).url))
    expect(await failedOf(context, navigator)).toEqual([])
  })

  test('stays, and keeps its referral among what is stuck, until somebody was told another way', async () => {
    const { context, navigator, wait } = await oneMessage()
    await deliverMessages(context, postTo((await says(550, '5.1.1 no')).url))
    wait(400 * DAY)
    const [failed] = await failedOf(context, navigator)
    const troubles = async () => (await listStuck(context, navigator, { limit: 9 })).items.map((item) => item.troubles)
    expect(await troubles()).toEqual([['unheard', 'overdue']])
    await handleMessage(context, navigator, failed?.id ?? '')
    expect(await failedOf(context, navigator)).toEqual([])
    expect(await troubles()).toEqual([['overdue']])
  })

  test('is listed page by page, newest first, each once', async () => {
    const city = await oneMessage()
    const { context, navigator, wait } = city
    for (let nth = 0; nth < 4; nth++) await stages(city).submitted({ fullName: `Person ${nth}` })
    const server = await says(550, '5.1.1 no')
    await deliverMessages(context, postTo(server.url))
    wait(60_000)
    await stages(city).submitted({ fullName: 'Person Last' })
    await deliverMessages(context, postTo(server.url))
    const seen: FailedMessage[] = []
    for (let after: string | undefined; ; ) {
      const page = await listFailedMessages(context, navigator, { after, limit: 2 })
      seen.push(...page.items)
      if (!page.next) break
      after = page.next
    }
    expect(seen).toEqual(await failedOf(context, navigator))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6)
    expect(seen[0]?.at).toEqual(context.now())
    await expect(listFailedMessages(context, navigator, { after: 'nothing' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  test('is made up for by a later one to the same recipient about the same referral', async () => {
    const { context, db, navigator, wait, messageTo } = await oneMessage()
    await deliverMessages(context, postTo((await says(550, '5.1.1 no')).url))
    const { referralId, placementId, eventId, toKind, toId } = await messageTo('organisation')
    const about = { referralId, placementId, eventId, toKind, notice: 'placement-accepted' as const, attempts: 0 }
    const owe = (to: string) => {
      wait(1000)
      const at = { createdAt: context.now(), nextAttemptAt: context.now() }
      return db.write((tx) => queueMessages(tx, [{ ...about, ...at, id: context.newId(), toId: to }]))
    }
    const server = await mailServer()
    await owe('community-roots')
    await deliverMessages(context, postTo(server.url))
    expect(await failedOf(context, navigator)).toHaveLength(1)
    await owe(toId)
    expect(await failedOf(context, navigator)).toHaveLength(1)
    await deliverMessages(context, postTo(server.url))
    expect(await failedOf(context, navigator)).toEqual([])
  })

  test('is seen within a minute of the answer, by the clockwork alone', { timeout: 60_000 }, async () => {
    const city = await oneMessage()
    const context = { ...city.context, now: () => new Date() }
    const server = await says(550, '5.1.1 no')
    const clockwork = startJobs(context, {
      post: postTo(server.url),
      headFile: join(freshFolder(), 'audit-head.json'),
    })
    onTestFinished(() => clockwork.stop())
    await stages({ ...city, context }).submitted({ fullName: 'Another Person' })
    const startedAt = performance.now()
    const [, failed] = await vi.waitFor(
      async () => {
        const rows = await failedOf(context, city.navigator)
        expect(rows).toHaveLength(2)
        return rows
      },
      { timeout: 30_000, interval: 100 },
    )
    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(failed).toMatchObject({ state: 'failed', why: '550 5.1.1' })
    await clockwork.stop()
  })
})
