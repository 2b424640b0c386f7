import { inArray } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { referrals } from '../../src/store/schema.ts'
import { freshUrl } from '../support/database.ts'
import { outage, tellings } from './support-outage.ts'
import { say } from './support-smtp.ts'

const EVENTS = 500

test('a mail server that refuses for half an hour, and 500 events meanwhile', { timeout: 300_000 }, async () => {
  const db = await openDatabase(await freshUrl())
  onTestFinished(() => db.close())
  const startedAt = performance.now()
  const { server, toService, tries } = await outage(EVENTS, { db })
  expect(toService).toHaveLength(EVENTS)
  expect(toService.every(({ sentAt, failedAt }) => sentAt && !failedAt)).toBe(true)
  const ids = toService.flatMap(({ referralId }) => referralId ?? [])
  const about = await db.read.select().from(referrals).where(inArray(referrals.id, ids))
  const referenceOf = new Map(about.map(({ id, reference }) => [id, reference]))
  const alone = toService.filter(({ digestId }) => !digestId)
  const digested = toService.filter(({ digestId }) => digestId)
  const references = new Map(digested.map(({ id, referralId }) => [id, referenceOf.get(referralId ?? '') ?? '']))
  const { most, duplicates, lost } = tellings(references, server.received, [])
  expect([most, duplicates, lost]).toEqual([1, 1, 0])
  const arrived = new Set(server.received.map(({ messageId }) => messageId?.slice(1).split('@')[0]))
  expect(alone.filter(({ id }) => !arrived.has(id))).toEqual([])
  say('Refused for half an hour', startedAt, { events: EVENTS, mails: server.received.length, tries, duplicates })
})
