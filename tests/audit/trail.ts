import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { sealAudit } from '../../src/actions/audit/seal-audit.ts'
import { verifyAudit } from '../../src/actions/audit/verify-audit.ts'
import type { Context } from '../../src/actions/context.ts'
import { record } from '../../src/actions/record.ts'
import { appendAudit } from '../../src/store/audit-trail.ts'
import { engine } from '../../src/store/columns.ts'
import { openDatabase } from '../../src/store/database.ts'
import { freshFolder, freshUrl } from '../support/database.ts'
import { testContext } from '../support/small-city.ts'

/** What somebody can do who has the database but not the key: one statement, past all our code. */
export async function byHand(url: string, statement: string): Promise<void> {
  if (engine === 'sqlite') {
    const file = new Sqlite(url)
    file.exec(statement)
    file.close()
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** A trail of six events and two looks, of which `sealed` are in the chain. */
export async function aTrail({ isSealed = true } = {}) {
  const url = await freshUrl()
  const db = await openDatabase(url)
  onTestFinished(() => db.close())
  const { context, clock } = testContext(db)
  const headFile = join(freshFolder(), 'audit-head.json')
  for (let version = 1; version <= 6; version++) await anEvent(context, version)
  await aLook(context)
  await aLook(context)
  const seal = (on: Context = context) => sealAudit(on, headFile)
  if (isSealed) await seal()
  return { url, db, context, clock, headFile, seal, verify: () => verifyAudit(context, headFile) }
}

export async function anEvent(context: Context, version: number, detail: Record<string, unknown> = {}): Promise<void> {
  const subject = { kind: 'group', id: 'group-1', version } as const
  await context.db.write((tx) => record(context, tx, 'system', [{ type: 'group.capacity-confirmed', subject, detail }]))
}

export async function aLook(context: Context, detail: Record<string, unknown> = {}): Promise<void> {
  const who = { actorKind: 'user', actorId: 'user-1', organisationId: 'organisation-1' } as const
  const what = { action: 'referral.viewed', subjectKind: 'referral', subjectId: 'referral-1' }
  const at = context.now()
  const row = { id: context.newId(), at, ...who, ...what, eventId: null, requestId: null, detail }
  await context.db.write((tx) => appendAudit(tx, context.auditKey, row))
}
