import { inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { deliverMessages } from '../../src/actions/outbox/deliver-messages.ts'
import { referrals } from '../../src/store/schema.ts'
import { outage, tellings } from '../faults/support-outage.ts'
import { postTo } from './smtp.ts'

// The same with five hundred, on both engines: tests/faults/smtp-outage.test.ts.
describe('a mail server that is away for half an hour', { timeout: 60_000 }, () => {
  test('finds all that happened within five minutes of its return, each told once', async () => {
    const { context, db, server, toService, messages } = await outage(40)
    expect(toService.every(({ sentAt, failedAt }) => sentAt && !failedAt)).toBe(true)
    const ids = toService.flatMap(({ referralId }) => referralId ?? [])
    const about = await db.read.select().from(referrals).where(inArray(referrals.id, ids))
    const referenceOf = new Map(about.map(({ id, reference }) => [id, reference]))
    const references = new Map(toService.map(({ id, referralId }) => [id, referenceOf.get(referralId ?? '') ?? '']))
    // The one that was cut after the final dot came again, with the same Message-ID.
    expect(tellings(references, server.received, [...references.keys()])).toEqual({ lost: 0, most: 1, duplicates: 1 })
    expect(messages.filter(({ notice }) => notice === 'hour-digest').every(({ sentAt }) => sentAt)).toBe(true)
    await deliverMessages(context, postTo(server.url))
    expect(server.received.length).toBe(new Set(server.received.map(({ messageId }) => messageId)).size + 1)
  })

  test('and then refuses one for good: it is given up once', async () => {
    const { refused, toService, messages } = await outage(12, { refuses: 4 })
    expect(refused).toHaveLength(1)
    expect(toService.filter(({ failedAt }) => failedAt).map(({ id }) => id)).toEqual(refused)
    expect(messages.find(({ id }) => id === refused[0])).toMatchObject({ outcome: 'given up: 550 5.7.1', attempts: 1 })
    expect(toService.filter(({ sentAt }) => sentAt)).toHaveLength(11)
  })
})
