import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { onTestFinished } from 'vitest'
import type { Context } from '../../src/actions/context.ts'
import { deriveKey } from '../../src/config.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { openApp, TEST_SETTINGS } from './app.ts'
import { freshUrl } from './database.ts'
import { givenIn } from './given.ts'
import { testContext } from './small-city.ts'

let ids = 0
// The factories name things after the last six digits of an id.
const newId = () => `${uuidv7().slice(0, 24)}${String(++ids).padStart(12, '0')}`

/** With real chance, unlike the fixed context: thousands of referrals need thousands of references. */
export function faultsContext(db: Database): Context {
  const { context } = testContext(db)
  return { ...context, randomBytes, newId, auditKey: deriveKey(TEST_SETTINGS.SECRET, 'audit') }
}

export async function opened(url: string): Promise<Database> {
  const db = await openDatabase(url)
  onTestFinished(() => db.close())
  return db
}

/** The service twice on one database, each with handles of its own: what two processes would share, they share. */
export async function twoDoors(cityOf: { places: number }) {
  const url = await freshUrl()
  const first = await openApp({}, faultsContext(await opened(url)))
  const second = await openApp({}, faultsContext(await opened(url)))
  return { first, second, watcher: await opened(url), city: await first.given.city(cityOf), context: first.context }
}

/** People who may refer, in a database that a real service is going to open. Answers their addresses. */
export async function fillCity(url: string, referrers: number): Promise<string[]> {
  const db = await openDatabase(url)
  const given = givenIn({ ...faultsContext(db), now: () => new Date() })
  await given.organisation('navigation_service', { slug: 'so-linked' })
  const practice = await given.organisation('gp_practice', { slug: 'st-marys-surgery' })
  const emails: string[] = []
  for (let n = 0; n < referrers; n++) emails.push((await given.user('referrer', practice)).email)
  await db.close()
  return emails
}
