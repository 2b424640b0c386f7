import { expect } from 'vitest'
import { Refusal, type RefusalCode } from '../../src/domain/refusal.ts'
import type { Database } from '../../src/store/database.ts'
import * as schema from '../../src/store/schema.ts'

const COUNTED = {
  people: schema.people,
  referrals: schema.referrals,
  placements: schema.placements,
  grants: schema.grants,
  events: schema.events,
  audit: schema.auditRows,
  outbox: schema.outbox,
  contacts: schema.contacts,
  attendances: schema.attendances,
  questions: schema.questions,
  signposts: schema.signposts,
  unmetNeeds: schema.unmetNeeds,
  answers: schema.answers,
}

/** How many rows stand in every table that a request may write. */
export async function countRows(db: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [name, table] of Object.entries(COUNTED)) counts[name] = await db.read.$count(table)
  return counts
}

/** Refused with this code, in words, and nothing was written. */
export async function expectRefusal(
  db: Database,
  code: RefusalCode,
  attempt: () => Promise<unknown>,
): Promise<Refusal> {
  const before = await countRows(db)
  const refusal = await attempt().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(Refusal)
  if (!(refusal instanceof Refusal)) throw refusal
  expect(refusal.code).toBe(code)
  expect(refusal.message).toMatch(/\w+ \w+/)
  expect(await countRows(db)).toEqual(before)
  return refusal
}
