import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { recordBounce } from '../../src/actions/outbox/record-bounce.ts'
import { offerPlacement } from '../../src/actions/placements/offer-placement.ts'
import { waitlistPlacement } from '../../src/actions/placements/wait-for-place.ts'
import { readBounce } from '../../src/mail/bounce.ts'
import { findPlacement } from '../../src/store/placements.ts'
import { stages } from '../support/stages.ts'
import { failedOf, oneMessage } from './one-message.ts'
import { FROM, mailServer, postTo } from './smtp.ts'

const ID = '0193aaaa-0000-7000-8000-000000000001'
const SAFE = { email: 'maria@home.example', safeContact: { voicemail: false, text: false, email: true, post: false } }

interface Report {
  action?: string
  status?: string
  messageId?: string
  part?: string
  type?: string
}

/** A report as Postfix, Exim and Exchange write it: words for people, what became of it, and what it was. */
function report({
  action = 'failed',
  status = '5.1.1',
  messageId = `<${ID}@trellis.example>`,
  part = 'text/rfc822-headers',
  type = 'message/delivery-status',
}: Report = {}): Uint8Array {
  const lines = [
    'From: MAILER-DAEMON@mx.example',
    'To: no-reply@trellis.example',
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you. Status: 2.0.0',
    'Message-ID: <forged@trellis.example>',
    '',
    '--b',
    `Content-Type: ${type}`,
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; team@so-linked.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    `Content-Type: ${part}`,
    '',
    'Subject: New referral',
    `Message-ID:`,
    ` ${messageId}`,
    '',
    ...(part === 'message/rfc822' ? ['Message-ID: <in-the-body@trellis.example>', ''] : []),
    '--b--',
    '',
  ]
  return new TextEncoder().encode(lines.join('\r\n'))
}
const read = (more: Report = {}) => readBounce(report(more), FROM)

describe('a delivery report', () => {
  test.each([
    ['of headers', {}, { isFinal: true, status: '5.1.1' }],
    ['of the whole message', { part: 'message/rfc822' }, { isFinal: true, status: '5.1.1' }],
    ['in other alphabets', { type: 'message/global-delivery-status' }, { isFinal: true, status: '5.1.1' }],
    ['of one that was tried long enough', { status: '4.4.7' }, { isFinal: true, status: '4.4.7' }],
    ['of a delay', { action: 'delayed', status: '4.4.1' }, { isFinal: false, status: '4.4.1' }],
    ['of an arrival', { action: 'delivered', status: '2.0.0' }, { isFinal: false, status: '2.0.0' }],
    ['with capitals', { action: 'FAILED' }, { isFinal: true, status: '5.1.1' }],
  ] as [string, Report, object][])('%s is understood', async (_, more, expected) => {
    expect(await read(more)).toEqual({ outboxId: ID, ...expected })
  })

  test.each([
    ['names no message of ours', { messageId: '<x@elsewhere.example>' }],
    ['names a message in words that no id has', { messageId: '<a b@trellis.example>' }],
    ['has no part that says what became of it', { type: 'text/plain' }],
    ['has no original', { part: 'text/plain' }],
    ['has a status that is none', { status: 'very bad' }],
  ] as [string, Report][])('that %s says nothing', async (_, more) => {
    expect(await read(more)).toBeUndefined()
  })

  test.each(['', 'hello', '\0\0\0', 'Content-Type: multipart/report; boundary=\r\n\r\n--'])(
    '%j is none',
    async (text) => {
      expect(await readBounce(new TextEncoder().encode(text), FROM)).toBeUndefined()
    },
  )
})

describe('a message that comes back', () => {
  test('is somebody’s task from then on, once', async () => {
    const { context, navigator, messageTo, wait } = await oneMessage()
    const { id } = await messageTo('organisation')
    expect(await recordBounce(context, { outboxId: id, status: '5.1.1' })).toBe('not-yet')
    await deliverMessages(context, postTo((await mailServer()).url))
    wait(60_000)
    expect(await recordBounce(context, { outboxId: id, status: '5.1.1' })).toBe('failed')
    const at = context.now()
    expect(await messageTo('organisation')).toMatchObject({ sentAt: null, endedAt: at, failedAt: at })
    expect(await failedOf(context, navigator)).toEqual([
      expect.objectContaining({ state: 'failed', why: 'came back, 5.1.1' }),
    ])
    wait(60_000)
    expect(await recordBounce(context, { outboxId: id, status: '5.2.2' })).toBe('known-already')
    expect(await messageTo('organisation')).toMatchObject({ failedAt: at, outcome: 'given up: came back, 5.1.1' })
    expect(await recordBounce(context, { outboxId: 'nobody', status: '5.1.1' })).toBe('not-ours')
  })

  test('with the offer of a place makes it the navigator’s task, by the same day', async () => {
    const city = await oneMessage()
    const { context, db, messages } = city
    const offered = await stages(city).sent(SAFE)
    await waitlistPlacement(context, city.worker, offered.id)
    await offerPlacement(context, city.worker, offered.id, {})
    const before = await findPlacement(db.read, offered.id)
    expect(before).toMatchObject({ status: 'offered', nextOwnerKind: 'person', nextStep: 'answer_offer' })
    await deliverMessages(context, postTo((await mailServer()).url))
    const sent = (await messages()).find(({ notice }) => notice === 'person-place-offered')
    expect(sent?.sentAt).not.toBeNull()
    await recordBounce(context, { outboxId: sent?.id ?? '', status: '5.1.1' })
    expect(await findPlacement(db.read, offered.id)).toMatchObject({
      status: 'offered',
      nextOwnerKind: 'navigator',
      nextStep: 'get_offer_answer',
      nextDueOn: before?.nextDueOn,
    })
    expect((await messages()).map(({ notice }) => notice)).toContain('offer-unreached')
  })
})
