import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { listMessages } from '../../src/actions/outbox/list-messages.ts'
import { messagesOf } from '../../src/actions/outbox/referral-messages.ts'
import { handleMessage, resendMessage } from '../../src/actions/outbox/resend-message.ts'
import { withdrawReferral } from '../../src/actions/referrals/withdraw-referral.ts'
import type { MessageList } from '../../src/domain/messages.ts'
import { stages } from '../support/stages.ts'
import { failedOf, oneMessage } from './one-message.ts'
import { mailServer, postTo, reply } from './smtp.ts'

const refusing = () => mailServer({ onRcptTo: (_, __, done) => done(reply(550, '5.1.1 no')) })

async function oneFailed() {
  const city = await oneMessage()
  await deliverMessages(city.context, postTo((await refusing()).url))
  const failed = await city.messageTo('organisation')
  return { ...city, failed }
}

describe('a message that failed', () => {
  test('is sent again as a message of its own, and then is nobody’s task', async () => {
    const { context, db, navigator, failed, referral } = await oneFailed()
    const again = await resendMessage(context, navigator, failed.id)
    expect(again).toMatchObject({ state: 'queued', isRepeated: true, notice: failed.notice })
    expect(again.id).not.toBe(failed.id)
    const server = await mailServer()
    await deliverMessages(context, postTo(server.url))
    expect(server.received.map(({ messageId }) => messageId)).toEqual([`<${again.id}@trellis.example>`])
    expect(await failedOf(context, navigator)).toEqual([])
    expect((await messagesOf(db.read, referral.id)).map(({ state }) => state)).toEqual(['failed', 'not_sent', 'sent'])
  })

  test('that fails again is one task, not two', async () => {
    const { context, navigator, failed } = await oneFailed()
    const again = await resendMessage(context, navigator, failed.id)
    await deliverMessages(context, postTo((await refusing()).url))
    expect((await failedOf(context, navigator)).map(({ id }) => id)).toEqual([again.id])
    // From the list, where the first one still stands.
    const third = await resendMessage(context, navigator, failed.id)
    await deliverMessages(context, postTo((await refusing()).url))
    expect((await failedOf(context, navigator)).map(({ id }) => id)).toEqual([third.id])
    const { items } = await listMessages(context, navigator, { state: 'failed' })
    expect(items.map(({ id, mayResend, mayHandle }) => [id, mayResend, mayHandle])).toEqual([
      [third.id, true, true],
      [again.id, false, false],
      [failed.id, false, false],
    ])
    await handleMessage(context, navigator, third.id)
    expect(await failedOf(context, navigator)).toEqual([])
  })

  test('is not sent twice by two who press at once', async () => {
    const { context, navigator, lead, failed } = await oneFailed()
    await resendMessage(context, navigator, failed.id)
    await expect(resendMessage(context, lead, failed.id)).rejects.toMatchObject({ code: 'wrong-status' })
  })

  test('goes out once more where many press in the same moment', async () => {
    const { context, navigator, lead, failed, messages } = await oneFailed()
    const pressed = [navigator, lead, navigator, lead].map((actor) => resendMessage(context, actor, failed.id))
    const answers = await Promise.allSettled(pressed)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await messages()).filter(({ resends }) => resends === failed.id)).toHaveLength(1)
  })

  test('is not sent again where what it tells has moved on, and it says why', async () => {
    const { context, navigator, failed, referral, messages } = await oneFailed()
    await withdrawReferral(context, navigator, referral.id, { reason: 'changed_mind' })
    const before = await messages()
    await expect(resendMessage(context, navigator, failed.id)).rejects.toMatchObject({
      code: 'wrong-status',
      message: 'It cannot be sent again: the referral no longer waits in their queue.',
    })
    expect(await messages()).toEqual(before)
  })

  test('is sent again three times a day at most, repetitions of it among them, and says so before', async () => {
    const { context, navigator, failed, wait } = await oneFailed()
    const { url } = await mailServer()
    const left = async () => (await listMessages(context, navigator, { state: 'sent' })).items[0]
    for (const id of [failed.id, failed.id]) {
      await resendMessage(context, navigator, id)
      await deliverMessages(context, postTo(url))
    }
    expect(await left()).toMatchObject({ resendsLeft: 1, mayResend: true })
    const last = (await resendMessage(context, navigator, (await left())?.id ?? '')).id
    await deliverMessages(context, postTo(url))
    expect(await left()).toMatchObject({ id: last, resendsLeft: 0, mayResend: false })
    for (const id of [failed.id, last])
      await expect(resendMessage(context, navigator, id)).rejects.toMatchObject({
        code: 'wrong-status',
        message: expect.stringContaining('sent again 3 times today'),
      })
    // Until midnight in London.
    wait(14 * 3_600_000 + 59 * 60_000)
    await expect(resendMessage(context, navigator, last)).rejects.toMatchObject({ code: 'wrong-status' })
    wait(60_000)
    expect(await resendMessage(context, navigator, last)).toMatchObject({ isRepeated: true })
  })

  test('is made up for by somebody who told them another way', async () => {
    const { context, navigator, failed, wait } = await oneFailed()
    const handled = await handleMessage(context, navigator, failed.id)
    expect(handled).toMatchObject({ state: 'failed', handledAt: context.now() })
    expect(await failedOf(context, navigator)).toEqual([])
    wait(60_000)
    expect(await handleMessage(context, navigator, failed.id)).toEqual(handled)
  })

  test('is nobody’s but theirs who see the work', async () => {
    const { context, failed, practice, worker, otherPractice } = await oneFailed()
    for (const actor of [practice, worker, otherPractice])
      for (const act of [resendMessage, handleMessage])
        await expect(act(context, actor, failed.id)).rejects.toMatchObject({
          code: expect.stringMatching(/^not-(found|allowed)$/),
        })
  })
})

test('one that did not fail cannot be made up for, and one on its way is not sent again', async () => {
  const { context, navigator, messageTo } = await oneMessage()
  const { id } = await messageTo('organisation')
  await expect(handleMessage(context, navigator, id)).rejects.toMatchObject({ code: 'wrong-status' })
  await expect(resendMessage(context, navigator, id)).rejects.toMatchObject({ code: 'wrong-status' })
  await expect(resendMessage(context, navigator, 'nothing')).rejects.toMatchObject({ code: 'not-found' })
})

test('messages are listed by what became of them, page by page, each once', async () => {
  const city = await oneMessage()
  const { context, navigator, worker, practice, otherWorker } = city
  for (let nth = 0; nth < 4; nth++) {
    city.wait(1000)
    await stages(city).sent({ fullName: `Person ${nth}` })
  }
  const all = async (actor: typeof navigator, state: MessageList) => {
    const ids: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await listMessages(context, actor, { state, after, limit: 2 })
      ids.push(...page.items.map(({ id }) => id))
      if (!page.next) return ids
      after = page.next
    }
  }
  const waiting = await all(navigator, 'waiting')
  expect(new Set(waiting).size).toBe(waiting.length)
  expect(await all(worker, 'waiting')).toHaveLength(4)
  expect(await all(worker, 'sent')).toEqual([])
  const moody = await mailServer({
    onRcptTo: ({ address }, _, done) => (address.includes('so-linked') ? done(reply(550, '5.1.1 no')) : done()),
  })
  await deliverMessages(context, postTo(moody.url))
  expect(await all(worker, 'sent')).toHaveLength(4)
  expect(await all(otherWorker, 'sent')).toEqual([])
  expect(await all(practice, 'sent')).toEqual([])
  const [sent, failed] = [await all(navigator, 'sent'), await all(navigator, 'failed')]
  expect([sent.length, failed.length]).toEqual([4, 1])
  expect(await all(navigator, 'waiting')).toEqual([])
  const [mine] = (await listMessages(context, worker, { state: 'sent' })).items
  expect(mine).toMatchObject({ mayResend: false, mayHandle: false, toName: 'community roots' })
})
