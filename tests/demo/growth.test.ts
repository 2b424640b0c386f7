import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { verifyAudit } from '../../src/actions/audit/verify-audit.ts'
import { checkInvariants } from '../../src/actions/clocks/check-invariants.ts'
import type { Context } from '../../src/actions/context.ts'
import { seedDemoCity } from '../../src/demo/city.ts'
import { fill, Stencil } from '../../src/demo/growth/stencil.ts'
import { COPIED, NOT_COPIED } from '../../src/demo/growth/tables.ts'
import { ageOn, londonDay } from '../../src/domain/day.ts'
import { countGroups, listGroupRows } from '../../src/store/groups.ts'
import * as schema from '../../src/store/schema.ts'
import { freshDatabase } from '../support/database.ts'

const AS_OF = '2026-11-25'
const PLAYED = 12
const GROWN = 60

async function grownCity(): Promise<{ context: Context; headFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'trellis-growth-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const headFile = join(folder, 'head.json')
  const context: Context = {
    db: await freshDatabase(),
    now: () => new Date(`${AS_OF}T09:30:00Z`),
    newId: () => 'only-the-past-makes-ids',
    randomBytes: () => new Uint8Array(32),
    auditKey: new Uint8Array(32).fill(7),
    linkKey: new Uint8Array(32),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    requestId: null,
  }
  const size = { referrals: GROWN, playedAtMost: PLAYED }
  await seedDemoCity(context, { password: 'demo-city-password', asOf: AS_OF, headFile, ...size })
  return { context, headFile }
}

describe('A city larger than what was played', () => {
  it('has as many referrals as were asked for, and breaks no promise', async () => {
    const { context, headFile } = await grownCity()
    const { read } = context.db
    const referrals = await read.select().from(schema.referrals)
    expect(referrals).toHaveLength(GROWN)
    expect(new Set(referrals.map(({ reference }) => reference)).size).toBe(GROWN)
    await expect(checkInvariants(context, new AbortController().signal)).resolves.toBeUndefined()
    expect(await verifyAudit(context, headFile)).toMatchObject({ ok: true, faults: [], unsealed: 0 })

    const people = await read.select().from(schema.people)
    const numbers = people.flatMap(({ nhsNumber, mergedIntoId }) => (nhsNumber && !mergedIntoId ? [nhsNumber] : []))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(new Set(people.map(({ fullName }) => fullName)).size).toBeGreaterThan(PLAYED)
    for (const { searchName, fullName, dateOfBirth } of people) {
      expect(searchName).not.toBe('')
      expect(ageOn(dateOfBirth, AS_OF)).toBeGreaterThan(0)
      expect(fullName).not.toContain('undefined')
    }
    // Nothing has happened that is still to come, and nobody is written to about it.
    const events = await read.select().from(schema.events)
    expect(events.every(({ at }) => londonDay(at) < AS_OF)).toBe(true)
    const waiting = (await read.select().from(schema.outbox)).filter(({ sentAt, endedAt }) => !sentAt && !endedAt)
    expect(waiting.length).toBeLessThan(PLAYED * 4)
    // Places grew with the people.
    const groups = await listGroupRows(read)
    const counts = await countGroups(read, groups, new Date(`${AS_OF}T09:30:00Z`))
    for (const { id, places } of groups)
      if (places !== null) expect(counts.get(id)?.taken ?? 0).toBeLessThanOrEqual(places)
  })

  it('knows of every table whether it is copied', () => {
    const tables = Object.entries(schema).filter(([, value]) => is(value, PgTable) || is(value, SQLiteTable))
    expect(tables.map(([name]) => name).sort()).toEqual([...Object.keys(COPIED), ...NOT_COPIED].sort())
  })
})

describe('A stencil', () => {
  const OWN = '019f9333-5d75-7001-9936-b538ec383368'
  const OTHER = '019f8dc6-2180-7000-a000-87fbf7479cb8'
  let stencil: Stencil

  beforeAll(() => {
    stencil = new Stencil(new Map([[OWN, 'id' as const]]))
  })

  it('leaves gaps for what is its own and for moments, and keeps everything else', () => {
    const text = `{"a":"${OWN}","b":"${OTHER}","at":"2026-07-24T08:17:24.853Z","starts":"2026-07-27T10:00:00.000Z","c":"${OWN}"}`
    const cut = stencil.cut(text)
    expect(stencil.gaps).toEqual([
      { kind: 'id', original: OWN },
      { kind: 'moment', original: '2026-07-24T08:17:24.853Z' },
    ])
    const copy = text.replaceAll(OWN, 'ID').replace('2026-07-24T08:17:24.853Z', 'AT')
    expect(fill(cut, ['ID', 'AT'])).toBe(copy)
  })

  it('leaves a text without gaps as it is', () => {
    expect(stencil.cut('Would like to garden.')).toBe('Would like to garden.')
    expect([stencil.cell(3), stencil.cell(null), stencil.cell(true)]).toEqual([3, null, true])
  })
})
