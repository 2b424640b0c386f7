import { cpSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { NOTICE_DECISIONS } from '../../src/domain/notices.ts'
import { engine } from '../../src/store/columns.ts'
import { type Db, openDatabase } from '../../src/store/database.ts'
import { findDamage } from '../../src/store/integrity.ts'
import { findBrokenPromises } from '../../src/store/promises.ts'
import { answers, events, grants, outbox, people, referrals } from '../../src/store/schema.ts'
import { freshFolder } from './database.ts'
import type { Order } from './faults-writers.ts'

/** Of each referral: events, messages and grants. */
const EXPECTED = [1, NOTICE_DECISIONS['referral.submitted'].length, 1]

function countBy(values: (string | null)[]): Map<string | null, number> {
  const counts = new Map<string | null, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** What the database does not hold as the writers were told, in words. Orders without an answer may be there or not. */
async function findLosses(db: Db, orders: Order[]): Promise<{ lost: string[]; wrong: string[]; kept: number }> {
  const rows = await db
    .select({ id: referrals.id, reference: referrals.reference, key: referrals.reason })
    .from(referrals)
  const byKey = new Map<string, typeof rows>()
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row])
  const lost: string[] = []
  const wrong: string[] = []
  for (const { key, answer } of orders) {
    const found = byKey.get(key) ?? []
    if (found.length > 1) wrong.push(`${key} made ${found.length} referrals`)
    if (!answer) continue
    const { id, reference } = JSON.parse(answer)
    if (found.length === 0) lost.push(key)
    else if (!found.some((row) => row.id === id && row.reference === reference))
      wrong.push(`${key} is not ${reference}`)
  }
  const known = new Set(orders.map(({ key }) => key))
  for (const { key } of rows) if (!known.has(key)) wrong.push(`nobody sent ${key}`)

  const told = await db.select({ subjectId: events.subjectId, type: events.type }).from(events)
  const submitted = countBy(told.map(({ subjectId }) => subjectId))
  const notices = countBy((await db.select({ id: outbox.referralId }).from(outbox)).map(({ id }) => id))
  const granted = countBy((await db.select({ id: grants.referralId }).from(grants)).map(({ id }) => id))
  for (const { type } of told) if (type !== 'referral.submitted') wrong.push(`an event ${type}`)
  for (const { id, key } of rows) {
    const counts = [submitted, notices, granted].map((of) => of.get(id) ?? 0)
    if (counts.some((count, n) => count !== EXPECTED[n])) wrong.push(`${key} has ${counts} events, messages, grants`)
  }
  for (const [what, table] of Object.entries({ events, people, answers })) {
    const count = await db.$count(table)
    if (count !== rows.length) wrong.push(`${count} ${what} for ${rows.length} referrals`)
  }
  return { lost, wrong, kept: rows.length }
}

/** A SQLite file as a crash left it: looked at in a copy, so that mending it is left to the service. */
function asItWasLeft(url: string): string {
  if (engine === 'postgres') return url
  const folder = freshFolder()
  const files = readdirSync(dirname(url)).filter((name) => name.startsWith(basename(url)) && !name.endsWith('-shm'))
  for (const name of files) cpSync(join(dirname(url), name), join(folder, name))
  return join(folder, basename(url))
}

/** Everything that can be asked of what is left after a crash. */
export async function inspect(url: string, orders: Order[]) {
  const left = asItWasLeft(url)
  const damage = await findDamage(left)
  const db = await openDatabase(left)
  try {
    return { damage, broken: await findBrokenPromises(db.read), ...(await findLosses(db.read, orders)) }
  } finally {
    await db.close()
  }
}

export const SOUND = { damage: [], broken: [], lost: [], wrong: [] }
